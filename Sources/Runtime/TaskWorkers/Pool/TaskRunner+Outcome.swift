public import Engine
import Synchronization

extension TaskRunner {
    /// Does one task that is on no log, and forgets it.
    /// - Parameter timeout: how long it may take; then it is stopped and `States.Timeout` is its outcome.
    /// - Returns: `succeeded` or `failed`.
    public func outcome(of request: TaskRequest, timeout: Duration) async -> TaskReport {
        let (reports, sink) = AsyncStream.makeStream(of: TaskReport.self)
        start(request) { report in
            switch report {
            case .succeeded, .failed:
                sink.yield(report)
                sink.finish()
            case .started, .claimed, .submitted, .heartbeat: break
            }
        }
        let outcome = await withTaskGroup(of: TaskReport?.self) { group in
            group.addTask {
                for await report in reports { return report }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let outcome else {
            cancel(taskID: request.taskID, executionArn: request.executionArn)
            return .failed(error: "States.Timeout", cause: nil)
        }
        acknowledge(taskID: request.taskID)
        return outcome
    }
}
