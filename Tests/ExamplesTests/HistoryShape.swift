import JSON

/// What two histories of the same workflow must have in common: each event with the chain of events that led to it. Ids, times,
/// names of executions and tasks are left out, and so is the order between branches that run side by side.
struct HistoryShape: Equatable, CustomStringConvertible {
    /// A line an event, e.g. `ExecutionStarted < TaskStateEntered Load < TaskScheduled`, sorted.
    var lines: [String]

    /// Which sibling ended last, or freed a place, is chance: these events hang on their Map or Parallel state's start.
    private static let joins: Set<String> = [
        "MapIterationStarted", "MapStateSucceeded", "MapStateFailed", "MapStateExited", "ParallelStateSucceeded",
        "ParallelStateFailed", "ParallelStateExited",
    ]

    /// - Parameter events: as GetExecutionHistory lists them.
    init(_ events: [JSONValue]) {
        var chains: [Int64: String] = [:]
        var origins: [Int64: (type: String, previous: Int64)] = [:]
        for event in events {
            guard let id = event["id"]?.number?.int64 else { continue }
            let type = event["type"]?.string ?? "?"
            var previous = event["previousEventId"]?.number?.int64 ?? 0
            if Self.joins.contains(type) { previous = Self.start(behind: previous, origins) ?? previous }
            origins[id] = (type, event["previousEventId"]?.number?.int64 ?? 0)
            let text = type + (Self.stateName(of: event).map { " \($0)" } ?? "")
            chains[id] = chains[previous].map { "\($0) < \(text)" } ?? text
        }
        lines = chains.values.sorted()
    }

    /// The start of the Map or Parallel state that the event belongs to, over those that began and ended within it.
    private static func start(behind event: Int64, _ origins: [Int64: (type: String, previous: Int64)]) -> Int64? {
        var id = event
        var depth = 0
        while let origin = origins[id] {
            switch origin.type {
            case "MapStateExited", "ParallelStateExited": depth += 1
            case "MapStateStarted", "ParallelStateStarted":
                if depth == 0 { return id }
                depth -= 1
            default: break
            }
            id = origin.previous
        }
        return nil
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
