import JSON

/// Holds a value against the shape of a response, member by member in the value's order.
struct ResponseCheck {
    let shapes: ServiceShapes
    /// True when required members must be there.
    let isStrict: Bool
    /// Members of the response itself that may be anything.
    let parsedMembers: [String]

    /// - Parameter name: of the member that holds the value; nil for the response itself.
    /// - Returns: what is wrong first; nil when nothing is.
    func problem(in value: JSONValue, named name: String?, _ kind: ServiceShapes.Kind) -> String? {
        let field = name.map { "Field '\($0)'" } ?? "Mocked result"
        switch (kind, value) {
        case (.anything, _): return nil
        case (.text(let bounds), .string(let text)): return length(text.text.utf16.count, bounds, field)
        case (.time, .string), (.boolean, .bool): return nil
        case (.oneOf(let values), .string(let text)):
            return values.contains(text.text) ? nil : "\(field) is not an expected value"
        case (.number(let bounds), .number(let number)): return range(number.double, bounds, field)
        case (.array(let element, let bounds), .array(let elements)):
            for item in elements {
                if let problem = problem(in: item, named: name, element) { return problem }
            }
            return length(elements.count, bounds, field)
        case (.map(let kind), .object(let object)):
            for member in object.members {
                if let problem = problem(in: member.value, named: member.key.text, kind) { return problem }
            }
            return nil
        case (.structure(let index), .object(let object)):
            return problem(in: object, shapes.members(of: index), isResponse: name == nil)
        case (.text, _), (.time, _), (.oneOf, _): return "\(field) must be a string"
        case (.number, _): return "\(field) must be a number"
        case (.boolean, _): return "\(field) must be a boolean"
        case (.array, _): return "\(field) must be an array"
        case (.map, _), (.structure, _): return "\(field) must be an object"
        }
    }

    private func problem(in object: JSONObject, _ members: [ServiceShapes.Member], isResponse: Bool) -> String? {
        if isStrict, let missing = members.first(where: { $0.isRequired && object[JSONString($0.name)] == nil }) {
            return "Required field '\(missing.name)' is missing"
        }
        for given in object.members {
            let name = given.key.text
            if isResponse, parsedMembers.contains(name) { continue }
            guard let member = members.first(where: { $0.name == name }) else { continue }
            if let problem = problem(in: given.value, named: name, member.kind) { return problem }
        }
        return nil
    }

    private func length(_ count: Int, _ bounds: ServiceShapes.Bounds?, _ field: String) -> String? {
        guard let bounds else { return nil }
        if let least = bounds.least, Double(count) < least { return "\(field) is smaller than the minimum length" }
        if let most = bounds.most, Double(count) > most { return "\(field) exceeds the maximum length" }
        return nil
    }

    private func range(_ value: Double, _ bounds: ServiceShapes.Bounds?, _ field: String) -> String? {
        guard let bounds else { return nil }
        if let least = bounds.least, value < least { return "\(field) is less than the minimum value" }
        if let most = bounds.most, value > most { return "\(field) exceeds the maximum value" }
        return nil
    }
}
