import Engine
import EventLog
import EventLogEmbedded
import PartitionProcessor
import StatesLanguage

/// Reads the log behind everybody's back and checks what comes: sequences and ids, the order rules of histories, that each command
/// leads to one decision and one reply, that timers neither fire early nor before the commands are read.
final class LogWatch {
    /// An execution as the log tells it.
    struct Followed {
        var execution: Execution
        var rules = HistoryRules()
        var eventCount: Int64 = 0
        var scheduled: [FrameID: TaskScheduled] = [:]
        /// Tasks that ended by a report.
        var ended: [String] = []
        /// A task that had an answer ran out of time: the output may be another one than time alone would give.
        var isUntimely = false
    }

    private(set) var followed: [String: Followed] = [:]
    private(set) var problems: [String] = []
    /// State machines and activities as their events tell.
    private(set) var registry = Registry()
    private(set) var registryArns: [String] = []
    private(set) var replies: [String: ReplyRecord.Outcome] = [:]
    /// Keys of entities whose commands went to the dead letters because the process died at one of them.
    private(set) var parked: [String] = []
    private let isPeaceful: Bool
    private let keepsStory: Bool
    private let log: EmbeddedLog
    private let layout: TopicLayout
    private let drama: Drama
    private var positions: [TopicPartition: Int64] = [:]
    private var causes: Set<String> = []
    private var commitCount = 0
    private let machines: [String: StateMachine]
    private let answers: (TaskScheduled) -> Bool

    /// - Parameters:
    ///   - machines: by the hash of their definition.
    ///   - isPeaceful: nothing goes wrong, so nothing is parked.
    ///   - answers: whether a task's attempt is one that has an answer.
    init(
        log: EmbeddedLog, layout: TopicLayout, drama: Drama, machines: [String: StateMachine], isPeaceful: Bool,
        keepsStory: Bool,
        answers: @escaping (TaskScheduled) -> Bool
    ) {
        self.log = log
        self.layout = layout
        self.drama = drama
        self.machines = machines
        self.isPeaceful = isPeaceful
        self.keepsStory = keepsStory
        self.answers = answers
    }

    func report(_ problem: String) { problems.append(problem) }

    /// Takes in what is new. - Returns: a line for the story for each event, if it is told.
    func advance() throws -> [String] {
        var story: [String] = []
        // What is watched is written in transactions alone.
        guard drama.commitCount != commitCount else { return story }
        commitCount = drama.commitCount
        for number in 0..<layout.partitions {
            let partition = TopicPartition(layout.names.events, number)
            var touched: [String] = []
            try readNew(partition) { record in
                if let key = record.key, RegistryRecord.isKey(key) {
                    return story.append(self.take(try RegistryRecord.decodeEvent(Array(record.value ?? []))))
                }
                let (arn, event) = try EventDecoder.decode(Array(record.value ?? []))
                if touched.last != arn { touched.append(arn) }
                if self.keepsStory {
                    story.append("\(arn.suffix(2)) \(event.sequence) \(event.detail.typeName) frame \(event.frame)")
                }
                self.take(arn, event, partition)
            }
            for arn in touched {
                compareMemory(arn, partition)
                if let one = followed[arn] { checkPendingCause(one.execution) }
            }
        }
        for number in 0..<layout.partitions {
            try readNew(TopicPartition(layout.names.replies, number)) { record in
                let reply = try ReplyRecord(decoding: Array(record.value ?? []))
                if self.replies[reply.id] != nil { self.report("\(reply.id) is answered twice") }
                self.replies[reply.id] = reply.outcome
            }
        }
        try readNew(TopicPartition(layout.names.deadletter, 0)) { record in
            guard record.value != nil else { return }
            let key = String(decoding: record.key ?? [], as: UTF8.self)
            if self.isPeaceful || record.headers.text(DeadLetterHeader.parked) != "true" {
                self.report("a command of \(key) went to the dead letters")
            }
            story.append("a command of \(key) went to the dead letters")
            if !self.parked.contains(key) { self.parked.append(key) }
        }
        return story
    }

    /// Somebody sees to one of those that are parked.
    func takeParked(at index: Int) -> String { parked.remove(at: index) }

    private func readNew(_ partition: TopicPartition, _ body: (Record) throws -> Void) throws {
        let from = positions[partition] ?? 0
        guard try log.endOffset(of: partition) > from else { return }
        positions[partition] = try log.readToEnd(partition, from: .offset(from), body)
    }

    private func take(_ event: RegistryEvent) -> String {
        if !registryArns.contains(event.arn) { registryArns.append(event.arn) }
        if event.sequence != registry.sequence(of: event.arn) + 1 {
            report("\(event.arn): event \(event.sequence) follows \(registry.sequence(of: event.arn))")
        }
        registry.evolve(event)
        return "\(event.arn.suffix(2)) \(event.sequence) \(event.kind.rawValue)"
    }

    private func take(_ arn: String, _ event: Event, _ partition: TopicPartition) {
        if case .executionStarted(let started) = event.detail {
            guard followed[arn] == nil, let machine = machines[started.start.definitionHash] else {
                return report("\(arn) starts twice, or with an unknown definition")
            }
            followed[arn] = Followed(execution: Execution(start: started.start, machine: machine))
        }
        guard var one = followed[arn] else { return report("\(arn) has event \(event.sequence) before its start") }
        one.eventCount += 1
        if event.sequence != one.eventCount {
            report("\(arn): event \(event.sequence) stands at place \(one.eventCount)")
        }
        check(event.cause, arn, event, partition)
        checkTimers(event, &one)
        for problem in one.rules.take(event) { report("\(arn): \(problem)") }
        do {
            try one.execution.evolve(event)
        } catch {
            report("\(arn): event \(event.sequence) can't be folded: \(error)")
        }
        followed[arn] = one
    }

    /// An execution has ended, or there is something that it waits for.
    private func checkPendingCause(_ execution: Execution) {
        if execution.isClosed || execution.hasYielded || execution.nextDeadline != nil { return }
        let hasTask = execution.liveFrames.contains { frame in
            if case .task = frame.activity { true } else { false }
        }
        if !hasTask { report("\(execution.arn) waits for nothing:\n\(execution.dump)") }
    }

    // MARK: - Checks

    private func check(_ cause: Cause?, _ arn: String, _ event: Event, _ partition: TopicPartition) {
        guard let cause else { return }
        switch cause.trigger {
        case .command(let offset):
            let inserted = causes.insert("\(partition.partition)/\(offset)").inserted
            if !inserted { report("the command at \(partition.partition)/\(offset) was decided twice") }
        case .timers:
            guard let writer = drama.lastWriter(of: partition),
                let ends = drama.decided(arn, by: writer)?.commandsEnds(before: event.sequence), !ends.isEmpty
            else { return }
            let commands = TopicPartition(layout.names.commands, partition.partition)
            let group = layout.names.engineGroup
            let read = (try? log.committedOffsets(of: group, for: [commands])[commands]) ?? 0
            if read < ends[partition.partition] {
                report("timers fired at \(partition) with commands unread: \(read) of \(ends)")
            }
        case .continuation: break
        }
    }

    private func checkTimers(_ event: Event, _ one: inout Followed) {
        switch event.detail {
        case .taskScheduled(let task): one.scheduled[event.frame] = task
        case .taskTimedOut:
            guard let task = one.scheduled[event.frame],
                let frame = one.execution.frame(ofTask: task.taskID), case .task(let running) = frame.activity
            else { return report("\(one.execution.arn): a task that does not run has timed out") }
            let deadline = min(running.timeoutDeadline ?? .max, running.heartbeatDeadline ?? .max)
            if event.timestamp < deadline { report("\(task.taskID) timed out \(deadline - event.timestamp) ms early") }
            if answers(task) { one.isUntimely = true }
        case .taskSucceeded, .taskFailed:
            if let task = one.scheduled[event.frame] { one.ended.append(task.taskID) }
        case .stateExited(.wait, _):
            guard let frame = one.execution.liveFrames.first(where: { $0.id == event.frame }),
                case .waiting(let deadline) = frame.activity
            else { return }
            if event.timestamp < deadline {
                report("\(one.execution.arn): a Wait ended \(deadline - event.timestamp) ms early")
            }
        default: break
        }
    }

    /// What the process that wrote an execution's last events has in memory is what the log gives.
    private func compareMemory(_ arn: String, _ partition: TopicPartition) {
        guard let one = followed[arn], let writer = drama.lastWriter(of: partition),
            let memory = drama.decided(arn, by: writer), memory.sequence == one.execution.sequence
        else { return }
        if memory.state == ExecutionCheckpoint.encode(one.execution) { return }
        var texts = SharedTexts()
        let inMemory = try? ExecutionCheckpoint.decode(memory.state, executionArn: arn, sharing: &texts) {
            machines[$0]
        }
        report("\(arn) in memory:\n\(inMemory?.execution?.dump ?? "")\nfolded:\n\(one.execution.dump)")
    }
}
