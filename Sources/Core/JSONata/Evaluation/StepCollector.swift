/// What a path holds between two steps.
struct StepResult {
    var value: Value
    /// Whether `value` is an array whose elements are the items; otherwise it is the one item.
    var isMany: Bool

    static var nothing: StepResult { StepResult(value: .undefined, isMany: false) }
}

/// Gathers what a step gives for each item and takes it apart by the rules of paths: arrays dissolve, unless they were
/// constructed; a single array at the last step stays as it is.
struct StepCollector {
    private var count = 0
    private var first: Value = .undefined
    private var items: [Value] = []
    private let expectedCount: Int

    /// - Parameter expectedCount: how many values will come, or fewer.
    init(expectedCount: Int) { self.expectedCount = expectedCount }

    @inline(__always)
    mutating func add(_ value: Value) {
        if case .undefined = value { return }
        count += 1
        if count == 1 {
            first = value
            return
        }
        if count == 2 {
            items.reserveCapacity(expectedCount)
            Self.dissolve(first, into: &items)
        }
        Self.dissolve(value, into: &items)
    }

    @inline(__always)
    private static func dissolve(_ value: Value, into items: inout [Value]) {
        switch value {
        case .array(let elements) where elements.flags.contains(.constructed): items.append(value)
        case .list, .array: value.flatten(into: &items)
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples: items.append(value)
        }
    }

    func finished(isLast: Bool) -> StepResult {
        guard count > 1 else { return Self.single(first, isLast: isLast) }
        return StepResult(value: .sequence(items), isMany: true)
    }

    /// What a step leaves that gave one value, or nothing.
    @inline(__always)
    static func single(_ value: Value, isLast: Bool) -> StepResult {
        switch value {
        case .list(let items):
            if isLast { return StepResult(value: value, isMany: true) }
            return items.isEmpty ? .nothing : StepResult(value: value, isMany: true)
        case .array(let elements):
            if isLast, !elements.isSequence { return StepResult(value: value, isMany: true) }
            if elements.flags.contains(.constructed) { return StepResult(value: value, isMany: false) }
            return elements.items.isEmpty ? .nothing : StepResult(value: .sequence(elements.items), isMany: true)
        case .undefined, .null, .bool, .number, .string, .object, .record, .function, .tuples:
            return StepResult(value: value, isMany: false)
        }
    }
}
