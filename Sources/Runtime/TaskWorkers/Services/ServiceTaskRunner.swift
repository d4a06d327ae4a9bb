public import AWSClient
public import Engine
import Glibc
import JSON
import StatesLanguage
import Synchronization

/// Does tasks by calling services; leaves to another runner what belongs to this machine: ECS tasks, and functions that are
/// configured here. Calls block on threads of the runner; reports come on them.
///
/// After a crash a task is started again under the same id. Nested executions then find the one that was started; for the other
/// calls, as on AWS, a call may be made twice.
public final class ServiceTaskRunner: TaskRunner {
    private let client: ServiceClient
    private let settings: ServiceTaskSettings
    private let other: any TaskRunner
    private let calls = WorkQueue(threadCountMax: 64)
    /// Jobs are asked after by threads of their own, so that they never hold up calls.
    private let watches = WorkQueue(threadCountMax: 256)
    /// Tasks that are wanted.
    private let reports = Mutex<[String: @Sendable (TaskReport) -> Void]>([:])

    /// How often a job is asked after: at once, then ever more rarely.
    private static let pollMillisecondsFirst = 50
    private static let pollMillisecondsMax = 5_000
    private static let unansweredMax = 20

    /// - Parameter other: does what this one does not.
    public init(_ client: ServiceClient, _ settings: ServiceTaskSettings, else other: any TaskRunner) {
        self.client = client
        self.settings = settings
        self.other = other
    }

    public func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {
        guard let resource = TaskResource(arn: request.resource), isMine(resource, request) else {
            return other.start(request, report: report)
        }
        let isNew = reports.withLock { reports in
            guard reports[request.taskID] == nil else { return false }
            reports[request.taskID] = report
            return true
        }
        guard isNew else { return }
        calls.submit { [self] in
            report(.started)
            do throws(TaskFailure) {
                try perform(resource, ServiceTask(request, client, settings))
            } catch {
                finish(request, .failed(error: error.error, cause: error.cause))
            }
        }
    }

    public func cancel(taskID: String, executionArn: String) {
        reports.withLock { _ = $0.removeValue(forKey: taskID) }
        other.cancel(taskID: taskID, executionArn: executionArn)
    }

    public func resume(_ task: InflightTask, report: @escaping @Sendable (TaskReport) -> Void) {
        isMine(task.request) ? start(task.request, report: report) : other.resume(task, report: report)
    }

    public func stop(_ task: InflightTask, stopped: @escaping @Sendable () -> Void) {
        guard isMine(task.request) else { return other.stop(task, stopped: stopped) }
        cancel(taskID: task.request.taskID, executionArn: task.request.executionArn)
        stopped()
    }

    public func acknowledge(taskID: String) { other.acknowledge(taskID: taskID) }
    public func occupiesWhenSubmitted(_ request: TaskRequest) -> Bool { other.occupiesWhenSubmitted(request) }
    public func remainder(of task: InflightTask) -> InflightTask { other.remainder(of: task) }
    public var waits: [String: String] { other.waits }

    private func isMine(_ request: TaskRequest) -> Bool {
        TaskResource(arn: request.resource).map { isMine($0, request) } ?? false
    }

    private func isMine(_ resource: TaskResource, _ request: TaskRequest) -> Bool {
        switch resource {
        case .activity: return false
        case .lambdaFunction(let arn): return settings.callsServices && !isLocal(arn)
        case .service("lambda", "invoke", _):
            let name = (try? JSONParser.parse(request.input))?["FunctionName"]?.string ?? ""
            return settings.callsServices && !isLocal(name)
        case .service("ecs", _, _): return false
        case .service("states", "startExecution", _): return callsStepFunctions
        case .service("aws-sdk:sfn", _, _): return callsStepFunctions
        case .service(let type, let action, _):
            guard settings.callsServices else { return false }
            if type.hasPrefix("aws-sdk:") { return true }
            return OptimizedService.all[type]?.actions.contains(action) == true
                || ["apigateway:invoke", "http:invoke", "batch:submitJob", "glue:startJobRun"].contains(
                    "\(type):\(action)")
        }
    }

    private var callsStepFunctions: Bool { settings.callsServices || settings.ownStepFunctions != nil }

    private func isLocal(_ function: String) -> Bool {
        let name = LambdaFunctionName(function)
        return settings.localFunctions.contains { $0 == function || LambdaFunctionName($0).name == name.name }
    }

    // MARK: - Doing

    private func perform(_ resource: TaskResource, _ task: ServiceTask) throws(TaskFailure) {
        let output: JSONValue
        var waitsForToken = false
        switch resource {
        case .lambdaFunction(let arn): output = try LambdaService().perform(task, functionArn: arn)
        case .activity: return
        case .service(let type, let action, let pattern):
            waitsForToken = pattern == .waitForTaskToken
            if let job = job(type, action, pattern, task) {
                if pattern == .sync || pattern == .sync2 { return try run(job, task) }
                output = try job.submit().output
            } else if let optimized = OptimizedService.all[type] {
                output = try optimized.perform(task, action: action)
            } else if type.hasPrefix("aws-sdk:") {
                let service = String(type.dropFirst("aws-sdk:".count))
                output = try SDKIntegration(service: service, action: action).perform(task)
            } else {
                switch type {
                case "lambda": output = try LambdaService().perform(task, functionArn: nil)
                case "apigateway": output = try APIGatewayCall().perform(task)
                default: output = try HTTPEndpoint().perform(task)
                }
            }
        }
        let text = JSONWriter.text(output)
        if waitsForToken {
            tell(task, .submitted(output: text))
            reports.withLock { _ = $0.removeValue(forKey: task.request.taskID) }
        } else {
            finish(task.request, .succeeded(output: text))
        }
    }

    private func job(
        _ type: String, _ action: String, _ pattern: TaskResource.Pattern, _ task: ServiceTask
    ) -> (any ServiceJob)? {
        switch "\(type):\(action)" {
        case "states:startExecution": NestedExecution(task: task, parsesPayloads: pattern == .sync2)
        case "batch:submitJob": BatchJob(task: task)
        case "glue:startJobRun": GlueJob(task: task)
        default: nil
        }
    }

    private func run(_ job: any ServiceJob, _ task: ServiceTask) throws(TaskFailure) {
        let (handle, output) = try job.submit()
        tell(task, .submitted(output: JSONWriter.text(output)))
        watches.submit { [self] in
            do throws(TaskFailure) {
                guard let result = try watch(job, handle, task) else { return job.stop(handle) }
                finish(task.request, .succeeded(output: JSONWriter.text(result)))
            } catch {
                finish(task.request, .failed(error: error.error, cause: error.cause))
            }
        }
    }

    /// - Returns: nil when nobody wants the result any more.
    private func watch(_ job: any ServiceJob, _ handle: String, _ task: ServiceTask) throws(TaskFailure) -> JSONValue? {
        var pause = Self.pollMillisecondsFirst
        var unanswered = 0
        while isWanted(task) {
            do throws(TaskFailure) {
                if let result = try job.result(handle) { return result }
                unanswered = 0
            } catch {
                // A job goes on while nobody answers for it; only an answer, or a long silence, ends the task.
                unanswered += 1
                guard error.error.hasSuffix(".SdkClientException"), unanswered < Self.unansweredMax else { throw error }
            }
            var waited = 0
            while waited < pause, isWanted(task) {
                usleep(50_000)
                waited += 50
            }
            pause = min(Self.pollMillisecondsMax, pause * 3 / 2)
        }
        return nil
    }

    // MARK: - Reporting

    private func isWanted(_ task: ServiceTask) -> Bool {
        reports.withLock { $0[task.request.taskID] != nil }
    }

    private func tell(_ task: ServiceTask, _ report: TaskReport) {
        reports.withLock { $0[task.request.taskID] }?(report)
    }

    /// Reports the last of a task.
    private func finish(_ request: TaskRequest, _ report: TaskReport) {
        reports.withLock { $0.removeValue(forKey: request.taskID) }?(report)
    }
}
