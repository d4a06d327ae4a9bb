import Engine
import Foundation
import Glibc
import JSON
import Synchronization
import TaskWorkers

/// Engine, log and scripted ECS of a test: asks for tasks, hears what is reported of them, and keeps what is in flight.
final class ECSWorld: Sendable {
    let calls: ScriptedCalls
    let configuration: ECSConfiguration
    private let reports = Mutex<[String: [TaskReport]]>([:])
    private let ends = Mutex(0)
    private let inflight = Mutex<[String: InflightTask]>([:])

    /// - Parameter members: of the script, beside the task definition `app`.
    init(_ members: String = "", _ change: (inout ECSConfiguration) -> Void = { _ in }) throws {
        let separator = members.isEmpty ? "" : ", "
        calls = try ScriptedCalls(
            """
            {"taskDefinitions": [{"family": "app", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
              "containerDefinitions": [{"name": "main", "image": "busybox", "logConfiguration": {"logDriver": "awslogs",
                "options": {"awslogs-group": "/g", "awslogs-stream-prefix": "p"}}}]}]\(separator)\(members)}
            """)
        var configuration = ECSConfiguration()
        configuration.backend = .ecs
        configuration.eventsQueueURL = "http://here/1/ecs-events"
        configuration.runTaskRate = .init(perSecond: 100_000, burst: 1000)
        configuration.stopTaskRate = .init(perSecond: 100_000, burst: 1000)
        configuration.describeTasksRate = .init(perSecond: 100_000, burst: 1000)
        configuration.retryPauseMilliseconds = 4
        configuration.orphanSweepMilliseconds = 0
        configuration.sweepMilliseconds = 300
        change(&configuration)
        self.configuration = configuration
    }

    /// A worker on what is in flight.
    func worker() -> Worker {
        let calls = CuttableCalls(calls)
        return Worker(
            runner: ECSTaskRunner(configuration, calls: calls, else: RefusingRunner()) { _ in }, calls: calls)
    }

    struct Worker {
        let runner: ECSTaskRunner
        let calls: CuttableCalls
    }

    /// A request for the task definition `app`.
    /// - Parameter lifecycle: how it lives; nil: by the script's weights.
    static func request(
        _ taskID: String, _ pattern: String = ".sync", lifecycle: String? = nil, more: String = ""
    )
        -> TaskRequest
    {
        let overrides =
            lifecycle.map {
                #", "Overrides": {"ContainerOverrides": [{"Name": "main", "Environment": [{"Name": "SCRIPTED_ECS", "Value": "\#($0)"}]}]}"#
            } ?? ""
        return TaskRequest(
            taskID: taskID, executionArn: "arn:aws:states:us-east-1:1:execution:m:e", stateMachineArn: "m",
            roleArn: "r",
            stateName: "S", resource: "arn:aws:states:::ecs:runTask\(pattern)",
            input: #"{"TaskDefinition": "app"\#(overrides)\#(more)}"#)
    }

    /// Asks for a task, or again for one that is in flight, as a new owner of its partition does.
    func start(_ request: TaskRequest, on runner: ECSTaskRunner, ended: (@Sendable () -> Void)? = nil) {
        let taskID = request.taskID
        let known = inflight.withLock { inflight in
            let known = inflight[taskID]
            if known == nil { inflight[taskID] = InflightTask(request: request, intentAt: now) }
            return known
        }
        let report: @Sendable (TaskReport) -> Void = { [self] report in
            reports.withLock { $0[taskID, default: []].append(report) }
            switch report {
            case .succeeded, .failed:
                inflight.withLock { $0[taskID] = nil }
                ends.withLock { $0 += 1 }
                ended?()
            case .submitted(let output): inflight.withLock { $0[taskID]?.submission = output }
            case .started, .claimed, .heartbeat: break
            }
        }
        if let known { runner.resume(known, report: report) } else { runner.start(request, report: report) }
    }

    /// Puts an intent in flight as if a worker had died with it.
    func intend(_ request: TaskRequest, at: Int64) {
        inflight.withLock { $0[request.taskID] = InflightTask(request: request, intentAt: at) }
    }

    /// Gives a task up.
    func stop(_ taskID: String, on runner: ECSTaskRunner) {
        guard let task = inflight.withLock({ $0[taskID] }) else { return }
        runner.stop(runner.remainder(of: task)) { [self] in inflight.withLock { $0[taskID] = nil } }
    }

    var inflightIDs: [String] { inflight.withLock { $0.keys.sorted() } }

    private var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    var endCount: Int { ends.withLock { $0 } }
    func reports(of taskID: String) -> [TaskReport] { reports.withLock { $0[taskID] ?? [] } }
    var taskIDsEnded: [String: Int] {
        reports.withLock { reports in
            reports.mapValues { list in
                list.count { report in
                    switch report {
                    case .succeeded, .failed: true
                    case .started, .submitted, .claimed, .heartbeat: false
                    }
                }
            }
        }
    }

    /// Waits until something holds. - Returns: whether it came to hold in time.
    func wait(seconds: Int = 60, until holds: () -> Bool) -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if holds() { return true }
            usleep(2_000)
        }
        return holds()
    }

    /// Runs a worker while `body` does; then it dies.
    func with<Result>(_ worker: Worker, _ body: (ECSTaskRunner) throws -> Result) throws -> Result {
        try worker.runner.start()
        defer {
            worker.calls.cut()
            worker.runner.end()
        }
        return try body(worker.runner)
    }
}

/// Does nothing: the task is not for ECS.
private struct RefusingRunner: TaskRunner {
    func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {
        report(.failed(error: "NotForECS", cause: nil))
    }
    func cancel(taskID: String, executionArn: String) {}
    func acknowledge(taskID: String) {}
}
