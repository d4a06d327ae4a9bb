import JSON

/// `^(…)`: what to sort by.
final class SortTerms: Sendable {
    struct Term: Sendable {
        var isDescending: Bool
        var node: any Node
    }

    private let terms: [Term]

    init(_ terms: [Term]) { self.terms = terms }

    /// The items of an array in order; what sorts equal keeps its place.
    func sorted(_ input: Value, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> Value {
        guard input.count > 1 else { return input }
        let items = input.items
        let order = try order(items.count, context) { index, node throws(JSONataError) in
            try node.evaluate(items[index], frame, context)
        }
        return .array(Elements(order.map { items[$0] }))
    }

    func sorted(_ stream: TupleStream, _ frame: Frame, _ context: EvaluationContext) throws(JSONataError) -> TupleStream
    {
        let tuples = stream.tuples
        guard tuples.count > 1 else { return stream }
        let order = try order(tuples.count, context) { index, node throws(JSONataError) in
            try node.evaluate(tuples[index].context, tuples[index].frame(in: frame), context)
        }
        return TupleStream(order.map { tuples[$0] })
    }

    private func order(
        _ count: Int, _ context: EvaluationContext, _ key: (Int, any Node) throws(JSONataError) -> Value
    ) throws(JSONataError) -> [Int] {
        try context.spend(count * 4)
        // The first term of every item is needed; the others only where it ties.
        var keys: [Value] = []
        keys.reserveCapacity(count)
        for index in 0..<count { keys.append(try key(index, terms[0].node)) }
        let isDescending = terms[0].isDescending
        return try MergeSort.sorted(Array(0..<count), context) { left, right throws(JSONataError) in
            let order = try Self.compare(keys[left], keys[right], isDescending)
            if order != 0 { return order > 0 }
            for term in terms.dropFirst() {
                let order = try Self.compare(key(left, term.node), key(right, term.node), term.isDescending)
                if order != 0 { return order > 0 }
            }
            return false
        }
    }

    /// Below 0 where `left` goes first, above 0 where it goes behind. Nothing goes last either way.
    private static func compare(_ left: Value, _ right: Value, _ isDescending: Bool) throws(JSONataError) -> Int {
        let order: Int
        switch (left, right) {
        case (.number(let a), .number(let b)): order = a < b ? -1 : a == b ? 0 : 1
        case (.string(let a), .string(let b)): order = a == b ? 0 : Text.precedes(a, b) ? -1 : 1
        case (.undefined, .undefined): return 0
        case (.undefined, _): return 1
        case (_, .undefined): return -1
        default:
            guard left.isComparable, right.isComparable else {
                throw JSONataError("T2008", [("value", (left.isComparable ? right : left).json ?? .null)])
            }
            throw JSONataError("T2007", [("value", left.json ?? .null), ("value2", right.json ?? .null)])
        }
        return isDescending ? -order : order
    }
}

extension Value {
    /// Whether the order operators accept it.
    var isComparable: Bool {
        switch self {
        case .number, .string: true
        case .undefined, .null, .bool, .list, .array, .object, .record, .function, .tuples: false
        }
    }
}
