import Digests

/// Ids of tasks: unique over all executions and attempts, and the same on replay.
public enum TaskIdentity {
    /// 24 hexadecimal digits of the SHA-256 of the execution's ARN.
    static func prefix(executionArn: String) -> String {
        String(Digest.hexadecimal(Digest.sha256(Array(executionArn.utf8))).prefix(24))
    }

    /// - Parameter sequence: of the task's Scheduled event.
    static func taskID(prefix: String, sequence: Int64) -> String { "\(prefix)-\(sequence)" }
}
