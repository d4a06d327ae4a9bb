internal import JSON

/// Evaluates an indefinite path: walks all matches in document order and collects their values.
struct PathEvaluator {
    private let steps: [PathStep]
    private let document: JSONValue
    private var results: [JSONValue] = []
    /// The way from the document to the current value, for messages.
    private var location: [Place] = []
    private var visits = 0

    private enum Place {
        case member(JSONString)
        case element(Int)

        var text: String {
            switch self {
            case .member(let name): "['\(name.text)']"
            case .element(let index): "[\(index)]"
            }
        }
    }

    init(steps: [PathStep], document: JSONValue) {
        self.steps = steps
        self.document = document
    }

    /// All values that the path leads to.
    mutating func evaluate() throws(JSONPathEvaluationError) -> [JSONValue] {
        try follow(0, from: document)
        return results
    }

    // MARK: - Steps

    /// Applies the step at `position` to `value`, and those behind it to what it gives.
    private mutating func follow(_ position: Int, from value: JSONValue) throws(JSONPathEvaluationError) {
        try countVisit()
        guard position < steps.count else {
            results.append(value)
            return
        }
        switch steps[position] {
        case .member(let name): try followMember(name, position, from: value)
        case .members(let names): try followMembers(names, position, from: value)
        case .wildcard: try followWildcard(position, from: value)
        case .descend: try descend(position, from: value)
        case .filter(let filter): try followFilter(filter, position, from: value)
        case .openPredicate(let text): throw .filterFailure("No predicate is given for \(text)")
        case .element, .elements, .elementFromEnd, .sliceFrom, .sliceTo, .slice:
            try followElements(position, from: value)
        }
    }

    private mutating func followMember(
        _ name: JSONString, _ position: Int, from value: JSONValue
    ) throws(JSONPathEvaluationError) {
        guard case .object(let object) = value else { throw .notAnObject(steps[position], at: place()) }
        if let next = object[name] {
            try enter(.member(name), position + 1, next)
        } else if position == steps.count - 1 || isMissingMemberError(at: position) {
            throw .missingMember(at: place() + steps[position].text, isLast: position == steps.count - 1)
        }
    }

    /// A member missing on the way is an error only behind a definite step and before definite ones.
    private func isMissingMemberError(at position: Int) -> Bool {
        (position == 0 || steps[position - 1].isDefinite) && steps[position...].allSatisfy(\.isDefinite)
    }

    private mutating func followMembers(
        _ names: [JSONString], _ position: Int, from value: JSONValue
    ) throws(JSONPathEvaluationError) {
        guard case .object(let object) = value else { throw .notAnObject(steps[position], at: place()) }
        guard position == steps.count - 1 else { throw .multipleMembersInside(at: place() + steps[position].text) }
        try follow(position + 1, from: .object(object.selecting(names)))
    }

    private mutating func followElements(_ position: Int, from value: JSONValue) throws(JSONPathEvaluationError) {
        guard case .array(let elements) = value else {
            if case .null = value { throw .nullArray(at: place()) }
            throw .notAnArray(value, for: steps[position...])
        }
        let count = elements.count
        switch steps[position] {
        case .element(let index): try followElement(index, of: elements, position)
        case .elements(let indices):
            for index in indices { try followElement(index, of: elements, position) }
        case .elementFromEnd(let offset): try followElement(count + offset, of: elements, position)
        case .sliceFrom(let start):
            try followRange(max(0, start < 0 ? count + start : start), count, of: elements, position)
        case .sliceTo(let end): try followRange(0, end < 0 ? count + end : end, of: elements, position)
        case .slice(let start, let end): try followRange(start, end, of: elements, position)
        case .member, .members, .wildcard, .descend, .filter, .openPredicate: break
        }
    }

    /// A slice is cut to the array's end, while a start before its beginning is out of bounds.
    private mutating func followRange(
        _ start: Int, _ end: Int, of elements: [JSONValue], _ position: Int
    ) throws(JSONPathEvaluationError) {
        let end = min(end, elements.count)
        guard start < end, !elements.isEmpty else { return }
        for index in start..<end { try followElement(index, of: elements, position) }
    }

    private mutating func followElement(
        _ index: Int, of elements: [JSONValue], _ position: Int
    ) throws(JSONPathEvaluationError) {
        guard elements.indices.contains(index) else { throw .outOfBounds(at: place() + "[\(index)]") }
        try enter(.element(index), position + 1, elements[index])
    }

    /// All children; below an array, a child without what follows is passed over, below an object it is an error.
    private mutating func followWildcard(_ position: Int, from value: JSONValue) throws(JSONPathEvaluationError) {
        switch value {
        case .object(let object):
            for member in object.members { try enter(.member(member.key), position + 1, member.value) }
        case .array(let elements):
            let height = location.count
            for index in elements.indices {
                do throws(JSONPathEvaluationError) {
                    try enter(.element(index), position + 1, elements[index])
                } catch {
                    guard error.kind == .pathNotFound else { throw error }
                    location.removeLast(location.count - height)
                }
            }
        case .null, .bool, .number, .string: break
        }
    }

    // MARK: - Filters and scans

    /// A filter takes elements of an array, or an object itself.
    private mutating func followFilter(
        _ filter: PathFilter, _ position: Int, from value: JSONValue
    ) throws(JSONPathEvaluationError) {
        switch value {
        case .object:
            if try filter.accepts(value, in: document) { try follow(position + 1, from: value) }
        case .array(let elements):
            for index in elements.indices {
                try countVisit()
                if try filter.accepts(elements[index], in: document) {
                    try enter(.element(index), position + 1, elements[index])
                }
            }
        case .null, .bool, .number, .string:
            throw .notFilterable(value, for: steps[position...])
        }
    }

    /// Applies what follows `..` to `value`, where it fits, then to every object and array below it.
    private mutating func descend(_ position: Int, from value: JSONValue) throws(JSONPathEvaluationError) {
        if try isMatch(position + 1, value) { try followMatch(position + 1, from: value) }
        switch value {
        case .object(let object):
            for member in object.members where member.value.isContainer {
                try enter(.member(member.key), position, member.value)
            }
        case .array(let elements):
            for index in elements.indices where elements[index].isContainer {
                try enter(.element(index), position, elements[index])
            }
        case .null, .bool, .number, .string: break
        }
    }

    /// Applies a step to what a scan found. Jayway lets any step but the last lead from an array to all of its
    /// elements:
    /// `$..[1].a` is the `a` of every element of every array.
    private mutating func followMatch(_ position: Int, from value: JSONValue) throws(JSONPathEvaluationError) {
        guard case .array(let elements) = value, position < steps.count - 1 else {
            return try follow(position, from: value)
        }
        for index in elements.indices { try enter(.element(index), position + 1, elements[index]) }
    }

    /// True when a scan applies the step at `position` to `value`.
    private func isMatch(_ position: Int, _ value: JSONValue) throws(JSONPathEvaluationError) -> Bool {
        guard position < steps.count else { return true }
        switch (steps[position], value) {
        case (.member(let name), .object(let object)): return object.position(of: name) != nil
        case (.members(let names), .object(let object)): return names.allSatisfy { object.position(of: $0) != nil }
        case (.element, .array), (.elements, .array), (.elementFromEnd, .array): return true
        case (.sliceFrom, .array), (.sliceTo, .array), (.slice, .array): return true
        case (.filter(let filter), .object), (.filter(let filter), .array):
            return try filter.accepts(value, in: document)
        case (.wildcard, _), (.openPredicate, _): return true
        case (.member, _), (.members, _), (.element, _), (.elements, _), (.elementFromEnd, _): return false
        case (.sliceFrom, _), (.sliceTo, _), (.slice, _), (.filter, _), (.descend, _): return false
        }
    }

    // MARK: - Place and limits

    private mutating func enter(
        _ place: Place, _ position: Int, _ value: JSONValue
    ) throws(JSONPathEvaluationError) {
        guard location.count < JSONPathLimits.documentDepthMax else {
            throw .limitExceeded("The path goes deeper than \(JSONPathLimits.documentDepthMax) levels")
        }
        location.append(place)
        try follow(position, from: value)
        location.removeLast()
    }

    private mutating func countVisit() throws(JSONPathEvaluationError) {
        visits += 1
        guard visits <= JSONPathLimits.visitsMax else {
            throw .limitExceeded("The path visits more than \(JSONPathLimits.visitsMax) values")
        }
    }

    private func place() -> String { "$" + location.map(\.text).joined() }
}

extension JSONValue {
    /// True for objects and arrays.
    fileprivate var isContainer: Bool {
        switch self {
        case .object, .array: true
        case .null, .bool, .number, .string: false
        }
    }
}
