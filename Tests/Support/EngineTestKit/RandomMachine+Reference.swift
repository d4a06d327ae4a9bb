import JSON

extension RandomMachine {
    private struct Failed: Error {}

    /// Reads the machine from top to bottom, one thing after another.
    /// - Returns: the output's canonical text; nil when the execution fails.
    public func expectedOutput() -> String? {
        guard let value = try? JSONParser.parse(input), case .object(let object) = value,
            let x = object["x"]?.number?.int64
        else { return nil }
        guard let output = try? Self.run(chain, object, v0: x) else { return nil }
        return Self.canonical(.object(output))
    }

    private static func run(_ chain: [Node], _ input: JSONObject, v0: Int64) throws(Failed) -> JSONObject {
        var data = input
        for node in chain { data = try run(node, data, v0) }
        return data
    }

    private static func run(_ node: Node, _ data: JSONObject, _ v0: Int64) throws(Failed) -> JSONObject {
        var data = data
        let x = data["x"]?.number?.int64 ?? 0
        switch node {
        case .add(_, let factor): return ["x": .integer(Int(x * Int64(factor) + v0))]
        case .mark(let name, let value): data[JSONString(name)] = .integer(value)
        case .wait: break
        case .fail: throw Failed()
        case .choice(_, let limit, let below, let above): return try run(x < Int64(limit) ? below : above, data, v0: v0)
        case .task(let work, let fails, let hangs, let replacesAll):
            let failures = max(fails, hangs ? 1 : 0)
            guard failures <= work.attemptsMax ?? 0 else { return try caught(work, data) }
            let result: JSONObject = ["x": .integer(Int(Self.result(x)))]
            if replacesAll { return result }
            data[JSONString(work.name)] = .object(result)
        case .parallel(let work, let branches):
            var outputs: [JSONValue] = []
            do throws(Failed) {
                for branch in branches { outputs.append(.object(try run(branch, data, v0: v0))) }
            } catch {
                return try caught(work, data)
            }
            data[JSONString(work.name)] = .array(outputs)
        case .map(let work, let items, _, let body):
            data["items"] = .array(items.map { .integer($0) })
            var outputs: [JSONValue] = []
            do throws(Failed) {
                for (index, item) in items.enumerated() {
                    let input: JSONObject = ["x": .integer(item), "base": .integer(Int(x)), "index": .integer(index)]
                    outputs.append(.object(try run(body, input, v0: v0)))
                }
            } catch {
                return try caught(work, data)
            }
            data[JSONString(work.name)] = .array(outputs)
        }
        return data
    }

    private static func caught(_ work: Work, _ input: JSONObject) throws(Failed) -> JSONObject {
        guard work.isCaught else { throw Failed() }
        return input
    }
}
