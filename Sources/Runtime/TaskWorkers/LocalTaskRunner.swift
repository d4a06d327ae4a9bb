public import Engine
import Glibc
import JSON
import StatesLanguage
import Synchronization

/// Does tasks on this machine: ECS tasks as processes or in containers, as their cluster's backend says; Lambda functions as programs or addresses.
///
/// A task runs under a supervisor that outlives this one. No call waits for a task; reports come on threads of the runner,
/// one at a time for a task, and must not block. Starting a task again (after a crash, or twice by mistake) never runs it
/// twice: the runner goes on with what it finds and reports `started` and `submitted` anew.
public final class LocalTaskRunner: Sendable {
    private struct Entry: Sendable {
        let report: @Sendable (TaskReport) -> Void
        var connection: HTTPConnection?
    }

    private let configuration: LocalTaskConfiguration
    private let planner: TaskPlanner
    private let tasks: LocalTasks
    private let launches = WorkQueue(threadCountMax: 4)
    private let calls = WorkQueue(threadCountMax: 64)
    /// Tasks that are wanted: a cancelled one is not here, and its reports go nowhere.
    private let entries = Mutex<[String: Entry]>([:])

    /// - Throws: `SystemCallError` when the process is out of descriptors.
    public init(_ configuration: LocalTaskConfiguration) throws {
        // A supervisor or an address that goes away while it is written to is an error here, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        self.configuration = configuration
        planner = TaskPlanner(configuration: configuration)
        tasks = try LocalTasks(configuration)
        tasks.launcher.removeDrafts()
    }

    /// Does a task. A second start of one that is under way changes nothing.
    /// - Parameter report: `started`, perhaps `submitted`, then one `succeeded` or `failed`; after `cancel`, nothing. For
    ///   `.waitForTaskToken` the last comes only if the task can't be submitted.
    public func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {
        let isNew = entries.withLock { entries in
            guard entries[request.taskID] == nil else { return false }
            entries[request.taskID] = Entry(report: report)
            return true
        }
        guard isNew else { return }
        launches.submit { [self] in
            tell(request, .started)
            do throws(ServiceError) {
                try perform(request)
            } catch {
                finish(
                    request, .failed(error: error.name, cause: error.cause(requestID: TaskHash(request.taskID).uuid)))
            }
        }
    }

    /// Stops a task that is not wanted any more: SIGTERM, then SIGKILL after its containers' stop timeouts. Nothing more is reported of it.
    /// Returns when the task's supervisor has been told, which sees to it even if this process ends.
    /// - Parameter reason: the text for the task's StoppedReason; nil for AWS's.
    public func cancel(taskID: String, executionArn: String = "", reason: String? = nil) {
        let entry = entries.withLock { $0.removeValue(forKey: taskID) }
        entry?.connection?.abort()
        // AWS's text. Source: reference/ecs.md §1.3, Cancel.
        let reason =
            reason
            ?? "The Task state in AWS Step Functions execution [\(executionArn)] which was managing this resource was aborted"
        for launchID in launchIDs(taskID) { stop(launchID, reason) }
    }

    /// Goes on with the tasks of former processes that nobody acknowledged: running ones are watched, and those that ended
    /// meanwhile are reported. What never came to run is forgotten; `start` can start it. To be called before any `start`.
    /// - Returns: their requests, in the order of their ids. One that is not wanted any more is to be cancelled.
    /// - Throws: when the directory of tasks can't be read. A missing one is empty.
    @discardableResult
    public func adopt(report: @escaping @Sendable (_ taskID: String, TaskReport) -> Void) throws -> [TaskRequest] {
        let launcher = tasks.launcher
        guard File.isDirectory(launcher.tasksDirectory) else { return [] }
        var requests: [TaskRequest] = []
        for name in try File.names(in: launcher.tasksDirectory) {
            guard !name.hasPrefix("."), !File.exists(launcher.directory(name).acknowledged),
                let plan = try launcher.plan(name)
            else {
                continue
            }
            if case .unstarted = try launcher.standing(name) {
                File.removeDirectory(launcher.directory(name).path)
                continue
            }
            guard plan.request.taskID == name else { continue }
            requests.append(plan.request)
            start(plan.request) { report(name, $0) }
        }
        return requests
    }

    /// Says that a task's outcome is on the log: `adopt` passes over it from now on.
    /// A mark that can't be written only means that a later process looks at the task again.
    public func acknowledge(taskID: String) {
        for launchID in launchIDs(taskID) {
            do {
                _ = try File.create(tasks.launcher.directory(launchID).acknowledged, [])
            } catch {
                Supervisor.complain("acknowledging \(taskID): \(error)")
            }
        }
    }

    /// Where a task's containers print to, in the order of its definition; empty for a task that was never launched here.
    public func logs(taskID: String) -> [TaskLog] {
        launchIDs(taskID).flatMap { launchID -> [TaskLog] in
            guard let plan = try? tasks.launcher.plan(launchID) else { return [] }
            let directory = tasks.launcher.directory(launchID)
            return plan.containers.map { TaskLog(containerName: $0.name, path: directory.file($0.logFile)) }
        }
    }

    /// How many supervisors are still there: 0 means that nothing that this runner watched runs any more.
    public var runningCount: Int { tasks.runningCount }

    /// Whether a supervisor of this task, which this runner watches, is still there.
    public func isRunning(taskID: String) -> Bool {
        let running = tasks.runningLaunches
        return running.contains(taskID) || !running.isDisjoint(with: launchIDs(taskID))
    }

    /// The directories of a task that exist.
    private func launchIDs(_ taskID: String) -> [String] {
        var found: [String] = []
        while File.exists(tasks.launcher.directory(TaskPlanner.launchID(taskID, found.count + 1)).plan) {
            found.append(TaskPlanner.launchID(taskID, found.count + 1))
        }
        return found
    }
}

// MARK: - By service

extension LocalTaskRunner {
    private func perform(_ request: TaskRequest) throws(ServiceError) {
        switch TaskResource(arn: request.resource) {
        case .lambdaFunction(let arn)?:
            let invocation = LambdaInvocation(function: LambdaFunctionName(arn), payload: request.input, isDirect: true)
            try invoke(request, invocation, waitsForToken: false)
        case .service("lambda", "invoke", let pattern)?:
            try invoke(
                request, LambdaInvocation(parameters: request.input), waitsForToken: pattern == .waitForTaskToken)
        case .service("ecs", "runTask", let pattern)?:
            try runTask(request, pattern)
        case .service, .activity, nil:
            throw ServiceError(
                name: "Steplog.IntegrationNotConfigured",
                message: "\(request.resource) can't be called from this machine; "
                    + "ecs:runTask and Lambda functions can; aws.region or aws.endpointUrl in the configuration lets services be called, "
                    + "and --mock-config FILE answers for any")
        }
    }

    private func runTask(_ request: TaskRequest, _ pattern: TaskResource.Pattern) throws(ServiceError) {
        let isSync = pattern == .sync || pattern == .sync2
        let plans: [TaskPlan]
        do {
            if let first = try tasks.launcher.plan(request.taskID) {
                plans = [first] + (try launchIDs(request.taskID).dropFirst().compactMap { try tasks.launcher.plan($0) })
            } else {
                plans = try planner.plans(request, isSync: isSync)
                for (index, plan) in plans.enumerated().reversed() {
                    try tasks.launcher.prepare(plan, TaskPlanner.launchID(request.taskID, index + 1))
                }
            }
        } catch {
            throw error as? ServiceError ?? .ecs("ServerException", "\(error)")
        }
        let createdAt = plans.first?.task["CreatedAt"]?.number?.int64 ?? SystemClock.epochMilliseconds
        let answer = TaskObject.answer(
            plans.map(\.task), requestID: TaskHash(request.taskID).uuid, epochMilliseconds: createdAt)
        for (index, plan) in plans.enumerated() {
            let launchID = TaskPlanner.launchID(request.taskID, index + 1)
            guard isWanted(request) else { return }
            if index == 0, pattern != .requestResponse { tell(request, .submitted(output: JSONWriter.text(answer))) }
            do {
                try tasks.run(launchID, plan) { [self] result in
                    switch pattern {
                    case .sync, .sync2: finish(request, report(result, plan))
                    // Its token ends it, not its container.
                    case .waitForTaskToken: forget(request)
                    case .requestResponse: break
                    }
                }
            } catch {
                throw .ecs("ServerException", "\(error)")
            }
        }
        if pattern == .requestResponse { finish(request, .succeeded(output: JSONWriter.text(answer))) }
    }

    private func report(_ result: Result<TaskResult, any Error>, _ plan: TaskPlan) -> TaskReport {
        switch result {
        case .success(let result):
            let isSuccess = result.isSuccess(essentialOnlyOf: configuration.judgesEssentialContainersOnly ? plan : nil)
            let task = JSONWriter.text(result.task)
            return isSuccess ? .succeeded(output: task) : .failed(error: "States.TaskFailed", cause: task)
        case .failure(let error): return .failed(error: "States.TaskFailed", cause: "\(error)")
        }
    }

    private func invoke(
        _ request: TaskRequest, _ invocation: LambdaInvocation, waitsForToken: Bool
    ) throws(ServiceError) {
        let answered: @Sendable (LambdaAnswer) -> Void = { [self] answer in
            let requestID = TaskHash(request.taskID).uuid
            let report = answer.report(
                invocation, requestID: requestID, epochMilliseconds: SystemClock.epochMilliseconds)
            if waitsForToken, case .succeeded(let output) = report {
                tell(request, .submitted(output: output))
                forget(request)
            } else {
                finish(request, report)
            }
        }
        switch try LambdaFunctions(configuration).target(invocation.function) {
        case .command(let command, let workingDirectory):
            do {
                let plan =
                    try tasks.launcher.plan(request.taskID)
                    ?? planner.plan(
                        request, command: command, workingDirectory: workingDirectory,
                        functionName: invocation.function.name)
                try tasks.launcher.prepare(plan, request.taskID, files: ["input": Array(invocation.payload.utf8)])
                guard isWanted(request) else { return }
                let directory = tasks.launcher.directory(request.taskID)
                try tasks.run(request.taskID, plan) { result in answered(LambdaAnswer(result, directory)) }
            } catch {
                throw .lambda("ServiceException", "\(error)", statusCode: 500)
            }
        case .url(let url):
            let connection = HTTPConnection()
            entries.withLock { $0[request.taskID]?.connection = connection }
            calls.submit { answered(LambdaAnswer(url: url, payload: invocation.payload, connection)) }
        }
    }
}

// MARK: - The register

extension LocalTaskRunner {
    /// Whether a task has not been cancelled. One that is cancelled after this has a directory, in which it is told to stop.
    private func isWanted(_ request: TaskRequest) -> Bool {
        entries.withLock { $0[request.taskID] != nil }
    }

    private func tell(_ request: TaskRequest, _ report: TaskReport) {
        entries.withLock { $0[request.taskID]?.report }?(report)
    }

    private func forget(_ request: TaskRequest) {
        entries.withLock { _ = $0.removeValue(forKey: request.taskID) }
    }

    /// Reports the last of a task.
    private func finish(_ request: TaskRequest, _ report: TaskReport) {
        entries.withLock { $0.removeValue(forKey: request.taskID)?.report }?(report)
    }

    private func stop(_ launchID: String, _ reason: String) {
        do {
            try tasks.launcher.stop(launchID, reason: reason)
            guard let plan = try tasks.launcher.plan(launchID) else { return }
            if case .lost = try tasks.launcher.standing(launchID) {
                // Its containers run on without a supervisor: a new one stops them.
                guard plan.container == nil else { return try tasks.run(launchID, plan) { _ in } }
                _ = try tasks.launcher.buryLost(launchID, plan, wasSeen: false)
            }
        } catch {
            Supervisor.complain("stopping \(launchID): \(error)")
        }
    }
}
