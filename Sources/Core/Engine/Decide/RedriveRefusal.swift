/// Why an execution can't be redriven, in AWS's words. Source: surface § 7.
public enum RedriveRefusal: String, Error, Sendable {
    case stateMachineDeleting = "State machine is in DELETING status"
    case running = "Execution is RUNNING and cannot be redriven"
    case succeeded = "Execution is SUCCEEDED and cannot be redriven"
    case historyLimit = "Execution history event limit exceeded"
    case age = "Execution has exceeded the max execution time"
    case period = "Execution redrivable period exceeded"

    /// nil when the execution can be redriven.
    /// - Parameters:
    ///   - startedAt, stoppedAt, now: epoch milliseconds.
    ///   - lastEventID: how many events the history has.
    public init?(
        status: Execution.Status, startedAt: Int64, stoppedAt: Int64?, lastEventID: Int64, now: Int64, limits: Limits
    ) {
        func exceeds(_ milliseconds: Int64, _ most: Int64?) -> Bool { most.map { milliseconds > $0 } ?? false }
        switch status {
        case .running: self = .running
        case .succeeded: self = .succeeded
        case .failed, .timedOut, .aborted:
            // Room for ExecutionRedriven and one event more.
            if let most = limits.historyEventsMax, lastEventID >= most - 1 {
                self = .historyLimit
            } else if exceeds(now - startedAt, limits.redrivenAgeMillisecondsMax) {
                self = .age
            } else if exceeds(now - (stoppedAt ?? startedAt), limits.redriveMillisecondsMax) {
                self = .period
            } else {
                return nil
            }
        }
    }
}
