import JSON

extension Value {
    /// The value as JSON: functions read as empty strings, as JSONata's `$string` writes them; nil for nothing.
    var json: JSONValue? {
        switch self {
        case .undefined: nil
        case .null: .null
        case .bool(let value): .bool(value)
        case .number(let value): .number(Self.number(value))
        case .string(let value): .string(value)
        case .list(let items): .array(items)
        case .array(let elements):
            .array(
                elements.flags.contains(.outerWrapper) && elements.items.count == 1
                    ? elements.items[0].jsonElements : jsonElements)
        case .object(let object): .object(object)
        case .record(let record): .object(record.json)
        case .function: .string("")
        case .tuples(let stream): .array(stream.tuples.compactMap(\.context.json))
        }
    }

    private var jsonElements: [JSONValue] {
        switch self {
        case .list(let items): return items
        case .array(let elements):
            var result: [JSONValue] = []
            result.reserveCapacity(elements.items.count)
            for item in elements.items {
                if let value = item.json { result.append(value) }
            }
            return result
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples:
            return json.map { [$0] } ?? []
        }
    }

    /// A number that is whole and small enough to be exact is written as an integer.
    @inline(__always)
    static func number(_ value: Double) -> JSONNumber {
        guard value.magnitude < 9_007_199_254_740_992 else { return .double(value) }
        let integer = Int64(value)
        guard Double(integer) == value, integer != 0 || value.sign == .plus else { return .double(value) }
        return .integer(integer)
    }

    /// The value as JSON if nothing would be lost by keeping it so: no function, no array that has to stay as it is.
    func plainJSON(_ context: EvaluationContext) throws(JSONataError) -> JSONValue? {
        switch self {
        case .undefined, .function, .tuples, .record: return nil
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .number(let value): return value.isFinite ? .number(Self.number(value)) : nil
        case .string(let value): return .string(value)
        case .list(let items): return context.mayNest() ? .array(items) : nil
        case .object(let object): return context.mayNest() ? .object(object) : nil
        case .array(let elements):
            guard elements.flags.isDisjoint(with: [.keepsSingleton, .constructed, .outerWrapper]), context.mayNest()
            else { return nil }
            try context.spend(elements.items.count)
            var result: [JSONValue] = []
            result.reserveCapacity(elements.items.count)
            for item in elements.items {
                guard let value = try item.plainJSON(context) else { return nil }
                result.append(value)
            }
            return .array(result)
        }
    }

    /// A copy in which every object can be changed without changing this one.
    func cloned(_ context: EvaluationContext) throws(JSONataError) -> Value {
        switch self {
        case .list, .array:
            try context.spend(count)
            var result: [Value] = []
            result.reserveCapacity(count)
            for item in items { result.append(try item.cloned(context)) }
            return .array(Elements(result))
        case .object, .record:
            let copy = Record()
            try context.spend(4)
            for member in members ?? [] {
                try context.spend(2)
                copy[member.key] = try member.value.cloned(context)
            }
            return .record(copy)
        case .undefined, .null, .bool, .number, .string, .function, .tuples: return self
        }
    }
}

extension Record {
    var json: JSONObject {
        var result = JSONObject(minimumCapacity: members.count)
        for member in members {
            if let value = member.value.json { result.append(member.key, value) }
        }
        return result
    }
}
