import JSON
import JSONata
import Testing

@Suite("The JSONata test suite")
struct CorpusTests {
    /// Cases whose answer is another on purpose.
    static let exceptions: [String: String] = [:]

    @Test("Every case that applies to Step Functions has its answer, and the others 2.2.2's")
    func corpus() throws {
        guard let rows = try SharedData.lines("conformance/jsonata/jsonata.jsonl") else { return }
        var failures: [String] = []
        for row in rows {
            let id = row["id"]?.string ?? ""
            guard Self.exceptions[id] == nil, let expected = Self.expectation(row) else { continue }
            let actual = Self.outcome(row)
            if !Self.matches(actual, expected, row) {
                failures.append("\(id): \(row["expr"]?.string ?? "") gave \(actual) instead of \(expected)")
            }
        }
        #expect(rows.count > 1000)
        #expect(failures.isEmpty, "\(failures.count) of \(rows.count):\n\(failures.joined(separator: "\n"))")
    }

    enum Outcome {
        case value(JSONValue)
        case undefined
        case function
        case error(String)
    }

    /// What Step Functions gives; where it has no say, what 2.2.2 gives; nil for what is not there at all.
    static func expectation(_ row: JSONValue) -> Outcome? {
        let applies = row["sfn"]?["applies"]?.bool == true
        guard applies || row["group"]?.string != "function-eval" else { return nil }
        let expected = applies ? row["expect"] : row["sfn"]?["instead"] ?? row["expect"]
        switch expected?["kind"]?.string {
        case "value": return expected?["value"].map { .value($0) }
        case "undefined": return .undefined
        default: return .error(expected?["code"]?.string ?? "")
        }
    }

    static func outcome(_ row: JSONValue) -> Outcome {
        var limits = JSONataLimits.withoutMemoryLimit
        if let depth = row["depth"]?.number?.int64 { limits.depth = Int(depth) }
        let environment = JSONataEnvironment(
            nowMilliseconds: 1_700_000_000_000, random: SeededRandom(1, 2), limits: limits)
        let bindings = row["bindings"]?.object?.members.map { (name: $0.key, value: $0.value) } ?? []
        let input = row["input_undefined"]?.bool == true ? nil : row["input"]
        do {
            let expression = try JSONataExpression(
                row["expr"].flatMap { text in
                    if case .string(let string) = text { string } else { nil }
                } ?? "")
            switch try expression.evaluate(input: input, bindings: bindings, environment: environment) {
            case .undefined: return .undefined
            case .value(let value): return .value(value)
            case .function: return .function
            }
        } catch {
            return .error("\(error)")
        }
    }

    static func matches(_ actual: Outcome, _ expected: Outcome, _ row: JSONValue) -> Bool {
        switch (actual, expected) {
        case (.undefined, .undefined): true
        case (.error(let text), .error(let code)): text.hasPrefix(code)
        case (.value(let a), .value(let b)): a == b || (row["unordered"]?.bool == true && sameElements(a, b))
        default: row["nondeterministic"]?.bool == true
        }
    }

    private static func sameElements(_ left: JSONValue, _ right: JSONValue) -> Bool {
        guard var rest = right.array, let elements = left.array, rest.count == elements.count else { return false }
        for element in elements {
            guard let index = rest.firstIndex(of: element) else { return false }
            rest.remove(at: index)
        }
        return true
    }
}
