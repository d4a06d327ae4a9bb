import JSON

/// JSONata expressions, and what AWS refuses of them.
extension DefinitionDecoder {
    /// Whether a text of a JSONata state is an expression: `{% … %}` without blanks before or after.
    static func isExpression(_ text: String) -> Bool {
        text.hasPrefix("{%") && text.hasSuffix("%}") && text.utf8.count >= 4
    }

    /// A value that is an expression, whose faults are reported; nil for anything else, and always in JSONPath mode.
    mutating func expression(_ value: JSONValue?, _ name: String, of fields: Fields) -> QueryExpression? {
        guard fields.language == .jsonata, let text = value?.string,
            let expression = QueryExpression(delimited: text, field: fields.pathFromState(name))
        else { return nil }
        report(refusalsOf: expression, text, name, of: fields, at: fields.path(name))
        return expression
    }

    /// Reports the faults of a template's expressions, and warns of texts that begin as an expression and do not end as one:
    /// they are taken literally.
    mutating func checkExpressions(in value: JSONValue, _ name: String, of fields: Fields, at path: DefinitionPath) {
        switch value {
        case .string(let string):
            let text = string.text
            if let expression = QueryExpression(delimited: text, field: name) {
                report(refusalsOf: expression, text, name, of: fields, at: path)
            } else if text.hasPrefix("{%"), options.includeWarnings {
                warn(
                    .unclosedExpression, "The text begins with {% but does not end with %}; it is taken literally",
                    at: path)
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                checkExpressions(in: element, name, of: fields, at: path.appending(index))
            }
        case .object(let object):
            for member in object.members {
                checkExpressions(in: member.value, name, of: fields, at: path.appending(member.key.text))
            }
        case .null, .bool, .number:
            break
        }
    }

    private mutating func report(
        refusalsOf expression: QueryExpression, _ text: String, _ name: String, of fields: Fields,
        at path: DefinitionPath
    ) {
        guard !holdsPlaceholder(.string(text)) else { return }
        for refusal in expression.refusals(statesMembers: Self.statesMembers(name, of: fields)) {
            switch refusal {
            case .invalid(let message): report(.invalidJSONataExpression, message, at: path)
            case .unsupported(let message): report(.unsupportedJSONataExpression, message, at: path)
            }
        }
    }

    /// What `$states` has beside `input` and `context` in the field `name`.
    private static func statesMembers(_ name: String, of fields: Fields) -> Set<QueryExpression.StatesMember> {
        guard name == "Output" || name == "Assign" else { return [] }
        if fields.has("ErrorEquals") { return [.errorOutput] }
        switch fields["Type"]?.string.flatMap(StateType.init(rawValue:)) {
        case .task, .parallel, .map: return [.result]
        case .pass, .choice, .wait, .succeed, .fail, nil: return []
        }
    }
}
