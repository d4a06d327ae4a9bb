import Engine
import Synchronization
import TaskWorkers

/// A task runner whose tasks outlive it, as those of the supervisors do: what it has done is in the script, which all runners share.
final class TaskScript: Sendable {
    private struct State {
        var launched: [TaskRequest] = []
        var reports: [String: @Sendable (TaskReport) -> Void] = [:]
        var results: [String: TaskReport] = [:]
        var cancelled: [String] = []
        var acknowledged: [String] = []
    }

    private let state = Mutex(State())
    private let answer: @Sendable (TaskRequest) -> [TaskReport]

    /// - Parameter answer: the reports of a task; without a final one it goes on until `complete`.
    init(_ answer: @escaping @Sendable (TaskRequest) -> [TaskReport]) { self.answer = answer }

    /// Tasks that have come to run, in order. One that is started again goes on.
    var launched: [TaskRequest] { state.withLock { $0.launched } }
    var cancelled: [String] { state.withLock { $0.cancelled } }
    var acknowledged: [String] { state.withLock { $0.acknowledged } }

    func complete(_ taskID: String, _ result: TaskReport) {
        let report = state.withLock { state in
            state.results[taskID] = result
            return state.reports[taskID]
        }
        report?(result)
    }

    fileprivate func start(_ request: TaskRequest, _ report: @escaping @Sendable (TaskReport) -> Void) {
        let result = state.withLock { state in
            if !state.launched.contains(where: { $0.taskID == request.taskID }) { state.launched.append(request) }
            state.reports[request.taskID] = report
            return state.results[request.taskID]
        }
        for given in answer(request) { report(given) }
        if let result { report(result) }
    }

    fileprivate func cancel(_ taskID: String) { state.withLock { $0.cancelled.append(taskID) } }
    fileprivate func acknowledge(_ taskID: String) { state.withLock { $0.acknowledged.append(taskID) } }
}

struct ScriptedRunner: TaskRunner {
    let script: TaskScript

    func start(_ request: TaskRequest, report: @escaping @Sendable (TaskReport) -> Void) {
        script.start(request, report)
    }
    func cancel(taskID: String, executionArn: String) { script.cancel(taskID) }
    func acknowledge(taskID: String) { script.acknowledge(taskID) }
}
