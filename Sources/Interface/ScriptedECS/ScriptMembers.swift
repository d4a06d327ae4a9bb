import JSON

/// The members of an object of a script, each read once; what is left over is a mistake of its author.
struct ScriptMembers {
    private let object: JSONObject
    private let path: String
    private var read: [JSONString] = []

    init(_ value: JSONValue, path: String) throws(ECSScriptError) {
        guard case .object(let object) = value else { throw ECSScriptError(path: path, message: "must be an object") }
        self.object = object
        self.path = path
    }

    func problem(_ name: String, _ message: String) -> ECSScriptError {
        ECSScriptError(path: path.isEmpty ? name : "\(path).\(name)", message: message)
    }

    private mutating func take(_ name: String) -> JSONValue? {
        read.append(JSONString(name))
        return object[JSONString(name)]
    }

    mutating func text(_ name: String) throws(ECSScriptError) -> String? {
        guard let value = take(name) else { return nil }
        guard let text = value.string else { throw problem(name, "must be a string") }
        return text
    }

    mutating func number(_ name: String, _ range: ClosedRange<Double>) throws(ECSScriptError) -> Double? {
        guard let value = take(name) else { return nil }
        guard let number = value.number?.double, range.contains(number) else {
            throw problem(name, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    mutating func probability(_ name: String) throws(ECSScriptError) -> Double? { try number(name, 0...1) }

    /// At most a year.
    mutating func milliseconds(_ name: String) throws(ECSScriptError) -> Int64? {
        try number(name, 0...3.2e10).map { Int64($0) }
    }

    /// A number, or `[from, to]`: milliseconds.
    mutating func range(_ name: String) throws(ECSScriptError) -> ClosedRange<Int64>? {
        guard let value = take(name) else { return nil }
        let bounds = (value.array ?? [value, value]).compactMap { $0.number?.double }
        guard bounds.count == 2, bounds[0] >= 0, bounds[0] <= bounds[1], bounds[1] <= 3.2e10 else {
            throw problem(name, "must be milliseconds, or [from, to]")
        }
        return Int64(bounds[0])...Int64(bounds[1])
    }

    mutating func array(_ name: String) throws(ECSScriptError) -> [JSONValue]? {
        guard let value = take(name) else { return nil }
        guard let array = value.array else { throw problem(name, "must be an array") }
        return array
    }

    mutating func texts(_ name: String) throws(ECSScriptError) -> [String]? {
        guard let array = try array(name) else { return nil }
        let texts = array.compactMap(\.string)
        guard texts.count == array.count else { throw problem(name, "must be an array of strings") }
        return texts
    }

    mutating func pairs(_ name: String) throws(ECSScriptError) -> [(String, JSONValue)] {
        guard let value = take(name) else { return [] }
        guard let object = value.object else { throw problem(name, "must be an object") }
        return object.members.map { ($0.key.text, $0.value) }
    }

    mutating func object(_ name: String) throws(ECSScriptError) -> ScriptMembers? {
        guard let value = take(name) else { return nil }
        return try ScriptMembers(value, path: path.isEmpty ? name : "\(path).\(name)")
    }

    /// `perSecond` and `burst` of this object; nil where neither is given.
    mutating func rate() throws(ECSScriptError) -> ECSScript.Rate? {
        guard let perSecond = try number("perSecond", 0.001...1e9) else {
            _ = take("burst")
            return nil
        }
        let burst = try number("burst", 1...1e9) ?? max(1, perSecond)
        return ECSScript.Rate(perSecond: perSecond, burst: burst)
    }

    func refuseOthers() throws(ECSScriptError) {
        for key in object.keys where !read.contains(key) { throw problem(key.text, "is no member of a script") }
    }
}
