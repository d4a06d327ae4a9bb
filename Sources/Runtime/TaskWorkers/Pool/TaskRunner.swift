public import Engine

/// Does tasks. Calls return at once; reports come on any thread, in order for each task.
public protocol TaskRunner: Sendable {
    /// Starts a task, or goes on with it when it was started before, by this process or a former one.
    func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void)
    /// Goes on with a task that a service has accepted. Unless a runner has its own way, this is `start`.
    /// - Parameter submission: what was reported as `submitted`: the service's answer, which names what it made.
    func resume(_ request: TaskRequest, submission: String, report: @escaping @Sendable (TaskReport) -> Void)
    /// Stops a task whose result nobody wants any more.
    func cancel(taskID: String, executionArn: String)
    /// The task's outcome is on the log.
    func acknowledge(taskID: String)
}

extension TaskRunner {
    public func resume(
        _ request: TaskRequest, submission: String, report: @escaping @Sendable (TaskReport) -> Void
    ) {
        start(request, report: report)
    }
}

/// Answers tasks from a mock configuration, and lets another runner do those that have no mock.
public struct MockedTaskRunner: TaskRunner {
    private let mocks: MockedTasks
    private let other: any TaskRunner

    public init(_ mocks: MockedTasks, else other: any TaskRunner) {
        self.mocks = mocks
        self.other = other
    }

    public func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {
        guard let reports = mocks.reports(request) else { return other.start(request, report: report) }
        for answer in reports { report(answer) }
    }

    public func resume(
        _ request: TaskRequest, submission: String, report: @escaping @Sendable (TaskReport) -> Void
    ) {
        guard mocks.reports(request) == nil else { return start(request, report: report) }
        other.resume(request, submission: submission, report: report)
    }

    public func cancel(taskID: String, executionArn: String) {
        other.cancel(taskID: taskID, executionArn: executionArn)
    }
    public func acknowledge(taskID: String) { other.acknowledge(taskID: taskID) }
}

extension LocalTaskRunner: TaskRunner {
    public func cancel(taskID: String, executionArn: String) {
        cancel(taskID: taskID, executionArn: executionArn, reason: nil)
    }
}
