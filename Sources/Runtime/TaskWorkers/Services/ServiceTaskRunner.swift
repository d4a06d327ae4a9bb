public import AWSClient
public import Engine
import Glibc
import JSON
import StatesLanguage
import Synchronization

/// Does tasks by calling services; leaves to another runner what belongs to this machine: ECS tasks, and functions that are
/// configured here. Calls block on threads of the runner; reports come on them.
///
/// After a crash a job (`.sync`) whose submission is on the log is only watched on; of one whose intent alone is there, the service is asked
/// whether it has it. Nested executions are found by their name. Other calls may be made twice, as on AWS.
public final class ServiceTaskRunner: TaskRunner {
    private let client: ServiceClient
    private let settings: ServiceTaskSettings
    private let other: any TaskRunner
    private let endpoint = HTTPEndpoint()
    private let calls = WorkQueue(threadCountMax: 64)
    /// Jobs are asked after by threads of their own, so that they never hold up calls.
    private let watches = WorkQueue(threadCountMax: 256)
    /// Tasks that are wanted.
    private let reports = Mutex<[String: @Sendable (TaskReport) -> Void]>([:])
    /// The jobs that are watched, by their handles: each is one task's.
    private let handles = Mutex<Set<String>>([])

    /// How often a job is asked after: at once, then ever more rarely.
    private static let pollMillisecondsFirst = 50
    private static let pollMillisecondsMax = 5_000
    private static let unansweredMax = 20
    /// Services list what they have accepted a little later.
    private static let listedMilliseconds: Int64 = 3_000

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
        begin(request, report) { [self] () throws(TaskFailure) in
            report(.started)
            try perform(resource, ServiceTask(request, client, settings))
        }
    }

    /// Does `work` for a task that is not known yet.
    private func begin(
        _ request: TaskRequest, _ report: @escaping @Sendable (TaskReport) -> Void,
        _ work: @escaping @Sendable () throws(TaskFailure) -> Void
    ) {
        let isNew = reports.withLock { reports in
            guard reports[request.taskID] == nil else { return false }
            reports[request.taskID] = report
            return true
        }
        guard isNew else { return }
        calls.submit { [self] in
            do throws(TaskFailure) {
                try work()
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
        let request = task.request
        guard isMine(request) else { return other.resume(task, report: report) }
        guard job(request) != nil else { return start(request, report: report) }
        begin(request, report) { [self] () throws(TaskFailure) in
            let own = try ServiceTask(request, client, settings)
            guard let job = job(own) else { return }
            if let submission = task.submission, let handle = Self.handle(job, submission) {
                return watch(job, handle, own)
            }
            report(.started)
            guard let (handle, output) = try adopt(job, since: task.intentAt) else { return try run(job, own) }
            tell(own, .submitted(output: JSONWriter.text(output)))
            watch(job, handle, own)
        }
    }

    private static func handle(_ job: any ServiceJob, _ submission: String) -> String? {
        (try? JSONParser.parse(submission)).flatMap { job.handle(inSubmission: $0) }
    }

    /// The job that was submitted for a task of which the intent alone is known.
    private func adopt(
        _ job: any ServiceJob, since intentAt: Int64
    ) throws(TaskFailure) -> (handle: String, output: JSONValue)? {
        let age = SystemClock.epochMilliseconds - intentAt
        if age < Self.listedMilliseconds { usleep(UInt32(clamping: (Self.listedMilliseconds - max(0, age)) * 1000)) }
        do throws(TaskFailure) {
            return try job.adopt(since: intentAt) { id in handles.withLock { $0.contains(id) } }
        } catch {
            // Who may submit may not be allowed to list: then it is submitted, as on AWS, where a call may be made twice.
            guard error.cause.contains("AccessDenied") else { throw error }
            return nil
        }
    }

    public func stop(_ task: InflightTask, stopped: @escaping @Sendable () -> Void) {
        guard isMine(task.request) else { return other.stop(task, stopped: stopped) }
        let isWatched = reports.withLock { $0.removeValue(forKey: task.request.taskID) != nil }
        // Who watches it stops it; else nobody does but this.
        guard !isWatched, let submission = task.submission, let own = try? ServiceTask(task.request, client, settings),
            let job = job(own), let handle = Self.handle(job, submission)
        else { return stopped() }
        calls.submit {
            job.stop(handle)
            stopped()
        }
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
                default: output = try endpoint.perform(task)
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
        case "batch:submitJob": BatchJob(task: task, isWatched: pattern == .sync)
        case "glue:startJobRun": GlueJob(task: task)
        default: nil
        }
    }

    /// The job of a task that waits for its end; nil for any other task.
    private func job(_ task: ServiceTask) -> (any ServiceJob)? {
        guard case .service(let type, let action, let pattern)? = TaskResource(arn: task.request.resource),
            pattern == .sync || pattern == .sync2
        else { return nil }
        return job(type, action, pattern, task)
    }

    private func job(_ request: TaskRequest) -> (any ServiceJob)? {
        (try? ServiceTask(request, client, settings)).flatMap { job($0) }
    }

    private func run(_ job: any ServiceJob, _ task: ServiceTask) throws(TaskFailure) {
        let (handle, output) = try job.submit()
        tell(task, .submitted(output: JSONWriter.text(output)))
        watch(job, handle, task)
    }

    private func watch(_ job: any ServiceJob, _ handle: String, _ task: ServiceTask) {
        handles.withLock { _ = $0.insert(handle) }
        watches.submit { [self] in
            defer { handles.withLock { _ = $0.remove(handle) } }
            do throws(TaskFailure) {
                guard let result = try result(of: job, handle, task) else { return job.stop(handle) }
                finish(task.request, .succeeded(output: JSONWriter.text(result)))
            } catch {
                finish(task.request, .failed(error: error.error, cause: error.cause))
            }
        }
    }

    /// - Returns: nil when nobody wants the result any more.
    private func result(of job: any ServiceJob, _ handle: String, _ task: ServiceTask) throws(TaskFailure) -> JSONValue?
    {
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
