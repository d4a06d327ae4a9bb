public import Engine
public import JSON

/// What folding a log has found.
public struct FoldReport: Sendable {
    private let eventCount: Int
    private let statuses: [(status: Execution.Status, count: Int)]
    private let seconds: Double

    public init(eventCount: Int, statuses: [(Execution.Status, Int)], duration: Duration) {
        self.eventCount = eventCount
        self.statuses = statuses.map { (status: $0.0, count: $0.1) }.sorted { $0.status.rawValue < $1.status.rawValue }
        let (whole, fraction) = duration.components
        seconds = Double(whole) + Double(fraction) / 1e18
    }

    private var executionCount: Int { statuses.reduce(0) { $0 + $1.count } }
    private var rate: Int { Int(Double(eventCount) / max(seconds, 1e-6)) }

    public var json: JSONObject {
        var byStatus = JSONObject()
        for (status, count) in statuses { byStatus[JSONString(status.rawValue)] = .integer(count) }
        return [
            "events": .integer(eventCount), "executions": .integer(executionCount), "statuses": .object(byStatus),
            "eventsPerSecond": .integer(rate),
        ]
    }

    public var lines: [String] {
        let parts = statuses.map { "\($0.count) \($0.status.rawValue)" }.joined(separator: ", ")
        return ["\(executionCount) executions (\(parts)), \(eventCount) events, \(rate) a second"]
    }
}
