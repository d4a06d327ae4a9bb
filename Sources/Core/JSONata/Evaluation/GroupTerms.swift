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
        let isOne = !input.isArray || input.count == 0
        if isOne, let literalKeys {
            var builder = ObjectBuilder(capacity: pairs.count, context)
            let item: Value = input.isArray ? .undefined : input
            try context.spend(pairs.count)
            for index in pairs.indices {
                try builder.append(literalKeys[index], pairs[index].value.evaluate(item, frame, context))
            }
            return builder.value
        }
        var groups = Groups()
        if isOne {
            try add(input.isArray ? .undefined : input, to: &groups, frame, context)
        } else {
            try context.spend(input.count)
            for item in input.items { try add(item, to: &groups, frame, context) }
        }
        var builder = ObjectBuilder(capacity: groups.keys.count, context)
        for place in groups.keys.indices {
            let value = try pairs[groups.pairs[place]].value.evaluate(groups.context(place), frame, context)
            try builder.append(groups.keys[place], value)
        }
        return builder.value
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

/// The groups in the order of their first items.
private struct Groups {
    private(set) var keys: [JSONString] = []
    private(set) var pairs: [Int] = []
    /// The items of each group. Only one: that item itself, even if it is an array.
    private var items: [[Value]] = []
    private var isSingle: [Bool] = []
    private var places: [JSONString: Int] = [:]

    func context(_ place: Int) -> Value { isSingle[place] ? items[place][0] : .array(Elements(items[place])) }

    /// - Returns: false where another pair has made a group of this key.
    mutating func add(_ item: Value, _ key: JSONString, pair: Int) -> Bool {
        guard let place = place(of: key) else {
            if !places.isEmpty { places[key] = keys.count }
            keys.append(key)
            pairs.append(pair)
            items.append([item])
            isSingle.append(true)
            if keys.count == 9 {
                for index in keys.indices { places[keys[index]] = index }
            }
            return true
        }
        guard pairs[place] == pair else { return false }
        if isSingle[place] {
            isSingle[place] = false
            if items[place][0].isArray { items[place] = items[place][0].items }
        }
        if item.isArray {
            item.flatten(into: &items[place])
        } else {
            items[place].append(item)
        }
        return true
    }

    /// A few are searched; more are hashed.
    private func place(of key: JSONString) -> Int? {
        guard places.isEmpty else { return places[key] }
        for index in 0..<keys.count where keys[index] == key { return index }
        return nil
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
