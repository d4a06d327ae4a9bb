import JSON
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

    private static func lines(_ cause: PendingCause, _ worker: JSONObject?, now: Int64) -> [String] {
        var line = "  \(cause.sentence)"
        line += "; for \(ElapsedText.text(milliseconds: now - cause.since))"
        if let until = cause.until { line += ", until \(CalendarTime(epochMilliseconds: until).iso8601) at the latest" }
        return [line] + (worker.map(lines) ?? [])
    }

    /// What the task's worker has written down, and what ECS says of it.
    private static func lines(_ worker: JSONObject) -> [String] {
        var lines: [String] = []
        if let reason = worker["waitsFor"]?.string {
            lines.append("    its worker waits for \(LineText.clipped(reason, to: 200))")
        }
        for task in worker["ecsTasks"]?.array ?? [] {
            let status = task["lastStatus"]?.string ?? "UNKNOWN"
            let asked = task["asked"]?.string.map { "now: \($0)" } ?? "\(status) when it was launched"
            lines.append("    \(task["taskArn"]?.string ?? ""), \(asked)")
        }
        if let child = worker["executionArn"]?.string { lines.append("    \(child)") }
        if lines.isEmpty, let taken = worker["taken"]?.string { lines.append("    a worker has it since \(taken)") }
        return lines
    }
}
