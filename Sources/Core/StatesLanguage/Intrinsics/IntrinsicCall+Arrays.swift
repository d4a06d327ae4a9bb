import JSON

/// The functions on arrays and objects.
extension IntrinsicCall {
    /// The most elements that `States.ArrayRange` makes. Source: Step Functions Developer Guide § States.ArrayRange.
    static let rangeCountMax = 1000

    func arrayPartition(_ value: JSONValue, _ size: JSONValue) throws(EvaluationError) -> JSONValue {
        let elements = try array(value)
        guard let size = Int(exactly: try integer(size)), size > 0 else {
            throw failure("The chunk size must be above zero")
        }
        var chunks: [JSONValue] = []
        chunks.reserveCapacity(elements.count / size + 1)
        var start = 0
        while start < elements.count {
            let end = elements.count - start > size ? start + size : elements.count
            chunks.append(.array(Array(elements[start..<end])))
            start = end
        }
        return .array(chunks)
    }

    func arrayGetItem(_ value: JSONValue, _ position: JSONValue) throws(EvaluationError) -> JSONValue {
        let elements = try array(value)
        let position = try integer(position)
        guard let index = Int(exactly: position), elements.indices.contains(index) else {
            throw failure("The index \(position) is out of the bounds of an array of \(elements.count)")
        }
        return elements[index]
    }

    /// First, first + step … as far as last, which is included.
    func arrayRange(_ first: JSONValue, _ last: JSONValue, _ step: JSONValue) throws(EvaluationError) -> JSONValue {
        let (first, last, step) = (try integer(first), try integer(last), try integer(step))
        guard step != 0 else { throw failure("The step must not be zero") }
        var elements: [JSONValue] = []
        var next = first
        while step > 0 ? next <= last : next >= last {
            guard elements.count < Self.rangeCountMax else {
                throw failure("The array would have more than \(Self.rangeCountMax) elements")
            }
            elements.append(.integer(next))
            let (sum, overflows) = next.addingReportingOverflow(step)
            if overflows { break }
            next = sum
        }
        return .array(elements)
    }

    /// The elements without those that equal an earlier one.
    static func unique(_ elements: [JSONValue]) -> [JSONValue] {
        var seen = Set<JSONValue>(minimumCapacity: elements.count)
        return elements.filter { seen.insert($0).inserted }
    }

    /// Shallow: members of the second object replace those of the first.
    /// Source: Step Functions Developer Guide § States.JsonMerge; the third argument, for deep merging, must be false.
    func jsonMerge(_ first: JSONValue, _ second: JSONValue, _ isDeep: JSONValue) throws(EvaluationError) -> JSONValue {
        guard case .object(var merged) = first, case .object(let additions) = second else {
            throw failure("The first two arguments must be objects")
        }
        guard isDeep.bool == false else {
            throw failure("The third argument must be false: only shallow merging is supported")
        }
        for member in additions { merged[member.key] = member.value }
        return .object(merged)
    }
}
