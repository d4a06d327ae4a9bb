public import Replay
import TaskWorkers

/// Open executions and what they wait for, as people read them.
public enum PendingTable {
    /// - Parameter now: epoch milliseconds.
    public static func lines(_ executions: [PendingExecution], now: Int64) -> [String] {
        executions.flatMap { execution in
            let age = ElapsedText.text(milliseconds: now - execution.startedAt)
            return ["\(execution.arn), open for \(age)"]
                + zip(execution.causes, execution.workers).flatMap { lines($0, $1, now: now) }
        }
    }

    private static func lines(_ cause: PendingCause, _ worker: String?, now: Int64) -> [String] {
        var line = "  \(cause.place.isEmpty ? "-" : cause.place): \(cause.kind.rawValue), \(cause.detail)"
        line += "; for \(ElapsedText.text(milliseconds: now - cause.since))"
        if let until = cause.until { line += ", until \(CalendarTime(epochMilliseconds: until).iso8601) at the latest" }
        return [line] + (worker.map { ["    its worker: \(LineText.clipped($0, to: 300))"] } ?? [])
    }
}
