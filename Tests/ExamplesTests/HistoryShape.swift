import JSON

/// What two histories of the same workflow must have in common: each event with the chain of events that led to it. Ids, times,
/// names of executions and tasks are left out, and so is the order between branches that run side by side.
struct HistoryShape: Equatable, CustomStringConvertible {
    /// A line an event, e.g. `ExecutionStarted < TaskStateEntered Load < TaskScheduled`, sorted.
    var lines: [String]

    /// - Parameter events: as GetExecutionHistory lists them.
    init(_ events: [JSONValue]) {
        var chains: [Int64: String] = [:]
        for event in events {
            guard let id = event["id"]?.number?.int64 else { continue }
            let previous = event["previousEventId"]?.number?.int64 ?? 0
            let name = Self.stateName(of: event).map { " \($0)" } ?? ""
            let text = (event["type"]?.string ?? "?") + name
            chains[id] = chains[previous].map { "\($0) < \(text)" } ?? text
        }
        lines = chains.values.sorted()
    }

    var description: String { lines.joined(separator: "\n") }

    private static func stateName(of event: JSONValue) -> String? {
        for details in ["stateEnteredEventDetails", "stateExitedEventDetails", "mapIterationStartedEventDetails"] {
            if let name = event[JSONString(details)]?["name"]?.string {
                return name + (event[JSONString(details)]?["index"]?.number?.int64.map { " \($0)" } ?? "")
            }
        }
        return nil
    }
}
