import JSON

/// Judging JSONata expressions where they stand.
extension DefinitionDecoder {
    /// A value that is an expression; nil for anything else, and always in JSONPath mode. What is wrong with it is
    /// reported.
    mutating func expression(_ value: JSONValue?, _ name: String, of fields: Fields) -> QueryExpression? {
        guard fields.language == .jsonata, let text = value?.string,
            let expression = QueryExpression(delimited: text, field: fields.pathFromState(name))
        else { return nil }
        check(expression, at: fields.path(name), members: fields.statesMembers(in: name))
        return expression
    }

    /// Reports what is wrong with the expressions in a value, and warns of texts that begin as an expression and do not
    /// end as
    /// one: they are taken literally.
    mutating func checkExpressions(
        in value: JSONValue, at path: DefinitionPath, members: Set<QueryExpression.StatesMember>
    ) {
        switch value {
        case .string(let string):
            let text = string.text
            guard text.hasPrefix("{%") else { return }
            if let expression = QueryExpression(delimited: text, field: "") {
                check(expression, at: path, members: members)
            } else {
                warn(
                    .unclosedExpression, "The text begins with {% but does not end with %}; it is taken literally",
                    at: path)
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                checkExpressions(in: element, at: path.appending(index), members: members)
            }
        case .object(let object):
            for member in object.members {
                checkExpressions(in: member.value, at: path.appending(member.key.text), members: members)
            }
        case .null, .bool, .number:
            break
        }
    }

    /// An expression that holds a tolerated placeholder is not judged: it may be no JSONata before that is replaced.
    private mutating func check(
        _ expression: QueryExpression, at path: DefinitionPath, members: Set<QueryExpression.StatesMember>
    ) {
        guard !holdsPlaceholder(.string(expression.text)) else { return }
        for refusal in expression.refusals(statesMembers: members) {
            switch refusal {
            case .invalid(let message): report(.invalidJSONataExpression, message, at: path)
            case .unsupported(let message): report(.unsupportedJSONataExpression, message, at: path)
            }
        }
    }
}

extension Fields {
    /// What `$states` has in a field beside `input` and `context`.
    func statesMembers(in name: String) -> Set<QueryExpression.StatesMember> {
        guard name == "Output" || name == "Assign" else { return [] }
        if isCatcher { return [.errorOutput] }
        guard isState, let type = self["Type"]?.string.flatMap(StateType.init(rawValue:)) else { return [] }
        switch type {
        case .task, .parallel, .map: return [.result]
        case .wait, .pass, .succeed, .fail, .choice: return []
        }
    }
}
