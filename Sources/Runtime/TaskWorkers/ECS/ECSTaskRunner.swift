public import Engine
import JSON
import StatesLanguage
import Synchronization

/// Does `ecs:runTask` in ECS for the clusters that its configuration sends there, and lets another runner do everything else.
///
/// A task is launched once: its request is on the log before it comes here, and the exact call and its client token follow from that.
/// Its end is learnt from state-change events and, always, from sweeps with DescribeTasks. `start` begins the work, on threads of the
/// runner's own: calls block, and nothing here waits for Swift's cooperative threads.
public final class ECSTaskRunner: TaskRunner {
    let configuration: ECSConfiguration
    let calls: any ECSCalls
    let other: any TaskRunner
    /// Epoch milliseconds.
    let now: @Sendable () -> Int64
    let note: @Sendable (String) -> Void
    let state: Mutex<State>
    let launchAlarm = Alarm()
    let stopAlarm = Alarm()
    let sweepAlarm = Alarm()
    /// RunTask calls.
    let launches: WorkQueue
    /// What nobody waits for: events that are deleted, failures that are explained.
    let errands = WorkQueue(threadCountMax: 4)
    let isStopping = Atomic<Bool>(false)
    private let pauses = PauseGate()

    /// What is shared between the calls and the threads.
    struct State: Sendable {
        var fleet = ECSFleet()
        var queues: [String: LaunchQueue] = [:]
        /// RunTask calls under way.
        var launching = 0
        /// Tasks whose RunTask is to come or under way and that nobody wants any more.
        var doomed: [String: Doom] = [:]
        var stops: [StopOrder] = []
        /// Tasks whose outcome was reported and is not on the log yet.
        var reported: Set<String> = []
        /// Client tokens of tasks that were given up: if one runs, it is an orphan.
        var ended = RecentTokens(countMax: 100_000)
        /// Client tokens of tasks whose end was seen.
        var finished = RecentTokens(countMax: 20_000)
        /// By the ARN of a task definition.
        var logs: [String: LogLocations] = [:]
        var streams: [String: [LogStream]] = [:]
        /// Tasks came from former owners, and nobody has looked at them yet.
        var hasTakenOver = false
        /// Texts that many tasks share.
        var shared = SharedTexts()
    }

    /// Why a task is not wanted any more, and who is to hear when it is stopped.
    struct Doom: Sendable {
        var reason: String
        var stopped: @Sendable () -> Void
    }

    /// - Parameters:
    ///   - other: does tasks of other services, and those of clusters that are local.
    ///   - now: epoch milliseconds; nil: the system's clock.
    ///   - note: takes a line for operators: what went wrong and is tried again. Never payloads.
    public init(
        _ configuration: ECSConfiguration, calls: any ECSCalls, else other: any TaskRunner,
        now: (@Sendable () -> Int64)? = nil, note: @escaping @Sendable (String) -> Void
    ) {
        self.configuration = configuration
        self.calls = calls
        self.other = other
        self.now = now ?? { SystemClock.epochMilliseconds }
        self.note = note
        launches = WorkQueue(threadCountMax: configuration.launchesMax)
        state = Mutex(State())
    }

    /// Begins to launch, watch and stop. - Throws: `SystemCallError` when there are no threads to be had.
    public func start() throws {
        try BlockingThread.start { [self] in launchLoop() }
        try BlockingThread.start { [self] in stopLoop() }
        try BlockingThread.start { [self] in sweepLoop() }
        if configuration.orphanSweepMilliseconds > 0 { try BlockingThread.start { [self] in orphanLoop() } }
        guard let url = configuration.eventsQueueURL else { return }
        for _ in 0..<configuration.eventReceivers { try BlockingThread.start { [self] in receiveLoop(url) } }
    }

    /// Ends the threads, each after the call that it is at. Tasks run on; who owns their records goes on with them.
    public func end() {
        guard !isStopping.exchange(true, ordering: .acquiringAndReleasing) else { return }
        launchAlarm.ring()
        stopAlarm.ring()
        sweepAlarm.ring()
        pauses.open()
    }

    /// How many tasks are waiting, launching or watched.
    public var taskCount: Int { state.withLock { $0.fleet.count } }

    /// Where a task's containers log; empty while that is not known.
    public func logStreams(taskID: String) -> [LogStream] { state.withLock { $0.streams[taskID] ?? [] } }

    // MARK: - TaskRunner

    public func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {
        guard let pattern = pattern(request) else { return other.start(request, report: report) }
        report(.started)
        launch(request, pattern, firstAt: nil, report: report)
    }

    public func resume(_ task: InflightTask, report: @escaping @Sendable (TaskReport) -> Void) {
        let request = task.request
        guard let pattern = pattern(request) else { return other.resume(task, report: report) }
        guard let submission = task.submission else {
            report(.started)
            return launch(request, pattern, firstAt: task.intentAt, report: report)
        }
        let answer = SubmittedTasks(submission)
        let watch = watch(request, pattern, cluster: Self.cluster(request), report)
        // Its end may have been told to nobody: it is looked at soon.
        let launchedAt = now() - sweepInterval
        let (isNew, early) = state.withLock { state -> (Bool, ECSTaskState?) in
            guard state.fleet.insert(watch, request.taskID) else { return (false, nil) }
            state.hasTakenOver = true
            return (true, state.fleet.launched(request.taskID, arns: answer.arns, now: launchedAt))
        }
        guard isNew else { return }
        sweepAlarm.ring()
        if let early { observe(early) }
        guard let definition = answer.definitionArn, let arn = answer.arns.first else { return }
        errands.submit { [self] in
            resolveLogs(request.taskID, definition, ECSTaskState.id(ofArn: arn), watch.role)
        }
    }

    public func acknowledge(taskID: String) {
        let isOurs = state.withLock { state in
            state.streams[taskID] = nil
            let wasReported = state.reported.remove(taskID) != nil
            return state.fleet.remove(taskID) != nil || wasReported
        }
        if !isOurs { other.acknowledge(taskID: taskID) }
    }

    public func occupiesWhenSubmitted(_ request: TaskRequest) -> Bool {
        pattern(request) == nil ? other.occupiesWhenSubmitted(request) : false
    }

    public func remainder(of task: InflightTask) -> InflightTask {
        guard pattern(task.request) != nil, let submission = task.submission else { return other.remainder(of: task) }
        var rest = task
        let cluster = Self.cluster(task.request)
        rest.request.input =
            cluster == Self.clusterDefault ? "{}" : JSONWriter.text(.object(["Cluster": .string(cluster)]))
        rest.submission = SubmittedTasks(submission).text
        state.withLock { state in
            rest.request.stateMachineArn = state.shared[rest.request.stateMachineArn]
            rest.request.roleArn = state.shared[rest.request.roleArn]
            rest.request.stateName = state.shared[rest.request.stateName]
            rest.request.resource = state.shared[rest.request.resource]
            rest.request.input = state.shared[rest.request.input]
        }
        return rest
    }

    // MARK: - For all parts

    /// How a task is to be done in ECS; nil: it is the other runner's.
    func pattern(_ request: TaskRequest) -> TaskResource.Pattern? {
        guard case .service("ecs", "runTask", let pattern)? = TaskResource(arn: request.resource),
            configuration.backend(ofCluster: Self.cluster(request)) == .ecs
        else { return nil }
        return pattern
    }

    private func launch(
        _ request: TaskRequest, _ pattern: TaskResource.Pattern, firstAt: Int64?,
        report: @escaping @Sendable (TaskReport) -> Void
    ) {
        let taskID = request.taskID
        do throws(ServiceError) {
            let call = try RunTaskCall(request, pattern)
            let watch = watch(request, pattern, cluster: call.cluster, report)
            var order = LaunchOrder(
                taskID: taskID, executionArn: request.executionArn, pattern: pattern, cluster: call.cluster,
                role: watch.role, body: call.body, isAdoptable: call.isAdoptable)
            order.firstAt = firstAt
            order.mayHaveLaunched = firstAt != nil
            state.withLock { state in
                guard state.fleet.insert(watch, taskID) else { return }
                let account = account(order)
                state.queues[account, default: LaunchQueue(configuration.runTaskRate)].append(order)
            }
            launchAlarm.ring()
        } catch {
            report(.failed(error: error.name, cause: error.cause(requestID: TaskHash(taskID).uuid)))
        }
    }

    private func watch(
        _ request: TaskRequest, _ pattern: TaskResource.Pattern, cluster: String,
        _ report: @escaping @Sendable (TaskReport) -> Void
    ) -> ECSFleet.Watch {
        var watch = ECSFleet.Watch(pattern: pattern, cluster: cluster, role: role(request), report: report)
        state.withLock { state in
            watch.cluster = state.shared[cluster]
            if let role = watch.role { watch.role = state.shared[role] }
        }
        return watch
    }

    /// Who calls for a task: the role of its `Credentials`, or the state machine's where that is configured; nil: the worker.
    func role(_ request: TaskRequest) -> String? {
        request.credentialsRoleArn ?? (configuration.assumesRoles ? request.roleArn : nil)
    }

    private static let clusterDefault = "default"

    /// The cluster that a request names; ECS's own default without one, or in what can't be read.
    static func cluster(_ request: TaskRequest) -> String {
        (try? JSONParser.parse(request.input))?["Cluster"]?.string ?? clusterDefault
    }

    /// Buckets are an account's and region's.
    func account(_ order: LaunchOrder) -> String {
        let arn = order.role ?? order.cluster
        return arn.hasPrefix("arn:")
            ? arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first.map(String.init) ?? "" : ""
    }

    /// Reports a task's outcome; it is not watched any more.
    func finish(_ taskID: String, _ watch: ECSFleet.Watch, _ report: TaskReport) {
        state.withLock { state in
            state.fleet.remove(taskID)
            state.reported.insert(taskID)
        }
        watch.report(report)
    }

    func isWanted(_ taskID: String) -> Bool { state.withLock { $0.fleet[taskID] != nil } }

    var isEnding: Bool { isStopping.load(ordering: .acquiring) }

    /// Sleeps; returns at once when the runner ends.
    func pause(_ milliseconds: Int64) { pauses.wait(milliseconds: milliseconds) }
}
