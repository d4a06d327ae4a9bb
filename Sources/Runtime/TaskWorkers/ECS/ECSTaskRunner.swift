public import Engine
import JSON
import StatesLanguage
import Synchronization

/// Does `ecs:runTask` in ECS for the clusters that its configuration sends there, and lets another runner do everything else.
///
/// A task is launched once: the ledger holds the exact request before it is sent, and its client token follows from the task's id.
/// Its end is learnt from state-change events and, always, from sweeps with DescribeTasks. `run` does the work.
public final class ECSTaskRunner: TaskRunner {
    let configuration: ECSConfiguration
    let calls: any ECSCalls
    let ledger: any LaunchLedger
    let other: any TaskRunner
    /// Epoch milliseconds.
    let now: @Sendable () -> Int64
    let note: @Sendable (String) -> Void
    let state: Mutex<State>
    let launchAlarm = Alarm()
    let stopAlarm = Alarm()

    /// What is shared between the calls and `run`.
    struct State: Sendable {
        var fleet = ECSFleet()
        var queues: [String: LaunchQueue] = [:]
        /// RunTask calls under way.
        var launching = 0
        /// Tasks whose RunTask is under way and that nobody wants any more, with the reason.
        var doomed: [String: String] = [:]
        var stops: [StopOrder] = []
        /// What former processes left and nobody has asked for yet.
        var recovered: [String: LaunchRecord]
        /// Tasks whose outcome was reported and is not on the log yet.
        var reported: Set<String> = []
        /// Client tokens of tasks that were given up: if one runs, it is an orphan.
        var ended: [String] = []
        /// By the ARN of a task definition.
        var logs: [String: LogLocations] = [:]
        var streams: [String: [LogStream]] = [:]
    }

    /// A task that is to be stopped.
    struct StopOrder: Sendable {
        var taskID: String
        var cluster: String
        var role: String?
        /// nil: it has to be found by its `startedBy` first.
        var arn: String?
        var reason: String
        var attempts = 0
        var notBefore: Int64 = 0
    }

    /// - Parameters:
    ///   - other: does tasks of other services, and those of clusters that are local.
    ///   - now: epoch milliseconds; nil: the system's clock.
    ///   - note: takes a line for operators: what went wrong and is tried again. Never payloads.
    /// - Throws: when the ledger can't be read.
    public init(
        _ configuration: ECSConfiguration, calls: any ECSCalls, ledger: any LaunchLedger, else other: any TaskRunner,
        now: (@Sendable () -> Int64)? = nil, note: @escaping @Sendable (String) -> Void
    ) throws {
        self.configuration = configuration
        self.calls = calls
        self.ledger = ledger
        self.other = other
        self.now = now ?? { SystemClock.epochMilliseconds }
        self.note = note
        let recovered = try ledger.open()
        state = Mutex(State(recovered: recovered))
        for (taskID, record) in recovered where record.stopReason != nil {
            stop(taskID, record, reason: record.stopReason ?? "")
        }
    }

    /// Launches, watches and stops until it is cancelled. Tasks run on; the next runner on the same ledger takes them over.
    public func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.launchLoop() }
            group.addTask { await self.stopLoop() }
            group.addTask { await self.sweepLoop() }
            if configuration.orphanSweepMilliseconds > 0 { group.addTask { await self.orphanLoop() } }
            guard let url = configuration.eventsQueueURL else { return }
            for _ in 0..<configuration.eventReceivers { group.addTask { await self.receiveLoop(url) } }
        }
    }

    /// How many tasks are waiting, launching or watched.
    public var taskCount: Int { state.withLock { $0.fleet.count } }

    /// Where a task's containers log; empty while that is not known.
    public func logStreams(taskID: String) -> [LogStream] { state.withLock { $0.streams[taskID] ?? [] } }

    // MARK: - TaskRunner

    public func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {
        guard case .service("ecs", "runTask", let pattern)? = TaskResource(arn: request.resource),
            configuration.backend(ofCluster: Self.cluster(request)) == .ecs
        else { return other.start(request, report: report) }
        let role = configuration.assumesRoles ? request.credentialsRoleArn ?? request.roleArn : nil
        do throws(ServiceError) {
            let call = try RunTaskCall(request, pattern)
            let watch = ECSFleet.Watch(
                executionArn: request.executionArn, token: call.token, pattern: pattern, cluster: call.cluster,
                role: role, report: report)
            let known = state.withLock { state -> LaunchRecord?? in
                guard state.fleet.insert(watch, request.taskID) else { return nil }
                return .some(state.recovered.removeValue(forKey: request.taskID))
            }
            guard let record = known else { return }
            report(.started)
            if let record, !record.arns.isEmpty { return resume(request.taskID, record, watch) }
            var order = LaunchOrder(
                taskID: request.taskID, executionArn: request.executionArn, pattern: pattern, cluster: call.cluster,
                role: role, body: record?.body ?? JSONWriter.text(.object(call.body)), isAdoptable: call.isAdoptable)
            order.firstAt = record?.at
            order.mayHaveLaunched = record != nil
            state.withLock { state in
                let account = account(order)
                state.queues[account, default: LaunchQueue(configuration.runTaskRate)].append(order)
            }
            launchAlarm.ring()
        } catch {
            report(.started)
            report(.failed(error: error.name, cause: error.cause(requestID: TaskHash(request.taskID).uuid)))
        }
    }

    public func acknowledge(taskID: String) {
        let isOurs = state.withLock { state in
            state.streams[taskID] = nil
            let wasReported = state.reported.remove(taskID) != nil
            let wasKnown = state.recovered.removeValue(forKey: taskID) != nil
            return state.fleet.remove(taskID) != nil || wasReported || wasKnown
        }
        guard isOurs else { return other.acknowledge(taskID: taskID) }
        keep(.ended(taskID: taskID))
    }

    /// The cluster that a request names; ECS's own default without one, or in what can't be read.
    private static func cluster(_ request: TaskRequest) -> String {
        (try? JSONParser.parse(request.input))?["Cluster"]?.string ?? "default"
    }

    // MARK: - For all parts

    /// Buckets are an account's and region's.
    func account(_ order: LaunchOrder) -> String {
        let arn = order.role ?? order.cluster
        return arn.hasPrefix("arn:")
            ? arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first.map(String.init) ?? "" : ""
    }

    /// Keeps an entry of the ledger that only saves work when it is lost.
    func keep(_ entry: LaunchEntry) {
        do {
            try ledger.write(entry)
        } catch {
            note("The launch ledger can't be written: \(error)")
        }
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
}
