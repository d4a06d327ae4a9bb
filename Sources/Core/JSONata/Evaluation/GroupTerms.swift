import JSON

/// `{ key: value }`: groups items by key and evaluates a value for each group.
final class GroupTerms: Sendable {
    struct Pair: Sendable {
        var key: any Node
        var value: any Node
    }

    private let pairs: [Pair]
    /// The keys where all are written as strings and differ.
    private let literalKeys: [JSONString]?
    private let position: Int

    init(_ pairs: [Pair], position: Int) {
        self.pairs = pairs
        self.position = position
        let keys = pairs.compactMap { ($0.key as? StringNode)?.value }
        literalKeys = keys.count == pairs.count && Set(keys).count == keys.count ? keys : nil
    }

    /// - Parameter input: one item, or an array of items.
    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        if case .tuples(let stream) = input { return try evaluate(stream, frame, context) }
        if let literalKeys { return try evaluate(literalKeys, Self.whole(input, context), frame, context) }
        var groups = Groups()
        switch input {
        case .list(let items) where !items.isEmpty:
            try context.spend(2 * items.count)
            for index in items.indices { try add(Value(items[index]), to: &groups, frame, context) }
        case .array(let elements) where !elements.items.isEmpty:
            try context.spend(2 * elements.items.count)
            for index in elements.items.indices { try add(elements.items[index], to: &groups, frame, context) }
        default: try add(input.isArray ? .undefined : input, to: &groups, frame, context)
        }
        var builder = ObjectBuilder(capacity: groups.all.count, context)
        for group in groups.all {
            try builder.append(group.key, pairs[group.pair].value.evaluate(group.context, frame, context))
        }
        return builder.value
    }

    /// Keys that are written and differ: each has one group, of all items.
    private func evaluate(
        _ keys: [JSONString], _ item: Value, _ frame: Frame, _ context: EvaluationContext
    ) throws(JSONataError) -> Value {
        var builder = ObjectBuilder(capacity: keys.count, context)
        try context.spend(keys.count)
        for index in keys.indices {
            try builder.append(keys[index], pairs[index].value.evaluate(item, frame, context))
        }
        return builder.value
    }

    /// The group of all items: one alone is that item, of several the arrays are taken apart.
    private static func whole(_ input: Value, _ context: EvaluationContext) throws(JSONataError) -> Value {
        guard input.isArray else { return input }
        guard input.count > 1 else { return input.item(0) }
        try context.spend(input.count)
        switch input {
        case .list(let items) where !items.contains(where: \.isArray): return input
        case .array(let elements) where !elements.items.contains(where: \.isArray):
            return .array(elements.withoutFlags)
        default:
            var result: [Value] = []
            for item in input.items { item.flatten(into: &result) }
            return .array(Elements(result))
        }
    }

    func evaluate(_ stream: TupleStream, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        var entries: [(key: JSONString, pair: Int, tuple: Tuple)] = []
        var places: [JSONString: Int] = [:]
        for tuple in stream.tuples {
            for pair in pairs.indices {
                guard let key = try key(pair, tuple.context, tuple.frame(in: frame), context) else { continue }
                guard let place = places[key] else {
                    places[key] = entries.count
                    entries.append((key, pair, tuple))
                    continue
                }
                guard entries[place].pair == pair else { throw duplicate(key) }
                entries[place].tuple.merge(tuple)
            }
        }
        var builder = ObjectBuilder(capacity: entries.count, context)
        for entry in entries {
            let value = try pairs[entry.pair].value.evaluate(entry.tuple.context, entry.tuple.frame(in: frame), context)
            try builder.append(entry.key, value)
        }
        return builder.value
    }

    private func add(
        _ item: Value, to groups: inout Groups, _ frame: Frame, _ context: EvaluationContext
    ) throws(JSONataError) {
        for pair in pairs.indices {
            guard let key = try key(pair, item, frame, context) else { continue }
            guard groups.add(item, key, pair: pair) else { throw duplicate(key) }
        }
    }

    private func key(
        _ pair: Int, _ item: Value, _ frame: Frame, _ context: EvaluationContext
    ) throws(JSONataError) -> JSONString? {
        if let literalKeys { return literalKeys[pair] }
        switch try pairs[pair].key.evaluate(item, frame, context) {
        case .string(let key): return key
        case .undefined: return nil
        case let other: throw JSONataError("T1003", position: position, [("value", other.json ?? .null)])
        }
    }

    private func duplicate(_ key: JSONString) -> JSONataError {
        JSONataError("D1009", position: position, [("value", .string(key))])
    }
}

/// Builds an object: as plain JSON as long as every value is.
struct ObjectBuilder {
    private var object: JSONObject
    private var record: Record?
    private let context: EvaluationContext

    init(capacity: Int, _ context: EvaluationContext) {
        object = JSONObject(minimumCapacity: capacity)
        self.context = context
    }

    /// Appends a member whose key is new; nothing where there is no value.
    @inline(__always)
    mutating func append(_ key: JSONString, _ value: Value) throws(JSONataError) {
        if case .undefined = value { return }
        try context.hold(value)
        if record == nil, let json = try value.plainJSON(context) {
            object.append(key, json)
            return
        }
        appendToRecord(key, value)
    }

    private mutating func appendToRecord(_ key: JSONString, _ value: Value) {
        let target = record ?? Record(object.members.map { ($0.key, Value($0.value)) })
        record = target
        target[key] = value
    }

    var value: Value { record.map { .record($0) } ?? .object(object) }
}

extension Tuple {
    /// Appends another item of the same group: each variable then holds all values.
    mutating func merge(_ other: Tuple) {
        context = context.appending(other.context)
        for binding in other.bindings {
            if let index = bindings.firstIndex(where: { $0.name == binding.name }) {
                bindings[index].value = bindings[index].value.appending(binding.value)
            } else {
                bindings.append(binding)
            }
        }
    }
}

/// `{ … }` as an expression of its own: of the context.
final class ObjectNode: Node {
    private let terms: GroupTerms

    init(_ terms: GroupTerms) { self.terms = terms }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        let result = try terms.evaluate(input, frame, context)
        context.leave()
        return result
    }
}
