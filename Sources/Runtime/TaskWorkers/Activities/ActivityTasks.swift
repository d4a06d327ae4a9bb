public import Engine
import StatesLanguage
import Synchronization

/// Keeps the tasks of activities until workers ask for them, and lets another runner do all others.
///
/// A task is given out once. It stays here until it has ended, so that its end is put on the log for the pool.
public final class ActivityTasks: TaskRunner {
    private struct Entry: Sendable {
        let request: TaskRequest
        let report: @Sendable (TaskReport) -> Void
    }

    private struct State: Sendable {
        var entries: [String: Entry] = [:]
        /// Ids of tasks that nobody has taken, by activity, first in, first out.
        var waiting: [String: [String]] = [:]
    }

    private let other: any TaskRunner
    private let state = Mutex(State())

    public init(else other: any TaskRunner) { self.other = other }

    public func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {
        guard case .activity(let arn)? = TaskResource(arn: request.resource) else {
            return other.start(request, report: report)
        }
        state.withLock { state in
            guard state.entries[request.taskID] == nil else { return }
            state.entries[request.taskID] = Entry(request: request, report: report)
            state.waiting[arn, default: []].append(request.taskID)
        }
    }

    public func resume(_ task: InflightTask, report: @escaping @Sendable (TaskReport) -> Void) {
        if case .activity? = TaskResource(arn: task.request.resource) { return start(task.request, report: report) }
        other.resume(task, report: report)
    }

    public func stop(_ task: InflightTask, stopped: @escaping @Sendable () -> Void) {
        forget(task.request.taskID) ? stopped() : other.stop(task, stopped: stopped)
    }

    public func occupiesWhenSubmitted(_ request: TaskRequest) -> Bool { other.occupiesWhenSubmitted(request) }
    public func remainder(of task: InflightTask) -> InflightTask { other.remainder(of: task) }
    public var waits: [String: String] { other.waits }

    public func cancel(taskID: String, executionArn: String) {
        if !forget(taskID) { other.cancel(taskID: taskID, executionArn: executionArn) }
    }

    public func acknowledge(taskID: String) {
        if !forget(taskID) { other.acknowledge(taskID: taskID) }
    }

    /// Takes the task of an activity that has waited longest. - Returns: nil when none waits.
    public func take(activityArn: String) -> TaskRequest? {
        state.withLock { state in
            while let first = state.waiting[activityArn]?.first {
                state.waiting[activityArn]?.removeFirst()
                if let entry = state.entries[first] { return entry.request }
            }
            return nil
        }
    }

    /// A task was ended through its token. The execution knows; now the pool's register of running tasks is told.
    public func end(taskID: String) {
        let entry = state.withLock { $0.entries[taskID] }
        entry?.report(.failed(error: nil, cause: nil))
    }

    private func forget(_ taskID: String) -> Bool {
        state.withLock { $0.entries.removeValue(forKey: taskID) != nil }
    }
}
