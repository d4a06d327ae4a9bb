import JSON

/// What an expression works on: a JSON value or part of one, an array or object made on the way, a function, or nothing.
///
/// What comes from outside stays in its own storage (`list`, `object`), so that reading input copies nothing.
enum Value {
    case undefined
    case null
    case bool(Bool)
    case number(Double)
    case string(JSONString)
    /// An array as it came in.
    case list([JSONValue])
    /// An array that the expression made.
    case array(Elements)
    /// An object without functions.
    case object(JSONObject)
    /// An object that holds functions, or that a transformation may change in place.
    case record(Record)
    case function(Function)
    /// What a path with bound variables hands to the path round it.
    case tuples(TupleStream)
}

/// The elements of an array, and how the rules of sequences treat it.
struct Elements {
    struct Flags: OptionSet {
        let rawValue: UInt8

        /// The result of a path or a range: empty is nothing, one alone is that one.
        static let sequence = Flags(rawValue: 1)
        /// Keeps one alone in its array.
        static let keepsSingleton = Flags(rawValue: 2)
        /// Written as `[…]` in a path: is not taken apart.
        static let constructed = Flags(rawValue: 4)
        /// The input document, an array, as one item.
        static let outerWrapper = Flags(rawValue: 8)
    }

    var items: [Value]
    var flags: Flags
    /// Arrays and objects within one another, as far as the expression made them; saturates.
    let nesting: UInt16
    /// Whether a function is among the elements, or within one of them.
    let holdsFunctions: Bool

    init(_ items: [Value], _ flags: Flags = []) {
        self.items = items
        self.flags = flags
        var deepest: UInt16 = 0
        var holdsFunctions = false
        for item in items {
            deepest = max(deepest, UInt16(clamping: item.nesting))
            if item.mayHoldFunctions { holdsFunctions = true }
        }
        nesting = deepest == .max ? .max : deepest + 1
        self.holdsFunctions = holdsFunctions
    }

    var isSequence: Bool { flags.contains(.sequence) }

    /// The same elements as an array like any other.
    var withoutFlags: Elements {
        var result = self
        result.flags = []
        return result
    }
}

extension Value {
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let value): self = .number(Numbers.double(value))
        case .string(let value): self = .string(value)
        case .array(let values): self = .list(values)
        case .object(let value): self = .object(value)
        }
    }

    static func sequence(_ items: [Value]) -> Value { .array(Elements(items, .sequence)) }

    static func text(_ text: String) -> Value { .string(JSONString(text)) }

    static func integer(_ value: Int) -> Value { .number(Double(value)) }

    var isUndefined: Bool {
        if case .undefined = self { return true }
        return false
    }

    var isArray: Bool {
        switch self {
        case .list, .array: true
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples: false
        }
    }

    var isSequence: Bool {
        if case .array(let elements) = self { return elements.isSequence }
        return false
    }

    /// Arrays, objects and functions with their scopes within one another, as far as the expression made them.
    var nesting: Int {
        switch self {
        case .array(let elements): Int(elements.nesting)
        case .record(let record): record.nesting
        case .function(let function): function.nesting
        case .list, .object: 1
        case .undefined, .null, .bool, .number, .string, .tuples: 0
        }
    }

    /// Whether a function may be reached from here, and so the scope that it was made in.
    var mayHoldFunctions: Bool {
        switch self {
        case .function, .record, .tuples: true
        case .array(let elements): elements.holdsFunctions
        case .undefined, .null, .bool, .number, .string, .list, .object: false
        }
    }

    /// Number of elements of an array; 1 for anything else.
    var count: Int {
        switch self {
        case .list(let items): items.count
        case .array(let elements): elements.items.count
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples: 1
        }
    }

    /// The elements of an array; anything else alone.
    var items: [Value] {
        switch self {
        case .list(let items): items.map { Value($0) }
        case .array(let elements): elements.items
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples: [self]
        }
    }

    /// An array's element at `index`, from 0; of anything else itself at 0.
    func item(_ index: Int) -> Value {
        switch self {
        case .list(let items): index >= 0 && index < items.count ? Value(items[index]) : .undefined
        case .array(let elements): index >= 0 && index < elements.items.count ? elements.items[index] : .undefined
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples:
            index == 0 ? self : .undefined
        }
    }

    /// The rule of sequences at the end of every expression: empty is nothing, one alone is that one unless it is to be kept.
    func collapsed(keepsArray: Bool = false) -> Value {
        guard case .array(var elements) = self, elements.isSequence else { return self }
        if keepsArray { elements.flags.insert(.keepsSingleton) }
        switch elements.items.count {
        case 0: return .undefined
        case 1: return elements.flags.contains(.keepsSingleton) ? .array(elements) : elements.items[0]
        default: return keepsArray ? .array(elements) : self
        }
    }

    /// `self` and then `other`, either of which may be one item or an array.
    func appending(_ other: Value) -> Value {
        if isUndefined { return other }
        if other.isUndefined { return self }
        var result = items
        switch other {
        case .list(let more): for item in more { result.append(Value(item)) }
        case .array(let more): result.append(contentsOf: more.items)
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples: result.append(other)
        }
        return .array(Elements(result))
    }
}

// MARK: - Members

extension Value {
    /// The member `key` of an object; of an array the members of its elements, one after another.
    /// - Throws: U1001 where arrays within arrays come to too many.
    func member(_ key: JSONString, _ context: EvaluationContext) throws(JSONataError) -> Value {
        switch self {
        case .object(let object):
            guard let index = object.position(of: key) else { return .undefined }
            return Value(object.members[index].value)
        case .record(let record): return record[key]
        case .list, .array:
            var result: [Value] = []
            try context.enter()
            try context.spend(count)
            for item in items { try item.member(key, context).flatten(into: &result) }
            context.leave()
            return .sequence(result)
        case .undefined, .null, .bool, .number, .string, .function, .tuples: return .undefined
        }
    }

    /// Appends the elements of an array, or the value itself; nothing for nothing.
    func flatten(into result: inout [Value]) {
        switch self {
        case .undefined: break
        case .list(let items): result.append(contentsOf: items.lazy.map { Value($0) })
        case .array(let elements): result.append(contentsOf: elements.items)
        case .null, .bool, .number, .string, .object, .record, .function, .tuples: result.append(self)
        }
    }

    /// The members of an object in their order; nil for what is none.
    var members: [(key: JSONString, value: Value)]? {
        switch self {
        case .object(let object): object.members.map { ($0.key, Value($0.value)) }
        case .record(let record): record.members
        case .undefined, .null, .bool, .number, .string, .list, .array, .function, .tuples: nil
        }
    }
}

// MARK: - Truth and equality

extension Value {
    /// The value as a boolean, nil for nothing. Source: JSONata documentation § $boolean.
    var truth: Bool? {
        switch self {
        case .undefined: nil
        case .null, .function: false
        case .bool(let value): value
        case .number(let value): value != 0 && !value.isNaN
        case .string(let value): !value.isEmpty
        case .list(let items):
            items.count == 1 ? Value(items[0]).truth ?? false : items.contains { Value($0).truth == true }
        case .array(let elements):
            elements.items.count == 1 ? elements.items[0].truth ?? false : elements.items.contains { $0.truth == true }
        case .object(let object): !object.isEmpty
        case .record(let record): !record.members.isEmpty
        case .tuples: true
        }
    }

    var isTrue: Bool {
        if case .bool(let value) = self { return value }
        return truth ?? false
    }

    /// Deep equality; functions equal themselves only.
    static func areEqual(_ left: Value, _ right: Value, _ context: EvaluationContext) throws(JSONataError) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.number(let a), .number(let b)): return a == b
        case (.string(let a), .string(let b)):
            try context.read(text: min(a.utf8Count, b.utf8Count) >> 3)
            return a == b
        case (.list, .list), (.list, .array), (.array, .list), (.array, .array):
            guard left.count == right.count else { return false }
            try context.spend(left.count)
            for index in 0..<left.count {
                guard try areEqual(left.item(index), right.item(index), context) else { return false }
            }
            return true
        case (.object(let a), .object(let b)):
            guard a.count == b.count else { return false }
            try context.spend(a.count)
            for member in a.members {
                guard let other = b[member.key], try areEqual(Value(member.value), Value(other), context) else {
                    return false
                }
            }
            return true
        case (.object, .record), (.record, .object), (.record, .record):
            guard let a = left.members, let b = right.members, a.count == b.count else { return false }
            try context.spend(a.count)
            for member in a {
                let other = try right.member(member.key, context)
                if other.isUndefined { return false }
                guard try areEqual(member.value, other, context) else { return false }
            }
            return true
        case (.function(let a), .function(let b)):
            if case .builtIn(let one) = a.kind, case .builtIn(let two) = b.kind { return one === two }
            return a === b
        default: return false
        }
    }

    /// What the JSON texts of functions and errors call this value's type; nil for nothing.
    var typeName: String? {
        switch self {
        case .undefined: nil
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .list, .array, .tuples: "array"
        case .object, .record: "object"
        case .function: "function"
        }
    }
}
