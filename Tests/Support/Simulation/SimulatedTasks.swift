import Engine
import EngineTestKit
import EventLog
import EventLogEmbedded
import JSON
import PartitionProcessor
import Synchronization
import TaskWorkers

/// The world in which tasks run: it outlives all processes, answers late, twice or after nobody listens any more, and finds out
/// when something is started that may not be.
final class SimulatedTasks: Sendable {
    private typealias Listener = (process: SimulatedProcess, report: @Sendable (TaskReport) -> Void)

    /// A task that was started.
    private struct Life {
        var request: TaskRequest
        /// What its worker is told, in order.
        var reports: [TaskReport]
        /// How much of it the present listener was told.
        var toldCount = 0
        /// When the next report is there, in epoch milliseconds.
        var nextAt: Int64
        var listener: Listener?
        /// Processes whose tasks another one has taken over watch on.
        var others: [Listener] = []
        var startCount = 1
        /// It has told its end once, to whomever: whoever resumes it is told of that.
        var hasEnded = false
        var isCancelled = false
        /// It is cancelled, and whoever did it was told that it is over: it does not come to life again.
        var isStopped = false
        var isAcknowledged = false
    }

    /// What somebody who holds a task's token says.
    struct TokenMessage: Sendable {
        var taskID: String
        var executionArn: String
        var token: String
        var report: TaskReport
    }

    /// What stands on `inflight` under a task's id.
    private struct Intent {
        var hasHandle: Bool
        /// It was given up, and is to be stopped.
        var isUnwanted: Bool
    }

    /// Who waits for a task's end that nobody wants any more.
    private struct Stop {
        var process: SimulatedProcess
        var at: Int64
        var stopped: @Sendable () -> Void
    }

    private struct State {
        var lives: [String: Life] = [:]
        var order: [String] = []
        var tokenMessages: [TokenMessage] = []
        var stops: [Stop] = []
        var problems: [String] = []
        var story: [String] = []
        var intents: [String: Intent] = [:]
        var inflightOffsets: [Int: Int64] = [:]
    }

    private let state = Mutex(State())
    private let log: EmbeddedLog
    private let layout: TopicLayout
    private let drama: Drama
    private let keepsStory: Bool

    init(log: EmbeddedLog, layout: TopicLayout, drama: Drama, keepsStory: Bool) {
        self.keepsStory = keepsStory
        self.log = log
        self.layout = layout
        self.drama = drama
    }

    var startedCount: Int { state.withLock { $0.lives.count } }
    var startedIDs: Set<String> { state.withLock { Set($0.lives.keys) } }
    func wasCancelled(_ taskID: String) -> Bool { state.withLock { $0.lives[taskID]?.isCancelled ?? false } }

    /// What was found wrong since the last call.
    func takeProblems() -> [String] {
        state.withLock { state in
            defer { state.problems = [] }; return state.problems
        }
    }
    func takeStory() -> [String] {
        state.withLock { state in
            defer { state.story = [] }; return state.story
        }
    }
    func takeTokenMessages() -> [TokenMessage] {
        state.withLock { state in
            defer { state.tokenMessages = [] }
            return state.tokenMessages
        }
    }

    /// Nobody listens any more: whoever listened leads back here, and would stay in memory with the whole simulation.
    func end() {
        state.withLock { state in
            for id in state.order {
                state.lives[id]?.listener = nil
                state.lives[id]?.others = []
            }
            state.stops = []
        }
    }

    // MARK: - What the runner is asked

    /// - Parameter submission: the handle that the worker has of it; nil when it has none.
    func start(
        _ request: TaskRequest, submission: String?, _ process: SimulatedProcess,
        _ report: @escaping @Sendable (TaskReport) -> Void
    ) {
        let intent = intents[request.taskID]
        let now = drama.time
        // A throttled or full service takes a task late.
        let delay = drama.chance(150) ? Int64(drama.below(9_000)) : Int64(drama.below(300))
        let skipsTold = drama.chance(500)
        let token = Self.tokenReport(request)
        state.withLock { state in
            let id = request.taskID
            if keepsStory {
                state.story.append(
                    "\(process.name) \(submission == nil ? "starts" : "resumes") \(id) (\(request.stateName))")
            }
            if intent == nil { state.problems.append("\(id) is started without an intent on the log") }
            if intent?.isUnwanted == true { state.problems.append("\(id) is started although it was given up") }
            if intent?.hasHandle == true, submission == nil {
                state.problems.append("\(id) is started although its handle is on the log")
            }
            guard var life = state.lives[id] else {
                if submission != nil { state.problems.append("\(id) is resumed and was never started") }
                state.lives[id] = Life(
                    request: request, reports: Self.reports(request), nextAt: now + delay, listener: (process, report))
                state.order.append(id)
                if let token {
                    state.tokenMessages.append(
                        TokenMessage(
                            taskID: id, executionArn: request.executionArn, token: request.taskToken ?? "",
                            report: token))
                }
                return
            }
            if life.isAcknowledged { state.problems.append("\(id) is started again after its end was on the log") }
            if life.request != request { state.problems.append("\(id) is started again with another request") }
            life.startCount += 1
            life.toldCount = 0
            // Its worker ended before the word of the cancellation was on the log: it is cancelled once more.
            life.isCancelled = life.isStopped
            if let submission {
                let place = life.reports.firstIndex(of: .submitted(output: submission))
                if place == nil {
                    state.problems.append("\(id) is resumed with a handle that it never had: \(submission)")
                }
                if let place, skipsTold { life.toldCount = place + 1 }
            }
            life.nextAt = now + delay
            life.others.removeAll { $0.process === process }
            if let before = life.listener, before.process !== process { life.others.append(before) }
            life.listener = (process, report)
            state.lives[id] = life
        }
    }

    func cancel(_ taskID: String) {
        state.withLock { state in
            if keepsStory { state.story.append("cancels \(taskID)") }
            state.lives[taskID]?.isCancelled = true
        }
    }

    /// Some tasks end at once when they are to, others take their time.
    func stop(_ taskID: String, _ process: SimulatedProcess, _ stopped: @escaping @Sendable () -> Void) {
        cancel(taskID)
        let end: @Sendable () -> Void = { [self] in
            let watching = state.withLock { state -> [Listener] in
                state.lives[taskID]?.isCancelled = true
                state.lives[taskID]?.isStopped = true
                guard let life = state.lives[taskID] else { return [] }
                return (life.others + [life.listener].compactMap(\.self)).filter { $0.process !== process }
            }
            for other in watching where !other.process.isKilled && !other.process.isDone {
                other.report(.failed(error: "States.TaskFailed", cause: "it was stopped"))
            }
            stopped()
        }
        if drama.chance(500) { return end() }
        let at = drama.time + Int64(drama.below(3_000))
        state.withLock { $0.stops.append(Stop(process: process, at: at, stopped: end)) }
    }

    private func endOneStop() -> Bool {
        let now = drama.time
        let due = state.withLock { state -> Stop? in
            state.stops.removeAll { $0.process.isKilled || $0.process.isDone }
            guard let place = state.stops.firstIndex(where: { $0.at <= now }) else { return nil }
            return state.stops.remove(at: place)
        }
        due?.stopped()
        return due != nil
    }

    func acknowledge(_ taskID: String) {
        state.withLock { state in
            if keepsStory { state.story.append("acknowledges \(taskID)") }
            state.lives[taskID]?.isAcknowledged = true
        }
    }

    // MARK: - What comes of tasks

    /// Lets one task that has something to say say it. - Returns: false when none has.
    func deliverOne() -> Bool {
        if endOneStop() { return true }
        let now = drama.time
        let pick = drama.next()
        let told = state.withLock { state -> (Life, TaskReport)? in
            let able = state.order.filter { id in
                guard let life = state.lives[id], let listener = life.listener else { return false }
                return life.toldCount < life.reports.count && life.nextAt <= now && !listener.process.isKilled
                    && !listener.process.isDone
            }
            guard !able.isEmpty else { return nil }
            let id = able[Int(pick % UInt64(able.count))]
            guard var life = state.lives[id] else { return nil }
            let report = life.reports[life.toldCount]
            life.toldCount += 1
            if Self.isEnd(report) { life.hasEnded = true }
            // Most tasks that were given up stop; some have an end to tell nevertheless.
            if life.isCancelled, pick % 3 != 0 { life.toldCount = life.reports.count }
            state.lives[id] = life
            if keepsStory { state.story.append("task \(id) tells \(report)") }
            return (life, report)
        }
        guard let (life, report) = told else { return false }
        life.listener?.report(report)
        if Self.isEnd(report) {
            for other in life.others where !other.process.isKilled && !other.process.isDone { other.report(report) }
        }
        if drama.chance(60) { life.listener?.report(report) }
        return true
    }

    /// When something is to be told next, in epoch milliseconds; nil when nothing is.
    var nextAt: Int64? {
        state.withLock { state in
            let reports = state.lives.values.filter { life in
                life.toldCount < life.reports.count && life.listener.map { !$0.process.isDone } == true
            }
            let stops = state.stops.filter { !$0.process.isKilled && !$0.process.isDone }
            return (reports.map(\.nextAt) + stops.map(\.at)).min()
        }
    }

    private static func isEnd(_ report: TaskReport) -> Bool {
        switch report {
        case .succeeded, .failed: true
        case .started, .claimed, .submitted, .heartbeat: false
        }
    }

    private static func reports(_ request: TaskRequest) -> [TaskReport] {
        let answer = RandomMachine.answer(request)
        if request.resource.contains(":activity:") { return [.claimed(workerName: "w")] }
        if request.taskToken != nil { return [.started, .submitted(output: "{}")] }
        if request.resource.hasSuffix(".sync") { return [.started, .submitted(output: "{\"taken\":true}")] + answer }
        return [.started] + answer
    }

    private static func tokenReport(_ request: TaskRequest) -> TaskReport? {
        request.taskToken == nil ? nil : RandomMachine.answer(request).last
    }

    // MARK: - The log

    /// Tasks whose intents stand on the log now.
    var inflight: [String] { intents.keys.sorted() }

    /// Tasks that were started more than once.
    var startedAgain: [String] { state.withLock { $0.lives.filter { $0.value.startCount > 1 }.keys.sorted() } }

    /// Tasks that have not ended by themselves, and that nobody has stopped.
    var running: [String] {
        state.withLock { state in
            state.lives.filter { _, life in
                !life.isCancelled && !life.hasEnded
            }.keys.sorted()
        }
    }

    private var intents: [String: Intent] {
        readInflight()
        return state.withLock { $0.intents }
    }

    private func readInflight() {
        for partition in 0..<layout.poolPartitions {
            let place = TopicPartition(layout.names.inflight(pool: "default"), partition)
            let from = state.withLock { $0.inflightOffsets[partition] ?? 0 }
            guard let end = try? log.endOffset(of: place), end > from else { continue }
            var changes: [(id: String, intent: Intent?)] = []
            let next = try? log.readToEnd(place, from: .offset(from)) { record in
                let value = record.value.flatMap { try? JSONParser.parse(Array($0)) }
                let intent = value.map {
                    Intent(hasHandle: $0["submission"] != nil, isUnwanted: $0["task"]?.string == "unwanted")
                }
                changes.append((String(decoding: record.key ?? [], as: UTF8.self), intent))
            }
            state.withLock { state in
                for change in changes { state.intents[change.id] = change.intent }
                state.inflightOffsets[partition] = next ?? from
            }
        }
    }
}

/// What a worker process has of the world.
struct SimulatedRunner: TaskRunner {
    let tasks: SimulatedTasks
    let process: SimulatedProcess

    func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {
        if !process.isKilled { tasks.start(request, submission: nil, process, report) }
    }

    func resume(_ task: InflightTask, report: @escaping @Sendable (TaskReport) -> Void) {
        if !process.isKilled { tasks.start(task.request, submission: task.submission, process, report) }
    }

    func stop(_ task: InflightTask, stopped: @escaping @Sendable () -> Void) {
        if !process.isKilled { tasks.stop(task.request.taskID, process, stopped) }
    }

    func cancel(taskID: String, executionArn: String) {
        if !process.isKilled { tasks.cancel(taskID) }
    }

    func acknowledge(taskID: String) {
        if !process.isKilled { tasks.acknowledge(taskID) }
    }
}
