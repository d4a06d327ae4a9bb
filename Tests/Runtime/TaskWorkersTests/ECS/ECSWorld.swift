import Engine
import Foundation
import JSON
import Synchronization
import TaskWorkers

/// Engine, worker and scripted ECS of a test: asks for tasks, and hears what is reported of them.
final class ECSWorld: Sendable {
    let calls: ScriptedCalls
    let configuration: ECSConfiguration
    let folder: URL
    private let reports = Mutex<[String: [TaskReport]]>([:])
    private let ends = Mutex(0)

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
        folder = FileManager.default.temporaryDirectory.appending(path: "ecs-\(UUID().uuidString)")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A worker on the ledger of this world.
    func runner() throws -> ECSTaskRunner {
        try ECSTaskRunner(
            configuration, calls: calls, ledger: LaunchJournal(path: folder.appending(path: "launches").path),
            else: RefusingRunner()
        ) { _ in }
    }

    /// A request for the task definition `app`.
    /// - Parameter lifecycle: how it lives; nil: by the script's weights.
    static func request(_ taskID: String, _ pattern: String = ".sync", lifecycle: String? = nil, more: String = "")
        -> TaskRequest
    {
        let overrides =
            lifecycle.map {
                #", "Overrides": {"ContainerOverrides": [{"Name": "main", "Environment": [{"Name": "SCRIPTED_ECS", "Value": "\#($0)"}]}]}"#
            } ?? ""
        return TaskRequest(
            taskID: taskID, executionArn: "arn:aws:states:us-east-1:1:execution:m:e", stateMachineArn: "m", roleArn: "r",
            stateName: "S", resource: "arn:aws:states:::ecs:runTask\(pattern)",
            input: #"{"TaskDefinition": "app"\#(overrides)\#(more)}"#)
    }

    func start(_ request: TaskRequest, on runner: ECSTaskRunner, ended: (@Sendable () -> Void)? = nil) {
        runner.start(request) { [self] report in
            reports.withLock { $0[request.taskID, default: []].append(report) }
            switch report {
            case .succeeded, .failed:
                ends.withLock { $0 += 1 }
                ended?()
            case .started, .submitted, .claimed, .heartbeat: break
            }
        }
    }

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
    func wait(seconds: Int = 60, until holds: @Sendable () -> Bool) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if holds() { return true }
            try? await Task.sleep(for: .milliseconds(2))
        }
        return holds()
    }

    /// Runs a worker while `body` does.
    func with<Result: Sendable>(_ runner: ECSTaskRunner, _ body: @Sendable () async throws -> Result) async throws
        -> Result
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await runner.run() }
            let result = try await body()
            group.cancelAll()
            return result
        }
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
