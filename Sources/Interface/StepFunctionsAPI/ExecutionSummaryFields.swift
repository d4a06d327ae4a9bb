import Engine
import ReadModel

/// How a synchronous execution ended.
struct ExecutionSummaryFields {
    var status: String
    /// Epoch milliseconds.
    var stoppedAt: Int64
    var output: String?
    var error: String?
    var cause: String?

    init(_ summary: ExecutionSummary) {
        // The answer knows no ABORTED: StopExecution is not for Express executions.
        status = summary.status == "ABORTED" ? "FAILED" : summary.status
        stoppedAt = summary.stoppedAt ?? summary.startedAt
        output = summary.output
        error = summary.error
        cause = summary.cause
    }

    /// - Parameter time: epoch milliseconds.
    init(timedOut summary: ExecutionSummary, at time: Int64) {
        status = "TIMED_OUT"
        stoppedAt = time
    }
}

extension CommandRecord {
    static func stop(_ arn: String, error: String? = nil, cause: String? = nil) -> CommandRecord {
        CommandRecord(executionArn: arn, command: .stopExecution(error: error, cause: cause))
    }
}
