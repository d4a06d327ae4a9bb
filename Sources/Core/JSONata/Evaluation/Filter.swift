import JSON

/// `[…]` behind an expression: a position, positions, or a condition.
final class Filter: Sendable {
    let predicate: any Node
    /// The position, where a number is written.
    let position: Double?

    /// Whether the predicate is the same for every item.
    private let isConstant: Bool

    init(_ predicate: any Node, isConstant: Bool = false) {
        self.predicate = predicate
        self.isConstant = isConstant
        position = (predicate as? NumberNode)?.value
    }

    /// - Returns: a sequence that is not collapsed yet, or the array at a position.
    func apply(to input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        if case .tuples(let stream) = input { return .tuples(try apply(to: stream, frame, context)) }
        if let position {
            guard let index = Self.index(position, count: input.count) else { return .sequence([]) }
            return input.item(index)
        }
        guard input.isArray else {
            return try keeps(input, at: 0, count: 1, input, frame, context) ? .sequence([input]) : .sequence([])
        }
        var result: [Value] = []
        let count = input.count
        try context.spend(count)
        if isConstant, let positions = try positions(frame, context, count: count) {
            for index in positions { result.append(input.item(index)) }
            return .sequence(result)
        }
        switch input {
        case .list(let items):
            for index in items.indices {
                let item = Value(items[index])
                if try keeps(item, at: index, count: count, item, frame, context) { result.append(item) }
            }
        case .array(let elements):
            for index in elements.items.indices {
                let item = elements.items[index]
                if try keeps(item, at: index, count: count, item, frame, context) { result.append(item) }
            }
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples: break
        }
        return Value.sequence(result)
    }

    /// The positions that a constant predicate chooses, in order; nil where it is no list of numbers.
    private func positions(_ frame: Frame, _ context: EvaluationContext, count: Int) throws(JSONataError) -> [Int]? {
        var result: [Int] = []
        for item in try predicate.evaluate(.undefined, frame, context).items {
            guard case .number(let number) = item else { return nil }
            guard number.isFinite else { throw JSONataError("D1001", value: .double(number)) }
            if let index = Self.index(number, count: count) { result.append(index) }
        }
        result.sort()
        return result.enumerated().filter { $0.offset == 0 || result[$0.offset - 1] != $0.element }.map(\.element)
    }

    func apply(to stream: TupleStream, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> TupleStream
    {
        let tuples = stream.tuples
        if let position {
            guard let index = Self.index(position, count: tuples.count) else { return TupleStream([]) }
            return TupleStream([tuples[index]])
        }
        var result: [Tuple] = []
        try context.spend(tuples.count)
        for index in tuples.indices {
            let tuple = tuples[index]
            if try keeps(tuple.context, at: index, count: tuples.count, tuple.context, tuple.frame(in: frame), context)
            {
                result.append(tuple)
            }
        }
        return TupleStream(result)
    }

    @inline(__always)
    private func keeps(
        _ item: Value, at index: Int, count: Int, _ input: Value, _ frame: Frame, _ context: EvaluationContext
    ) throws(JSONataError) -> Bool {
        let result = try predicate.evaluate(input, frame, context)
        switch result {
        case .bool(let value): return value
        case .undefined: return false
        case .number(let number): return try Self.selects(number, index, count: count)
        case .list, .array:
            var isSelected = false
            for element in result.items {
                guard case .number(let number) = element else { return result.isTrue }
                if try Self.selects(number, index, count: count) { isSelected = true }
            }
            return isSelected
        case .null, .string, .object, .record, .function, .tuples: return result.isTrue
        }
    }

    private static func selects(_ number: Double, _ index: Int, count: Int) throws(JSONataError) -> Bool {
        guard number.isFinite else { throw JSONataError("D1001", value: .double(number)) }
        return Self.index(number, count: count) == index
    }

    /// The index that a written position means, counted from the end where it is below 0; nil where there is none.
    private static func index(_ position: Double, count: Int) -> Int? {
        let floor = position.rounded(.down)
        let index = floor < 0 ? floor + Double(count) : floor
        guard index >= 0, index < Double(count) else { return nil }
        return Int(index)
    }
}
