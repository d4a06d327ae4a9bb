/// `[ … ]`.
final class ArrayNode: Node {
    struct Item: Sendable {
        var node: any Node
        /// An array within the array stays one; what any other expression gives is taken apart.
        var isArray: Bool
    }

    private let items: [Item]
    private let isConstructed: Bool

    init(_ items: [Item], isConstructed: Bool) {
        self.items = items
        self.isConstructed = isConstructed
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        var result: [Value] = []
        result.reserveCapacity(items.count)
        for item in items {
            let value = try item.node.evaluate(input, frame, context)
            try context.hold(value)
            if item.isArray {
                result.append(value)
            } else if result.isEmpty, case .array(let elements) = value {
                result = elements.items
            } else {
                value.flatten(into: &result)
            }
        }
        try context.charge(elements: result.count)
        context.leave()
        return .array(Elements(result, isConstructed ? .constructed : []))
    }
}

/// `( …; … )`: the last expression's value.
final class BlockNode: Node {
    let parts: [any Node]
    /// Whether a variable is set in it, so that it needs a scope of its own.
    private let hasScope: Bool

    init(_ parts: [any Node], hasScope: Bool) {
        self.parts = parts
        self.hasScope = hasScope
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        let scope = hasScope ? Frame(parent: frame) : frame
        var result: Value = .undefined
        for part in parts { result = try part.evaluate(input, scope, context) }
        context.leave()
        return result.collapsed()
    }
}

/// `$name := …`.
final class BindNode: Node {
    private let name: Int
    private let value: any Node

    init(_ name: Int, _ value: any Node) {
        self.name = name
        self.value = value
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        let result = try value.evaluate(input, frame, context)
        context.leave()
        frame.bind(name, result)
        if result.mayHoldFunctions { context.keep(frame) }
        return result.collapsed()
    }
}

/// `… ? … : …`.
final class ConditionNode: Node {
    private let condition: any Node
    private let then: any Node
    private let otherwise: (any Node)?

    init(_ condition: any Node, _ then: any Node, _ otherwise: (any Node)?) {
        self.condition = condition
        self.then = then
        self.otherwise = otherwise
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        let result: Value
        if try condition.evaluate(input, frame, context).isTrue {
            result = try then.evaluate(input, frame, context)
        } else {
            result = try otherwise?.evaluate(input, frame, context) ?? .undefined
        }
        context.leave()
        return result
    }
}
