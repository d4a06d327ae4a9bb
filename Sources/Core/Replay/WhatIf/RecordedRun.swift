public import Engine
import JSON
public import StatesLanguage

/// One execution as a log recorded it, taken apart: its path, its tasks with their results, and what was asked of it from outside.
public struct RecordedRun {
    public let start: StartExecution
    /// Folded so far.
    public let execution: Execution
    public private(set) var path = ExecutionPath()
    /// In the order in which they were scheduled.
    public private(set) var tasks: [RecordedTask] = []
    /// Stops and redrives, in order.
    private(set) var requests: [Request] = []
    private(set) var startedAt: Int64 = 0
    private(set) var startSeed: UInt64 = 0
    /// Of the decisions that timers brought about, in order.
    private(set) var timerSeeds: [UInt64] = []
    /// The one that tasks were scheduled in; nil before the first.
    private(set) var region: String?
    private var seed: UInt64 = 0
    /// Positions in `tasks`, of those that have not ended, by frame.
    private var running: [(frame: FrameID, task: Int)] = []

    struct Request: Sendable {
        /// Epoch milliseconds.
        var time: Int64
        var command: Command
        var seed: UInt64
    }

    /// - Parameter machine: compiled from the definition that the execution ran with.
    public init(start: StartExecution, machine: StateMachine) {
        self.start = start
        execution = Execution(start: start, machine: machine)
    }

    /// Takes the next event of the execution.
    /// - Throws: `FoldError` for one that can't follow.
    public mutating func take(_ event: Event) throws(FoldError) {
        if let cause = event.cause { note(cause, event) }
        try execution.evolve(event)
        path.note(event, of: execution)
        noteTask(event)
        giveUpTasks(at: event.timestamp)
    }

    private mutating func note(_ cause: Cause, _ event: Event) {
        seed = cause.seed
        if case .timers = cause.trigger { timerSeeds.append(cause.seed) }
        guard case .command = cause.trigger else { return }
        switch event.detail {
        case .executionStarted:
            startedAt = event.timestamp
            startSeed = cause.seed
        case .executionAborted(let error, let cause):
            request(.stopExecution(error: error, cause: cause), event)
        case .executionRedriven(let redriven):
            request(.redriveExecution(clientToken: redriven.clientToken), event)
        default: break
        }
    }

    private mutating func request(_ command: Command, _ event: Event) {
        requests.append(Request(time: event.timestamp, command: command, seed: seed))
    }

    private mutating func noteTask(_ event: Event) {
        switch event.detail {
        case .taskScheduled(let scheduled):
            guard let frame = execution.liveFrames.first(where: { $0.id == event.frame }) else { return }
            let name = execution.machine.states[frame.stateID].name
            region = region ?? scheduled.region
            running.append((event.frame, tasks.count))
            tasks.append(RecordedTask(scheduled, stateName: name, at: event.timestamp))
        case .taskStarted(_, let workerName): report(.claimed(workerName: workerName), event)
        case .taskSubmitted(_, let output): report(.submitted(output: output), event)
        case .heartbeatRecorded: report(.heartbeat, event)
        case .taskSucceeded(_, let output): report(.succeeded(output: output), event, ends: true)
        case .taskFailed(_, let error, let cause): report(.failed(error: error, cause: cause), event, ends: true)
        default: break
        }
    }

    private mutating func report(_ report: TaskReport, _ event: Event, ends: Bool = false) {
        guard let place = running.firstIndex(where: { $0.frame == event.frame }) else { return }
        let task = running[place].task
        let delay = event.timestamp - tasks[task].scheduledAt
        tasks[task].reports.append(RecordedTask.Report(delay: delay, report: report, seed: seed))
        tasks[task].knownFor = delay
        guard ends else { return }
        tasks[task].end = .told
        running.remove(at: place)
    }

    /// Whatever is not waited for any more has ended otherwise.
    private mutating func giveUpTasks(at time: Int64) {
        guard !running.isEmpty else { return }
        let waiting = execution.liveFrames.compactMap(\.taskID)
        for (_, task) in running {
            tasks[task].knownFor = time - tasks[task].scheduledAt
            if !waiting.contains(tasks[task].taskID) { tasks[task].end = .givenUp }
        }
        running.removeAll { !waiting.contains(tasks[$0.task].taskID) }
    }

    /// Equal as JSON documents.
    static func areSame(_ left: String, _ right: String) -> Bool {
        if left.utf8.elementsEqual(right.utf8) { return true }
        guard let left = try? JSONParser.parse(left), let right = try? JSONParser.parse(right) else { return false }
        return left == right
    }
}
