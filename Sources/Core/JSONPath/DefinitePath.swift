internal import JSON

/// Follows definite steps: no array is built and nothing is allocated unless there is an error.
enum DefinitePath {
    /// The one value at `steps` from `root`.
    static func evaluate(
        _ steps: ArraySlice<PathStep>, on root: JSONValue
    ) throws(JSONPathEvaluationError) -> JSONValue {
        var current = root
        for position in steps.indices {
            // The common case, apart from the rest because a switch over pairs copies both.
            if case .member(let name) = steps[position], case .object(let object) = current,
                let index = object.position(of: name)
            {
                current = object.members[index].value
                continue
            }
            switch (steps[position], current) {
            case (.member(let name), .object(let object)):
                guard let value = object[name] else { throw missing(steps, at: position, on: root) }
                current = value
            case (.element(let index), .array(let elements)):
                guard elements.indices.contains(index) else { throw outOfBounds(index, steps, at: position, on: root) }
                current = elements[index]
            case (.elementFromEnd(let offset), .array(let elements)):
                let index = elements.count + offset
                guard elements.indices.contains(index) else { throw outOfBounds(index, steps, at: position, on: root) }
                current = elements[index]
            case (.members(let names), .object(let object)):
                guard position == steps.index(before: steps.endIndex) else {
                    throw .multipleMembersInside(at: location(steps, upTo: position, on: root) + steps[position].text)
                }
                current = .object(object.selecting(names))
            case (.member, _), (.members, _):
                throw .notAnObject(steps[position], at: location(steps, upTo: position, on: root))
            case (.element, .null), (.elementFromEnd, .null):
                throw .nullArray(at: location(steps, upTo: position, on: root))
            default:
                throw .notAnArray(current, for: steps[position...])
            }
        }
        return current
    }

    private static func missing(
        _ steps: ArraySlice<PathStep>, at position: Int, on root: JSONValue
    ) -> JSONPathEvaluationError {
        let place = location(steps, upTo: position, on: root) + steps[position].text
        return .missingMember(at: place, isLast: position == steps.index(before: steps.endIndex))
    }

    private static func outOfBounds(
        _ index: Int, _ steps: ArraySlice<PathStep>, at position: Int, on root: JSONValue
    ) -> JSONPathEvaluationError {
        .outOfBounds(at: location(steps, upTo: position, on: root) + "[\(index)]")
    }

    /// The normalised path of the value that the step at `position` was applied to.
    private static func location(_ steps: ArraySlice<PathStep>, upTo position: Int, on root: JSONValue) -> String {
        var text = "$"
        var current: JSONValue? = root
        for step in steps[..<position] {
            switch step {
            case .elementFromEnd(let offset):
                let index = (current?.array?.count ?? 0) + offset
                text += "[\(index)]"
                current = current?[index]
            case .element(let index):
                text += step.text
                current = current?[index]
            case .member(let name):
                text += step.text
                current = current?[name]
            case .members, .elements, .sliceFrom, .sliceTo, .slice, .wildcard, .descend, .filter, .openPredicate:
                text += step.text
            }
        }
        return text
    }
}

extension JSONObject {
    /// The members of these names that there are, in the order of the names.
    func selecting(_ names: [JSONString]) -> JSONObject {
        var selection = JSONObject(minimumCapacity: names.count)
        for name in names {
            if let value = self[name] { selection[name] = value }
        }
        return selection
    }
}
