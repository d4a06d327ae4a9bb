import Engine
import JSON
import StatesLanguage

/// The tasks that one worker launches and watches, and what is known of each. A value; the clock is an argument.
struct ECSFleet: Sendable {
    /// A task that is wanted.
    struct Watch: Sendable {
        enum Stage: Sendable, Equatable {
            /// RunTask has not been answered yet.
            case launching
            /// It runs, and its end is waited for.
            case watched
            /// It runs, and its token ends it.
            case submitted
        }

        let pattern: TaskResource.Pattern
        var cluster: String
        var role: String?
        let report: @Sendable (TaskReport) -> Void
        var stage = Stage.launching
        var arns: [String] = []
        var launchedAt: Int64 = 0
        /// The highest that was seen: events come twice and out of order.
        var version: Int64 = 0
        var hasStarted = false
        var missingSince: Int64?

        init(
            pattern: TaskResource.Pattern, cluster: String, role: String?,
            report: @escaping @Sendable (TaskReport) -> Void
        ) {
            self.pattern = pattern
            self.cluster = cluster
            self.role = role
            self.report = report
        }
    }

    private(set) var watches: [String: Watch] = [:]
    /// Task ids by the last part of the ARN of what is watched.
    private var byTask: [String: String] = [:]
    /// Task ids by client token, while RunTask has not been answered.
    private var byToken: [String: String] = [:]
    /// What an event said of a task before its RunTask was answered, by task id.
    private var early: [String: ECSTaskState] = [:]

    var count: Int { watches.count }

    subscript(taskID: String) -> Watch? { watches[taskID] }

    /// Takes a task in. - Returns: false when it is there already.
    mutating func insert(_ watch: Watch, _ taskID: String) -> Bool {
        guard watches[taskID] == nil else { return false }
        watches[taskID] = watch
        byToken[RunTaskCall.token(taskID: taskID)] = taskID
        return true
    }

    /// RunTask has been answered.
    /// - Returns: what an event has said meanwhile, to be observed now; nil too when the task is not wanted any more.
    mutating func launched(_ taskID: String, arns: [String], now: Int64) -> ECSTaskState? {
        guard var watch = watches[taskID] else { return nil }
        byToken[RunTaskCall.token(taskID: taskID)] = nil
        watch.arns = arns
        watch.launchedAt = now
        watch.stage = watch.pattern == .waitForTaskToken ? .submitted : .watched
        watches[taskID] = watch
        for arn in arns { byTask[ECSTaskState.id(ofArn: arn)] = taskID }
        return early.removeValue(forKey: taskID)
    }

    @discardableResult
    mutating func remove(_ taskID: String) -> Watch? {
        guard let watch = watches.removeValue(forKey: taskID) else { return nil }
        for arn in watch.arns { byTask[ECSTaskState.id(ofArn: arn)] = nil }
        if watch.stage == .launching {
            byToken[RunTaskCall.token(taskID: taskID)] = nil
            early[taskID] = nil
        }
        return watch
    }

    /// Whether a task with this `startedBy` is one of ours.
    func knows(token: String, arn: String) -> Bool {
        byToken[token] != nil || byTask[ECSTaskState.id(ofArn: arn)] != nil
    }

    /// Whether what is said of a task is about one of ours.
    func isConcerned(by state: ECSTaskState) -> Bool {
        let token = state.startedBy?.dropFirst(RunTaskCall.startedByPrefix.count)
        return knows(token: token.map(String.init) ?? "", arn: state.arn)
    }

    // MARK: - Watching

    /// Takes in what an event or DescribeTasks says of a task.
    /// - Returns: the task's id and watch when it has ended; it is not watched any more then.
    mutating func observe(_ state: ECSTaskState, early: Bool) -> (taskID: String, watch: Watch)? {
        guard let taskID = byTask[ECSTaskState.id(ofArn: state.arn)] else {
            keepEarly(state)
            return nil
        }
        guard var watch = watches[taskID], watch.stage == .watched, state.version >= watch.version else { return nil }
        if state.isFinal(early: early) {
            remove(taskID)
            return (taskID, watch)
        }
        watch.version = state.version
        watch.missingSince = nil
        watch.hasStarted = watch.hasStarted || state.hasStarted
        watches[taskID] = watch
        return nil
    }

    /// An event can overtake the answer to the RunTask that it is about.
    private mutating func keepEarly(_ state: ECSTaskState) {
        guard let token = state.startedBy?.dropFirst(RunTaskCall.startedByPrefix.count),
            let taskID = byToken[String(token)], state.version > early[taskID]?.version ?? 0
        else { return }
        early[taskID] = state
    }

    /// DescribeTasks does not know a task. - Returns: its watch, when that has lasted too long; it is not watched any more then.
    mutating func missing(_ arn: String, now: Int64, grace: Int64) -> (taskID: String, watch: Watch)? {
        guard let taskID = byTask[ECSTaskState.id(ofArn: arn)], let watch = watches[taskID], watch.stage == .watched
        else { return nil }
        let since = watch.missingSince ?? now
        guard now - since < grace else {
            remove(taskID)
            return (taskID, watch)
        }
        watches[taskID]?.missingSince = since
        return nil
    }

    /// A DescribeTasks call.
    struct Sweep: Sendable, Equatable {
        var cluster: String
        var role: String?
        var arns: [String]
    }

    /// The calls that look at every watched task once: as few as can be, 100 tasks each.
    /// - Parameter launchedBefore: younger tasks are left to their events.
    func sweeps(launchedBefore: Int64) -> [Sweep] {
        var open: [String: Sweep] = [:]
        var full: [Sweep] = []
        for watch in watches.values where watch.stage == .watched && watch.launchedAt <= launchedBefore {
            let key = "\(watch.role ?? "") \(watch.cluster)"
            open[key, default: Sweep(cluster: watch.cluster, role: watch.role, arns: [])].arns += watch.arns.prefix(1)
            if let sweep = open[key], sweep.arns.count == Self.describedMax {
                full.append(sweep)
                open[key] = nil
            }
        }
        return full + open.values
    }

    /// Source: DescribeTasks, up to 100 tasks a call.
    static let describedMax = 100

    /// Takes out the tasks that should run by now and don't.
    mutating func takeStuck(launchedBefore: Int64) -> [(taskID: String, watch: Watch)] {
        let stuck = watches.filter {
            $0.value.stage == .watched && !$0.value.hasStarted && $0.value.launchedAt <= launchedBefore
        }
        for taskID in stuck.keys { remove(taskID) }
        return stuck.map { ($0.key, $0.value) }
    }
}
