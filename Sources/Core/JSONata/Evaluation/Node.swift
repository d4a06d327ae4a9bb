import JSON

/// A part of a compiled expression. Nodes hold constants only, so one expression serves every thread.
protocol Node: AnyObject, Sendable {
    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value
}

final class NumberNode: Node {
    let value: Double
    init(_ value: Double) { self.value = value }
    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) -> Value { .number(value) }
}

final class StringNode: Node {
    let value: JSONString
    init(_ value: JSONString) { self.value = value }
    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) -> Value { .string(value) }
}

/// `true`, `false` or `null`.
final class ConstantNode: Node {
    let value: Bool?
    init(_ value: Bool?) { self.value = value }
    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) -> Value {
        value.map { .bool($0) } ?? .null
    }
}

/// `$`: the context.
final class ContextNode: Node {
    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) -> Value {
        if case .array(let elements) = input, elements.flags.contains(.outerWrapper),
            let document = elements.items.first
        {
            return document
        }
        return input.collapsed()
    }
}

/// `$name`: a variable, or a function of the language where no scope has one.
final class VariableNode: Node {
    let name: Int
    let builtIn: BuiltIn?

    init(name: Int, builtIn: BuiltIn?) {
        self.name = name
        self.builtIn = builtIn
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) -> Value {
        if let value = frame.lookup(name) { return value.collapsed() }
        return builtIn.map { .function(Function($0)) } ?? .undefined
    }
}

/// `%`: what the step that the parent operator points to was reached from.
final class ParentNode: Node {
    let name: Int
    init(name: Int) { self.name = name }
    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) -> Value {
        frame.lookup(name)?.collapsed() ?? .undefined
    }
}

final class RegexNodeValue: Node {
    let regex: RegularExpression
    init(_ regex: RegularExpression) { self.regex = regex }
    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) -> Value {
        .function(Function(.regex(regex), arity: 1))
    }
}

/// `?` outside a call's arguments: nothing.
final class NothingNode: Node {
    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) -> Value { .undefined }
}
