public import JSON
import JSONPath

extension MapState {
    /// What the Map state goes through: an array, or in JSONata and DISTRIBUTED mode also an object, whose members are the items.
    ///
    /// Source: recorded, an INLINE Map's `Items` that give an object: "Expected 'array', but was 'object'".
    /// - Parameter input: the effective input.
    /// - Throws: `States.Runtime` (JSONPath) or `States.QueryEvaluationError` (JSONata) when it is neither.
    public func selectItems<E: EvaluationEnvironment>(
        on input: EvaluationInput, language: QueryLanguage, in environment: inout E
    ) throws(EvaluationError) -> JSONValue {
        if let items {
            let selected = try items.evaluate(on: input, in: &environment)
            switch selected {
            case .array: return selected
            case .object where mode == .distributed: return selected
            case .object, .null, .bool, .number, .string:
                if case .query(let expression) = items { throw expression.unexpectedType(selected, expected: "array") }
                throw Self.noArray(selected)
            }
        }
        let selected = try itemsPath.select(from: input.document, in: &environment)
        if case .array = selected { return selected }
        if language == .jsonata { throw Self.noArray(selected) }
        guard case .path(let path) = itemsPath else {
            throw EvaluationError(cause: "Reference path \"$\" must point to array.")
        }
        throw EvaluationError(cause: "Reference path \"\(path.expression.text)\" must point to array.")
    }

    private static func noArray(_ value: JSONValue) -> EvaluationError {
        EvaluationError(
            name: "States.QueryEvaluationError",
            cause: "Map state input must be an array but was: \(JSONWriter.text(value))")
    }
}
