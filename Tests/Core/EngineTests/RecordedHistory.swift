import JSON

/// The events of a history with the branch that each belongs to, found by following `previousEventId`: AWS numbers concurrent events in
/// the order of arrival, so branches are compared one by one. Source: conformance/compare.py, "tree".
struct RecordedHistory {
    /// How an event hangs on the one before it.
    enum Link: Equatable { case none, unknown, next, notLast, fork, join, cross }

    struct Step: Hashable {
        var kind: Character
        var name: String
        var branch: String
    }

    let events: [JSONValue]
    private(set) var paths: [[Step]] = []
    private(set) var links: [Link] = []

    init(_ events: [JSONValue]) {
        self.events = events
        var positions: [Int: Int] = [:]
        for (index, event) in events.enumerated() {
            if let id = event["id"]?.number?.int64 { positions[Int(id)] = index }
        }
        var owners: [String] = []
        var lastOf: [[Step]: Int] = [:]
        for (index, event) in events.enumerated() {
            let previousID = event["previousEventId"]?.number?.int64 ?? 0
            let previous = positions[Int(previousID)].flatMap { $0 < index ? $0 : nil }
            let path = path(of: event, after: previous, owners)
            let type = event["type"]?.string ?? ""
            owners.append(type.hasSuffix("StateEntered") ? Self.name(event) : previous.map { owners[$0] } ?? "")
            if let previous {
                let before = paths[previous]
                if before == path {
                    links.append(lastOf[path] == previous ? .next : .notLast)
                } else if path.starts(with: before) {
                    links.append(.fork)
                } else {
                    links.append(before.starts(with: path) ? .join : .cross)
                }
            } else {
                links.append(previousID == 0 ? .none : .unknown)
            }
            paths.append(path)
            lastOf[path] = index
        }
    }

    private func path(of event: JSONValue, after previous: Int?, _ owners: [String]) -> [Step] {
        let type = event["type"]?.string ?? ""
        let before = previous.map { paths[$0] } ?? []
        let previousType = previous.flatMap { events[$0]["type"]?.string } ?? ""
        let name = Self.name(event)
        let index = Self.details(event)["index"].map { JSONWriter.text($0) } ?? ""
        switch type {
        case _ where type.hasPrefix("Execution"): return []
        case "MapIterationStarted", "MapIterationSucceeded", "MapIterationFailed", "MapIterationAborted":
            return Self.out(of: before, name, "M") + [Step(kind: "M", name: name, branch: index)]
        case "MapStateStarted" where previousType != "MapStateEntered": return Self.out(of: before, nil, "M")
        case "ParallelStateStarted" where previousType != "ParallelStateEntered": return Self.out(of: before, nil, "P")
        case "MapStateSucceeded", "MapStateFailed", "MapStateAborted":
            return previousType == "MapStateStarted" ? before : Self.out(of: before, nil, "M")
        case "MapStateExited": return Self.out(of: before, name, "M")
        case "ParallelStateSucceeded", "ParallelStateFailed", "ParallelStateAborted":
            return previousType == "ParallelStateStarted" ? before : Self.out(of: before, nil, "P")
        case "ParallelStateExited": return Self.out(of: before, name, "P")
        case _ where type.hasSuffix("StateEntered") && previousType == "ParallelStateStarted":
            return before + [Step(kind: "P", name: previous.map { owners[$0] } ?? "", branch: name)]
        default: return before
        }
    }

    /// The path round the innermost step of this kind and name.
    private static func out(of path: [Step], _ name: String?, _ kind: Character) -> [Step] {
        guard let position = path.lastIndex(where: { $0.kind == kind && (name == nil || $0.name == name) }) else {
            return path
        }
        return Array(path[..<position])
    }

    static func details(_ event: JSONValue) -> JSONValue {
        for member in event.object?.members ?? [] where member.key.text.hasSuffix("EventDetails") {
            return member.value
        }
        return .object(JSONObject())
    }

    static func name(_ event: JSONValue) -> String { details(event)["name"]?.string ?? "" }

    static func label(_ event: JSONValue) -> String {
        let index = details(event)["index"].map { "#" + JSONWriter.text($0) } ?? ""
        return [event["type"]?.string ?? "", name(event), index].filter { !$0.isEmpty }.joined(separator: ":")
    }
}
