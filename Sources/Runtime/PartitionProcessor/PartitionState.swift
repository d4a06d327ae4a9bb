import Engine
import EventLog
import StatesLanguage

/// One partition's executions, and what a decision does to them. It is owned by one lane and run synchronously.
struct PartitionState {
    let number: Int
    let configuration: ProcessorConfiguration
    let definitions: DefinitionStore
    /// Open executions by ARN.
    private(set) var open: [String: ExecutionEntry] = [:]
    /// What a start under a used name is compared with.
    private var closed: [String: ClosedName] = [:]
    private var deadlines = DeadlineHeap()
    private var yielded: [String] = []
    /// Time of the last event on this partition, in epoch milliseconds: the clock never runs back.
    private var lastTime: Int64 = 0
    private(set) var outbox = Outbox()
    private var eventTime = TimestampText()

    /// An execution that has ended.
    private struct ClosedName {
        var input: String
    }

    private let events: TopicPartition

    init(number: Int, configuration: ProcessorConfiguration, definitions: DefinitionStore) {
        self.number = number
        self.configuration = configuration
        self.definitions = definitions
        events = TopicPartition(configuration.layout.names.events, number)
    }

    /// When timers come due next, in epoch milliseconds; nil when none runs.
    var nextDeadline: Int64? { deadlines.first?.deadline }

    var hasYielded: Bool { !yielded.isEmpty }

    // MARK: - Recovery

    /// Folds an event of the log into the state. Nothing is decided and nothing is emitted.
    mutating func restore(_ executionArn: String, _ event: Event) throws {
        lastTime = max(lastTime, event.timestamp)
        if case .executionStarted(let started) = event.detail {
            guard let machine = try definitions.machine(hash: started.start.definitionHash) else {
                throw RecoveryError.unknownDefinition(executionArn: executionArn, hash: started.start.definitionHash)
            }
            open[executionArn] = ExecutionEntry(Execution(start: started.start, machine: machine))
        }
        guard let entry = open[executionArn] else {
            if closed[executionArn] != nil { return }
            throw RecoveryError.missingStart(executionArn: executionArn, sequence: event.sequence)
        }
        try entry.execution.evolve(event)
        if entry.execution.isClosed { close(entry) }
    }

    /// After the last event: the timers of all that is open.
    mutating func finishRestoring() {
        for entry in open.values { noteDeadline(entry) }
        yielded = open.values.filter { $0.execution.hasYielded }.map(\.arn).sorted()
    }

    // MARK: - Deciding

    /// Takes one command. A command that can't be read goes to the dead letters.
    mutating func take(_ record: Record, topic: TopicPartition) {
        let command: CommandRecord
        do {
            command = try CommandRecord(decoding: Array(record.value ?? []))
        } catch {
            return deadLetter(record, topic, reason: error.message)
        }
        let moment = nextMoment()
        do {
            let sequence = try decide(command, moment, offset: record.offset)
            reply(to: command.replyTo, .accepted(sequence: sequence, time: moment.time), moment)
        } catch {
            let (code, message) = error.awsError
            reply(to: command.replyTo, .rejected(code: code, message: message), moment)
        }
    }

    /// - Returns: the sequence of the execution's last event.
    private mutating func decide(_ record: CommandRecord, _ moment: Moment, offset: Int64) throws(Rejection) -> Int64 {
        if case .startExecution(let start) = record.command {
            return try startExecution(start, record.definition, moment, offset)
        }
        guard let entry = open[record.executionArn] else {
            guard closed[record.executionArn] != nil else { throw .executionDoesNotExist(arn: record.executionArn) }
            if case .reportTask(let taskID, _) = record.command { throw .taskClosed(taskID: taskID) }
            return 0
        }
        var decider = decider(entry, moment, .command(offset: offset))
        switch record.command {
        case .stopExecution(let error, let cause): decider.stopExecution(error: error, cause: cause)
        case .reportTask(let taskID, let report): try decider.reportTask(taskID, report)
        case .startExecution: break
        }
        collect(decider, entry)
        return entry.execution.sequence
    }

    private mutating func startExecution(
        _ start: StartExecution, _ definition: String?, _ moment: Moment, _ offset: Int64
    ) throws(Rejection) -> Int64 {
        if let entry = open[start.executionArn] {
            // The same start again is the same execution. Source: surface § 1.3.
            guard entry.execution.start.input.utf8.elementsEqual(start.input.utf8) else {
                throw .executionAlreadyExists(arn: start.executionArn)
            }
            return entry.execution.sequence
        }
        guard closed[start.executionArn] == nil else { throw .executionAlreadyExists(arn: start.executionArn) }
        if let definition, !definitions.knows(hash: start.definitionHash) {
            definitions.add(text: definition, hash: start.definitionHash)
            outbox.append(
                to: TopicPartition(configuration.layout.names.definitions, 0), key: Array(start.definitionHash.utf8),
                value: Array(definition.utf8), timestamp: moment.time)
        }
        guard let machine = try? definitions.machine(hash: start.definitionHash) else {
            throw .invalidPayload(message: "The definition \(start.definitionHash) is not on the log.")
        }
        let entry = ExecutionEntry(Execution(start: start, machine: machine))
        open[start.executionArn] = entry
        var decider = decider(entry, moment, .command(offset: offset))
        do throws(Rejection) {
            try decider.startExecution(start)
        } catch {
            open[start.executionArn] = nil
            throw error
        }
        collect(decider, entry)
        return entry.execution.sequence
    }

    /// Fires what is due at `time`, and goes on with what yielded.
    mutating func fireTimers(until time: Int64) {
        let resumed = yielded
        yielded = []
        for arn in resumed {
            guard let entry = open[arn] else { continue }
            var decider = decider(entry, nextMoment(), .continuation)
            decider.continueDecision()
            collect(decider, entry)
        }
        while let first = deadlines.first, first.deadline <= time {
            deadlines.removeFirst()
            guard let entry = open[first.arn], let deadline = entry.execution.nextDeadline else { continue }
            guard deadline <= time else {
                noteDeadline(entry)
                continue
            }
            var decider = decider(entry, nextMoment(notBefore: deadline), .timers)
            decider.fireTimers()
            collect(decider, entry)
        }
    }

    private func decider(_ entry: ExecutionEntry, _ moment: Moment, _ trigger: Cause.Trigger) -> Decider {
        Decider(execution: entry.execution, settings: configuration.settings, moment: moment, trigger: trigger)
    }

    private mutating func nextMoment(notBefore earliest: Int64 = 0) -> Moment {
        lastTime = max(configuration.now(), lastTime, earliest)
        return Moment(time: lastTime, seed: configuration.randomBits())
    }

    // MARK: - Collecting

    private mutating func collect(_ decider: Decider, _ entry: ExecutionEntry) {
        for event in decider.events {
            outbox.append(event, of: entry, to: events, time: eventTime.text(event.timestamp))
        }
        for effect in decider.effects { emit(effect, of: entry) }
        if entry.execution.isClosed { return close(entry) }
        if entry.execution.hasYielded { yielded.append(entry.arn) }
        noteDeadline(entry)
    }

    private mutating func emit(_ effect: Effect, of entry: ExecutionEntry) {
        let record: TaskRecord
        let taskID: String
        let resource: String
        switch effect {
        case .scheduleTask(let request): (record, taskID, resource) = (.request(request), request.taskID, request.resource)
        case .cancelTask(let id, let cancelled):
            (record, taskID, resource) = (.cancel(taskID: id, executionArn: entry.arn), id, cancelled)
        }
        let layout = configuration.layout
        let partition = Murmur2.partition(of: taskID.utf8, partitionCount: layout.poolPartitions)
        outbox.append(
            to: TopicPartition(layout.names.tasks(pool: configuration.pool(resource)), partition), key: Array(taskID.utf8),
            value: record.encoded(), timestamp: lastTime)
    }

    private mutating func reply(to address: ReplyAddress?, _ outcome: ReplyRecord.Outcome, _ moment: Moment) {
        guard let address else { return }
        outbox.append(
            to: TopicPartition(configuration.layout.names.replies, address.partition), key: Array(address.id.utf8),
            value: ReplyRecord(id: address.id, outcome: outcome).encoded(), timestamp: moment.time)
    }

    private mutating func deadLetter(_ record: Record, _ topic: TopicPartition, reason: String) {
        configuration.report(.deadLetter(topic: topic.topic, partition: topic.partition, offset: record.offset, reason: reason))
        outbox.append(
            to: TopicPartition(configuration.layout.names.deadletter, 0), key: Array(record.key ?? []),
            value: Array(record.value ?? []), timestamp: record.timestamp)
    }

    private mutating func close(_ entry: ExecutionEntry) {
        open[entry.arn] = nil
        closed[entry.arn] = ClosedName(input: entry.execution.start.input)
    }

    private mutating func noteDeadline(_ entry: ExecutionEntry) {
        guard let deadline = entry.execution.nextDeadline else { return }
        deadlines.insert(DeadlineHeap.Entry(deadline: deadline, arn: entry.arn))
    }

    /// The transaction of all that was decided since the last one.
    mutating func takeTransaction(consumed: ConsumedOffsets?) -> Transaction {
        outbox.transaction(consumed: consumed)
    }
}

/// Why a partition can't be taken over.
public enum RecoveryError: Error, Sendable, Equatable, CustomStringConvertible {
    case unknownDefinition(executionArn: String, hash: String)
    case missingStart(executionArn: String, sequence: Int64)
    case unreadableEvent(partition: Int, offset: Int64, message: String)

    public var description: String {
        switch self {
        case .unknownDefinition(let arn, let hash): "The definition \(hash) of \(arn) is not on the log."
        case .missingStart(let arn, let sequence): "The log has event \(sequence) of \(arn), but not its start."
        case .unreadableEvent(let partition, let offset, let message):
            "The event at partition \(partition), offset \(offset) can't be read: \(message)"
        }
    }
}

/// The text of the last timestamp: events of one decision share it.
private struct TimestampText {
    private var milliseconds: Int64 = .min
    private var value = ""

    mutating func text(_ epochMilliseconds: Int64) -> String {
        if epochMilliseconds != milliseconds {
            milliseconds = epochMilliseconds
            value = Timestamp(epochMilliseconds: epochMilliseconds).text
        }
        return value
    }
}
