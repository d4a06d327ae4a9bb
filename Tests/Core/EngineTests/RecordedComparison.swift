import JSON

/// Compares a whole history with a recorded one. Source: conformance/compare.py.
struct RecordedComparison {
    private var matcher: RecordedMatcher

    init(case recorded: JSONValue) { matcher = RecordedMatcher(case: recorded) }

    /// - Returns: nil when the histories are the same.
    mutating func difference(_ expected: [JSONValue], _ actual: [JSONValue]) -> String? {
        if expected.contains(where: { $0["id"]?.array != nil }) { return unordered(expected, actual) }
        let isTree = expected.contains { ["MapIterationStarted", "ParallelStateStarted"].contains($0["type"]?.string) }
        return isTree ? tree(expected, actual) : sequence(expected, actual, numbered: true)
    }

    private mutating func sequence(_ expected: [JSONValue], _ actual: [JSONValue], numbered: Bool) -> String? {
        let (labels, others) = (expected.map(RecordedHistory.label), actual.map(RecordedHistory.label))
        if labels != others {
            let position =
                zip(labels, others).enumerated().first { $0.element.0 != $0.element.1 }?.offset
                ?? min(labels.count, others.count)
            let found = others.indices.contains(position) ? others[position] : "nothing"
            return
                "event \(position): \(found), not \(labels.indices.contains(position) ? labels[position] : "nothing")"
        }
        for (index, (event, other)) in zip(expected, actual).enumerated() {
            let (left, right) = numbered ? (event, other) : (Self.withoutNumbers(event), Self.withoutNumbers(other))
            if let problem = matcher.difference(left, right, at: "\(index):\(labels[index])") { return problem }
        }
        return nil
    }

    private mutating func tree(_ expected: [JSONValue], _ actual: [JSONValue]) -> String? {
        let (left, right) = (RecordedHistory(expected), RecordedHistory(actual))
        var paths: [[RecordedHistory.Step]] = []
        for path in left.paths + right.paths where !paths.contains(path) { paths.append(path) }
        for path in paths {
            let own = left.paths.indices.filter { left.paths[$0] == path }
            let others = right.paths.indices.filter { right.paths[$0] == path }
            let place = path.map { "\($0.name)[\($0.branch)]" }.joined(separator: "/")
            if let problem = sequence(own.map { expected[$0] }, others.map { actual[$0] }, numbered: false) {
                return "\(place) \(problem)"
            }
            for (index, other) in zip(own, others) where left.links[index] != right.links[other] {
                return
                    "\(place) \(RecordedHistory.label(expected[index])): the link is \(right.links[other]), not \(left.links[index])"
            }
        }
        return nil
    }

    /// For recordings that lost the ids of a Parallel state's events, and its Succeeded.
    private mutating func unordered(_ expected: [JSONValue], _ actual: [JSONValue]) -> String? {
        var left = Array(actual.indices)
        for event in expected {
            let bare = Self.withoutNumbers(event)
            let candidates = left.filter { RecordedHistory.label(actual[$0]) == RecordedHistory.label(event) }
            guard let hit = candidates.first(where: { matcher.trial(bare, Self.withoutNumbers(actual[$0])) }) else {
                guard let near = candidates.first else { return "missing \(RecordedHistory.label(event))" }
                return matcher.difference(bare, Self.withoutNumbers(actual[near]))
            }
            left.removeAll { $0 == hit }
        }
        let nested = expected.count { $0["type"]?.string == "ParallelStateStarted" } > 1
        let lost: Set<String> = nested ? ["ParallelStateSucceeded", "ParallelStateExited"] : ["ParallelStateSucceeded"]
        let extra = left.first { !lost.contains(actual[$0]["type"]?.string ?? "") }
        return extra.map { "extra \(RecordedHistory.label(actual[$0]))" }
    }

    private static func withoutNumbers(_ event: JSONValue) -> JSONValue {
        var bare = JSONObject()
        for member in event.object?.members ?? [] where member.key.text != "id" && member.key.text != "previousEventId"
        {
            bare.append(member.key, member.value)
        }
        return .object(bare)
    }
}
