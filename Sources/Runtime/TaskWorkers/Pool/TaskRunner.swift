public import Engine

/// Does tasks. Calls return at once; reports come on any thread, in order for each task.
public protocol TaskRunner: Sendable {
    /// Starts a task, or goes on with it when it was started before, by this process or a former one.
    func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void)
    /// Goes on with a task that a former process or another worker had in flight. Unless a runner has its own way, this is `start`.
    func resume(_ task: InflightTask, report: @escaping @Sendable (TaskReport) -> Void)
    /// Stops a task whose result nobody wants any more, as far as this process knows it.
    func cancel(taskID: String, executionArn: String)
    /// Stops a task that was in flight, started by this process or a former one. Unless a runner has its own way, this is `cancel`.
    /// - Parameter stopped: is called, perhaps before this returns, when nobody needs to think of the task any more. Until then
    ///   the task stays on the log, and this is asked of the next process too.
    func stop(_ task: InflightTask, stopped: @escaping @Sendable () -> Void)
    /// The task's outcome is on the log.
    func acknowledge(taskID: String)
    /// Whether a task takes room in this process even when a service has accepted it. Unless a runner knows better: it does.
    func occupiesWhenSubmitted(_ request: TaskRequest) -> Bool
    /// What must be kept in memory of a task whose handle is on the log: enough for `stop`. Unless a runner knows better: all.
    func remainder(of task: InflightTask) -> InflightTask
    /// Why tasks that were started are not with their service yet, by id, in words for operators. Unless a runner knows: nothing.
    var waits: [String: String] { get }
}

extension TaskRunner {
    public func resume(_ task: InflightTask, report: @escaping @Sendable (TaskReport) -> Void) {
        start(task.request, report: report)
    }

    public func stop(_ task: InflightTask, stopped: @escaping @Sendable () -> Void) {
        cancel(taskID: task.request.taskID, executionArn: task.request.executionArn)
        stopped()
    }

    public func occupiesWhenSubmitted(_ request: TaskRequest) -> Bool { true }
    public func remainder(of task: InflightTask) -> InflightTask { task }
    public var waits: [String: String] { [:] }
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

    public func resume(_ task: InflightTask, report: @escaping @Sendable (TaskReport) -> Void) {
        guard mocks.reports(task.request) == nil else { return start(task.request, report: report) }
        other.resume(task, report: report)
    }

    public func stop(_ task: InflightTask, stopped: @escaping @Sendable () -> Void) {
        mocks.reports(task.request) == nil ? other.stop(task, stopped: stopped) : stopped()
    }
    public func occupiesWhenSubmitted(_ request: TaskRequest) -> Bool { other.occupiesWhenSubmitted(request) }
    public func remainder(of task: InflightTask) -> InflightTask { other.remainder(of: task) }
    public var waits: [String: String] { other.waits }

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
