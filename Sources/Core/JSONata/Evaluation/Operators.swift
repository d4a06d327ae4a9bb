import JSON

/// `+ - * / %`.
final class ArithmeticNode: Node {
    enum Operation: String, Sendable {
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case remainder = "%"
    }

    private let operation: Operation
    private let left: any Node
    private let right: any Node
    private let position: Int

    init(_ operation: Operation, _ left: any Node, _ right: any Node, position: Int) {
        self.operation = operation
        self.left = left
        self.right = right
        self.position = position
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        let a = try left.evaluate(input, frame, context)
        let b = try right.evaluate(input, frame, context)
        context.leave()
        if case .number(let x) = a, case .number(let y) = b, x.isFinite, y.isFinite {
            switch operation {
            case .add: return .number(x + y)
            case .subtract: return .number(x - y)
            case .multiply: return .number(x * y)
            case .divide: return .number(x / y)
            case .remainder: return .number(x.truncatingRemainder(dividingBy: y))
            }
        }
        if !a.isUndefined, try !a.isNumeric(position) { throw error("T2001", a) }
        if !b.isUndefined, try !b.isNumeric(position) { throw error("T2002", b) }
        return .undefined
    }

    private func error(_ code: String, _ value: Value) -> JSONataError {
        JSONataError(code, position: position, token: operation.rawValue, [("value", value.json ?? .null)])
    }
}

extension Value {
    /// Whether this is a number to calculate with.
    /// - Throws: D1001 where it is infinite.
    func isNumeric(_ position: Int) throws(JSONataError) -> Bool {
        guard case .number(let number) = self, !number.isNaN else { return false }
        guard number.isFinite else { throw JSONataError("D1001", position: position, [("value", .double(number))]) }
        return true
    }
}

/// `-` before an expression.
final class NegationNode: Node {
    private let operand: any Node
    private let position: Int

    init(_ operand: any Node, position: Int) {
        self.operand = operand
        self.position = position
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        let value = try operand.evaluate(input, frame, context)
        context.leave()
        if value.isUndefined { return .undefined }
        guard try value.isNumeric(position), case .number(let number) = value else {
            throw JSONataError("D1002", position: position, token: "-", [("value", value.json ?? .null)])
        }
        return .number(-number)
    }
}

/// `=` and `!=`: false where either side is nothing.
final class EqualityNode: Node {
    private let isNegated: Bool
    private let left: any Node
    private let right: any Node

    init(isNegated: Bool, _ left: any Node, _ right: any Node) {
        self.isNegated = isNegated
        self.left = left
        self.right = right
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        let a = try left.evaluate(input, frame, context)
        let b = try right.evaluate(input, frame, context)
        context.leave()
        if a.isUndefined || b.isUndefined { return .bool(false) }
        return .bool(try Value.areEqual(a, b, context) != isNegated)
    }
}

/// `< <= > >=`.
final class ComparisonNode: Node {
    enum Operation: String, Sendable {
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    private let operation: Operation
    private let left: any Node
    private let right: any Node
    private let position: Int

    init(_ operation: Operation, _ left: any Node, _ right: any Node, position: Int) {
        self.operation = operation
        self.left = left
        self.right = right
        self.position = position
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        let a = try left.evaluate(input, frame, context)
        let b = try right.evaluate(input, frame, context)
        context.leave()
        switch (a, b) {
        case (.number(let x), .number(let y)):
            switch operation {
            case .less: return .bool(x < y)
            case .lessOrEqual: return .bool(x <= y)
            case .greater: return .bool(x > y)
            case .greaterOrEqual: return .bool(x >= y)
            }
        case (.string(let x), .string(let y)):
            try context.read(text: min(x.utf8Count, y.utf8Count))
            switch operation {
            case .less: return .bool(Text.precedes(x, y))
            case .lessOrEqual: return .bool(!Text.precedes(y, x))
            case .greater: return .bool(Text.precedes(y, x))
            case .greaterOrEqual: return .bool(!Text.precedes(x, y))
            }
        default: break
        }
        for side in [a, b] where !side.isUndefined && !side.isComparable {
            throw error("T2010", [("value", (a.isComparable ? b : a).json ?? .null)])
        }
        if a.isUndefined || b.isUndefined { return .undefined }
        throw error("T2009", [("value", a.json ?? .null), ("value2", b.json ?? .null)])
    }

    private func error(_ code: String, _ details: [(name: String, value: JSONValue)]) -> JSONataError {
        JSONataError(code, position: position, token: operation.rawValue, details)
    }
}

/// `and` and `or`: the right side is evaluated only where it decides.
final class LogicNode: Node {
    private let isAnd: Bool
    private let left: any Node
    private let right: any Node

    init(isAnd: Bool, _ left: any Node, _ right: any Node) {
        self.isAnd = isAnd
        self.left = left
        self.right = right
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        defer { context.leave() }
        let first = try left.evaluate(input, frame, context).isTrue
        if first != isAnd { return .bool(first) }
        return .bool(try right.evaluate(input, frame, context).isTrue)
    }
}

/// `in`: whether the left side is among the elements of the right.
final class MembershipNode: Node {
    private let left: any Node
    private let right: any Node

    init(_ left: any Node, _ right: any Node) {
        self.left = left
        self.right = right
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        let a = try left.evaluate(input, frame, context)
        let b = try right.evaluate(input, frame, context)
        context.leave()
        if a.isUndefined || b.isUndefined { return .bool(false) }
        let found: Int?
        switch b {
        case .list(let items): found = items.firstIndex { Value.areIdentical(a, Value($0)) }
        case .array(let elements): found = elements.items.firstIndex { Value.areIdentical(a, $0) }
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples:
            return .bool(Value.areIdentical(a, b))
        }
        try context.spend((found ?? b.count) / Self.comparedInStep)
        return .bool(found != nil)
    }

    private static let comparedInStep = 32
}

extension Value {
    /// Equality of scalars; arrays and objects are never the same.
    static func areIdentical(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        case (.function(let a), .function(let b)): a === b
        default: false
        }
    }
}

/// `&`, any number of them in a row.
final class ConcatenationNode: Node {
    let parts: [any Node]

    init(_ parts: [any Node]) { self.parts = parts }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        // As the operator is written: each further part is one level deeper.
        if context.depth + parts.count - 2 > context.depthMax { throw EvaluationContext.tooDeep }
        var builder = TextBuilder()
        for part in parts {
            switch try part.evaluate(input, frame, context) {
            case .undefined: break
            case .string(let text): builder.append(text)
            case let value: builder.append(try Stringifier.text(value))
            }
        }
        context.leave()
        try context.charge(text: builder.byteCount)
        return .string(builder.text)
    }
}

/// `..` within an array.
final class RangeNode: Node {
    private let left: any Node
    private let right: any Node
    private let position: Int

    init(_ left: any Node, _ right: any Node, position: Int) {
        self.left = left
        self.right = right
        self.position = position
    }

    /// Source: JSONata documentation § Range.
    static let countMax = 10_000_000

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        let a = try left.evaluate(input, frame, context)
        let b = try right.evaluate(input, frame, context)
        context.leave()
        let first = try integer(a, "T2003")
        let last = try integer(b, "T2004")
        guard let first, let last, first <= last else { return .undefined }
        let count = last - first + 1
        guard count <= Double(Self.countMax) else {
            throw JSONataError("D2014", position: position, token: "..", [("value", .number(Value.number(count)))])
        }
        try context.charge(elements: Int(count))
        try context.spend(Int(count) / 4)
        var items: [Value] = []
        items.reserveCapacity(Int(count))
        for offset in 0..<Int(count) { items.append(.number(first + Double(offset))) }
        return Value.sequence(items).collapsed()
    }

    private func integer(_ value: Value, _ code: String) throws(JSONataError) -> Double? {
        switch value {
        case .undefined: return nil
        case .number(let number) where number.isFinite && number.rounded() == number: return number
        default: throw JSONataError(code, position: position, token: "..", [("value", value.json ?? .null)])
        }
    }
}
