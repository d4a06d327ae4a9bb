import Foundation
public import JSON

extension HistoryDocument {
    /// A line for one record of `events`: its time (UTC), whose it is, its sequence, its type, and what it is about.
    /// - Parameter record: of an execution, or of the registry.
    public static func row(of record: JSONValue) -> String {
        let isRegistry = record["executionArn"] == nil
        let arn = record["executionArn"]?.string ?? record["arn"]?.string ?? ""
        let seconds = (record["timestamp"]?.number?.double ?? 0) / (isRegistry ? 1_000 : 1)
        let sequence = record["sequence"]?.number?.text ?? ""
        let name = arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(6).joined(separator: "/")
        let summary = isRegistry ? "" : summary(record)
        let cells = [utc(seconds), LineText.clipped(name, to: 60), sequence, record["type"]?.string ?? "", summary]
        return cells.filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// `2026-01-31T10:00:00.123Z`.
    private static func utc(_ seconds: Double) -> String {
        // The style cuts what is behind the milliseconds, and a Double may lie just below them.
        let middle = ((seconds * 1_000).rounded() + 0.5) / 1_000
        return Date(timeIntervalSince1970: middle).formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
