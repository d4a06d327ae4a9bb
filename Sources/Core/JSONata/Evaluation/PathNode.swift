import JSON

/// One step of a path.
final class PathStep: Sendable {
    enum Kind: Sendable {
        case field(FieldNode)
        case expression(any Node)
        case sort(SortTerms)
    }

    let kind: Kind
    let stages: [Stage]
    /// Written as `[…]` and first: evaluated once, not for each item.
    let isConstructedArray: Bool
    let tuple: TupleBinding?
    /// The field where the step is a name and nothing else.
    let plainField: FieldNode?

    init(_ kind: Kind, stages: [Stage], isConstructedArray: Bool, tuple: TupleBinding?) {
        self.kind = kind
        self.stages = stages
        self.isConstructedArray = isConstructedArray
        self.tuple = tuple
        if case .field(let field) = kind, stages.isEmpty { plainField = field } else { plainField = nil }
    }

    func evaluateWithoutStages(
        _ item: Value, _ frame: Frame, _ context: EvaluationContext
    ) throws(JSONataError) -> Value {
        switch kind {
        case .field(let field): try field.evaluate(item, frame, context)
        case .expression(let node): try node.evaluate(item, frame, context)
        case .sort: item
        }
    }

    @inline(__always)
    func evaluate(_ item: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        var result = try evaluateWithoutStages(item, frame, context)
        for stage in stages {
            guard case .filter(let filter) = stage else { continue }
            result = try filter.apply(to: result, frame, context)
        }
        return result
    }
}

/// What follows a step: a filter, or a variable for the position.
enum Stage: Sendable {
    case filter(Filter)
    case index(Int)
}

/// Steps joined by dots, none of which binds a variable.
final class PathNode: Node {
    let steps: [PathStep]
    /// Whether the first step is a variable, which an input array is not iterated for.
    let startsWithVariable: Bool
    let keepsSingleton: Bool
    let group: GroupTerms?

    init(steps: [PathStep], startsWithVariable: Bool, keepsSingleton: Bool, group: GroupTerms?) {
        self.steps = steps
        self.startsWithVariable = startsWithVariable
        self.keepsSingleton = keepsSingleton
        self.group = group
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        var current = StepResult(value: input, isMany: input.isArray && !startsWithVariable)
        for index in 0..<steps.count {
            if !current.isMany, let field = steps[index].plainField {
                let value = try field.readOnce(current.value, context)
                if value.isArray {
                    current = StepCollector.single(value, isLast: index == steps.count - 1)
                } else {
                    current.value = value
                    if value.isUndefined { break }
                }
                continue
            }
            current = try advance(
                steps[index], isFirst: index == 0, isLast: index == steps.count - 1, current, frame, context)
            if current.value.isUndefined { break }
        }
        var result = current.value
        if keepsSingleton { result = Self.keepingSingleton(current) }
        if let group {
            result = try group.evaluate(
                current.isMany || result.isUndefined ? result : .sequence([result]), frame, context)
        }
        context.leave()
        if !current.isMany, !keepsSingleton, group == nil { return result }
        return result.collapsed()
    }

    /// The items that the steps lead to, for the steps of a path that go on with variables; nothing where there are none.
    func leading(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        var current = StepResult(value: input, isMany: input.isArray && !startsWithVariable)
        for index in 0..<steps.count {
            if !current.isMany, let field = steps[index].plainField {
                let value = try field.readOnce(current.value, context)
                if value.isArray {
                    current = StepCollector.single(value, isLast: index == steps.count - 1)
                } else {
                    current.value = value
                    if value.isUndefined { break }
                }
                continue
            }
            current = try advance(steps[index], isFirst: index == 0, isLast: false, current, frame, context)
            if current.value.isUndefined || (current.isMany && current.value.count == 0) { return .undefined }
        }
        return current.isMany ? current.value : .sequence([current.value])
    }

    private static func keepingSingleton(_ current: StepResult) -> Value {
        guard !current.value.isUndefined else { return .undefined }
        guard current.isMany else { return .array(Elements([current.value], [.sequence, .keepsSingleton])) }
        guard case .array(var elements) = current.value else { return current.value }
        if elements.flags.contains(.constructed), !elements.isSequence {
            return .array(Elements([current.value], [.sequence, .keepsSingleton]))
        }
        elements.flags.insert(.keepsSingleton)
        return .array(elements)
    }

    private func advance(
        _ step: PathStep, isFirst: Bool, isLast: Bool, _ current: StepResult, _ frame: Frame,
        _ context: EvaluationContext
    ) throws(JSONataError) -> StepResult {
        if isFirst, step.isConstructedArray, case .expression(let node) = step.kind {
            var value = try node.evaluate(current.value, frame, context)
            if !step.stages.isEmpty {
                for stage in step.stages {
                    if case .filter(let filter) = stage { value = try filter.apply(to: value, frame, context) }
                }
            }
            if value.isArray, value.count == 0, !isLast { return .nothing }
            return StepResult(value: value, isMany: value.isArray)
        }
        if case .sort(let terms) = step.kind {
            let input: Value = current.isMany ? current.value : .sequence([current.value])
            var sorted = try terms.sorted(input, frame, context)
            for stage in step.stages {
                if case .filter(let filter) = stage { sorted = try filter.apply(to: sorted, frame, context) }
            }
            if sorted.isArray, sorted.count == 0 { return .nothing }
            return StepResult(value: sorted, isMany: sorted.isArray)
        }
        guard current.isMany else {
            return StepCollector.single(try step.evaluate(current.value, frame, context), isLast: isLast)
        }
        var collector = StepCollector(expectedCount: min(current.value.count, 1_024))
        switch current.value {
        case .list(let items):
            try context.spend(items.count)
            if let field = step.plainField {
                for index in 0..<items.count {
                    if case .object(let object) = items[index] {
                        collector.add(field.read(object, context))
                    } else {
                        collector.add(try field.evaluate(Value(items[index]), frame, context))
                    }
                }
                break
            }
            for item in items {
                let value = try step.evaluate(Value(item), frame, context)
                try context.hold(value)
                collector.add(value)
            }
        case .array(let elements):
            try context.spend(elements.items.count)
            for item in elements.items {
                let value = try step.evaluate(item, frame, context)
                try context.hold(value)
                collector.add(value)
            }
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples: break
        }
        let result = collector.finished(isLast: isLast)
        try context.charge(elements: result.value.count)
        return result
    }
}
