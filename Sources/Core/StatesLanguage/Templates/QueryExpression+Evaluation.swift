public import JSON
import JSONata

extension QueryExpression {
    /// The value of the expression.
    ///
    /// Only what the expression names is handed to it: the variables, and the members of `$states`.
    /// - Throws: `States.QueryEvaluationError`, with the expression's field as location, where the expression throws, gives
    ///   nothing or gives a function.
    /// Source: recorded texts.
    public func evaluate<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> JSONValue {
        let expression: JSONataExpression
        switch compiled {
        case .expression(let compiled): expression = compiled
        case .fault(let error): throw thrown(error)
        }
        let outside = JSONataEnvironment(
            nowMilliseconds: environment.nowMilliseconds,
            random: SeededRandom(environment.nextRandomBits(), environment.nextRandomBits()))
        let bindings = Self.bindings(of: expression.references, on: input, in: environment)
        let result: JSONataResult
        do throws(JSONataError) {
            result = try expression.evaluate(bindings: bindings, environment: outside)
        } catch {
            throw thrown(error)
        }
        switch result {
        case .value(let value): return value
        case .undefined: throw failure("returned nothing (undefined).")
        case .function: throw failure("returned an unsupported result type.")
        }
    }

    private static func bindings<E: EvaluationEnvironment>(
        of references: JSONataReferences, on input: EvaluationInput, in environment: borrowing E
    ) -> [(name: JSONString, value: JSONValue)] {
        var bindings: [(name: JSONString, value: JSONValue)] = []
        bindings.reserveCapacity(references.variables.count + 1)
        for name in references.variables where name != "states" {
            if let value = environment.variable(name) { bindings.append((JSONString(name), value)) }
        }
        guard !references.states.isEmpty || references.variables.contains("states") else { return bindings }
        let isWhole = references.states.isEmpty || references.states.contains(nil)
        var states = JSONObject(minimumCapacity: 4)
        if isWhole || references.states.contains("input") { states.append("input", input.document) }
        if let result = input.result { states.append("result", result) }
        if let errorOutput = input.errorOutput { states.append("errorOutput", errorOutput) }
        if isWhole || references.states.contains("context") { states.append("context", environment.contextObject()) }
        bindings.append(("states", .object(states)))
        return bindings
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
}

// MARK: - Failures

extension QueryExpression {
    /// Limits have no code in AWS's text, all else has.
    private func thrown(_ error: JSONataError) -> EvaluationError {
        let isLimit = error.code.hasPrefix("U")
        return failure("threw an error during evaluation\(isLimit ? ": " : ". \(error.code): ")\(error.message)")
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
            cause: "The JSONata expression '\(trimmedText)' specified for the field '\(field)' \(reason)",
            location: field)
    }

    /// As AWS's messages show it: without the blanks next to the delimiters.
    private var trimmedText: String {
        guard let start = text.firstIndex(where: { !$0.isWhitespace }),
            let end = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[start...end])
    }
}
