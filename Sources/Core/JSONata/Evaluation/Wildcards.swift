/// `*`: the values of an object's members.
final class WildcardNode: Node {
    /// Whether the rule of sequences is left to what stands round it.
    private let isRaw: Bool

    init(isRaw: Bool) { self.isRaw = isRaw }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        var target = input
        if case .array(let elements) = input, elements.flags.contains(.outerWrapper),
            let document = elements.items.first
        {
            target = document
        }
        var result: [Value] = []
        if let members = target.members {
            try context.spend(members.count)
            for member in members { try Self.flatten(member.value, into: &result, context) }
        } else if target.isArray {
            for item in target.items { try Self.flatten(item, into: &result, context) }
        }
        try context.charge(elements: result.count)
        return isRaw ? .sequence(result) : Value.sequence(result).collapsed()
    }

    private static func flatten(
        _ value: Value, into result: inout [Value], _ context: EvaluationContext
    ) throws(JSONataError) {
        guard value.isArray else {
            if !value.isUndefined { result.append(value) }
            return
        }
        try context.enter()
        try context.spend(value.count)
        for item in value.items { try flatten(item, into: &result, context) }
        context.leave()
    }
}

/// `**`: the value and everything in it.
final class DescendantNode: Node {
    /// Whether the rule of sequences is left to what stands round it.
    private let isRaw: Bool

    init(isRaw: Bool) { self.isRaw = isRaw }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        guard !input.isUndefined else { return .undefined }
        var result: [Value] = []
        try Self.collect(input, into: &result, context)
        try context.charge(elements: result.count)
        return isRaw ? .sequence(result) : Value.sequence(result).collapsed()
    }

    private static func collect(
        _ value: Value, into result: inout [Value], _ context: EvaluationContext
    ) throws(JSONataError) {
        try context.spend(1)
        if value.isArray {
            for item in value.items { try collect(item, into: &result, context) }
            return
        }
        result.append(value)
        for member in value.members ?? [] { try collect(member.value, into: &result, context) }
    }
}
