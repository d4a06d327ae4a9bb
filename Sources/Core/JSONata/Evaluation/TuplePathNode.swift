/// The variables that a step binds for the steps behind it.
struct TupleBinding: Sendable {
    /// `@$name`: the item; the context stays where it was.
    var focus: Int?
    /// `#$name`: the item's position.
    var index: Int?
    /// What a `%` further on reads: the item that this step starts from.
    var ancestor: Int?
}

/// A path of which at least one step binds a variable.
final class TuplePathNode: Node {
    private let steps: [PathStep]
    private let plain: PathNode
    /// Whether the path round this one needs the bindings too.
    private let keepsTuples: Bool
    private let keepsSingleton: Bool
    private let group: GroupTerms?

    init(steps: [PathStep], startsWithVariable: Bool, keepsTuples: Bool, keepsSingleton: Bool, group: GroupTerms?) {
        self.steps = steps
        self.keepsTuples = keepsTuples
        self.keepsSingleton = keepsSingleton
        self.group = group
        plain = PathNode(
            steps: Array(steps.prefix { $0.tuple == nil }), startsWithVariable: startsWithVariable,
            keepsSingleton: false, group: nil)
    }

    func evaluate(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        try context.enter()
        defer { context.leave() }
        var start = input
        if !plain.steps.isEmpty {
            start = try plain.leading(input, frame, context)
            if start.isUndefined { return .undefined }
        } else if plain.startsWithVariable || !input.isArray {
            start = .sequence([input])
        }
        var stream: TupleStream?
        for step in steps.dropFirst(plain.steps.count) { stream = try advance(step, start, stream, frame, context) }
        guard let stream else { return .undefined }
        try context.charge(elements: stream.tuples.count)
        if let group { return try group.evaluate(stream, frame, context) }
        if keepsTuples { return stream.tuples.isEmpty ? .undefined : .tuples(stream) }
        let items = stream.tuples.map(\.context)
        return Value.sequence(items).collapsed(keepsArray: keepsSingleton)
    }

    private func advance(
        _ step: PathStep, _ start: Value, _ stream: TupleStream?, _ frame: Frame, _ context: EvaluationContext
    ) throws(JSONataError) -> TupleStream {
        let result: TupleStream
        if case .sort(let terms) = step.kind {
            result = try sorted(terms, step, start, stream, frame, context)
        } else {
            result = TupleStream([])
            let tuples = stream?.tuples ?? start.items.map { Tuple(context: $0) }
            try context.spend(tuples.count)
            for tuple in tuples {
                let value = try step.evaluateWithoutStages(tuple.context, tuple.frame(in: frame), context)
                append(value, from: tuple, step.tuple, to: result)
                try context.charge(elements: result.tuples.count)
            }
        }
        var staged = result
        for stage in step.stages {
            switch stage {
            case .filter(let filter): staged = try filter.apply(to: staged, frame, context)
            case .index(let name):
                for index in staged.tuples.indices { staged.tuples[index].bind(name, .integer(index)) }
            }
        }
        return staged
    }

    private func append(_ value: Value, from tuple: Tuple, _ binding: TupleBinding?, to result: TupleStream) {
        if case .tuples(let inner) = value {
            for innerTuple in inner.tuples {
                var merged = tuple
                merged.context = innerTuple.context
                for bound in innerTuple.bindings { merged.bind(bound.name, bound.value) }
                result.tuples.append(merged)
            }
            return
        }
        guard !value.isUndefined else { return }
        for (position, item) in value.items.enumerated() {
            var next = tuple
            if let focus = binding?.focus {
                next.bind(focus, item)
            } else {
                next.context = item
            }
            if let index = binding?.index { next.bind(index, .integer(position)) }
            if let ancestor = binding?.ancestor { next.bind(ancestor, tuple.context) }
            result.tuples.append(next)
        }
    }

    private func sorted(
        _ terms: SortTerms, _ step: PathStep, _ start: Value, _ stream: TupleStream?, _ frame: Frame,
        _ context: EvaluationContext
    ) throws(JSONataError) -> TupleStream {
        if let stream { return try terms.sorted(stream, frame, context) }
        var tuples: [Tuple] = []
        for (position, item) in try terms.sorted(start, frame, context).items.enumerated() {
            var tuple = Tuple(context: item)
            if let index = step.tuple?.index { tuple.bind(index, .integer(position)) }
            tuples.append(tuple)
        }
        return TupleStream(tuples)
    }
}
