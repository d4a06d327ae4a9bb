public import JSON

extension QueryExpression {
    /// The value of the expression.
    /// - Throws: `States.QueryEvaluationError` with the expression's field as location.
    public func evaluate<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> JSONValue {
        throw failure("cannot be evaluated: this build has no JSONata")
    }

    /// The value of a rule's `Condition`.
    /// - Throws: `States.QueryEvaluationError` also where the value is no boolean.
    func evaluateCondition<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Bool {
        let value = try evaluate(on: input, in: &environment)
        guard case .bool(let holds) = value else { throw unexpectedType(value, expected: "boolean") }
        return holds
    }

    /// Source: recorded, "Expected 'array', but was 'number' for value: 1".
    func unexpectedType(_ value: JSONValue, expected: String) -> EvaluationError {
        failure(
            "returned an unexpected result type. Expected '\(expected)', but was '\(value.typeName)' for value: "
                + JSONWriter.text(value))
    }

    /// - Parameter reason: how the sentence "The JSONata expression '…' specified for the field '…'" goes on.
    func failure(_ reason: String) -> EvaluationError {
        EvaluationError(
            name: "States.QueryEvaluationError",
            cause: "The JSONata expression '\(trimmedText)' specified for the field '\(field)' \(reason)", location: field)
    }

    /// As AWS's messages show it: without the blanks next to the delimiters.
    var trimmedText: String {
        let isBlank: (Character) -> Bool = { $0.isWhitespace }
        guard let start = text.firstIndex(where: { !isBlank($0) }), let end = text.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(text[start...end])
    }
}
