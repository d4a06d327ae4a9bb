import JSON
import JSONPath

extension TextField {
    /// The field's text.
    /// - Throws: `States.Runtime` where the path finds nothing or no string, what an intrinsic function throws,
    ///   `States.QueryEvaluationError` where an expression gives no string.
    /// Source: recorded, "The JSONPath '$.ErrorX' specified for the field 'ErrorPath' could not be found in the input '…'".
    public func text<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> String {
        switch self {
        case .value(let text):
            return text
        case .path(let path, let field):
            let value: JSONValue
            do throws(PathMiss) {
                value = try path.value(on: input.document, in: environment)
            } catch {
                throw .pathNotFound(path, field: field, input: input.document)
            }
            return try Self.text(of: value, source: path.text, field: field)
        case .intrinsic(let call, let field):
            return try Self.text(of: try call.evaluate(on: input, in: &environment), source: call.text, field: field)
        case .query(let expression):
            let value = try expression.evaluate(on: input, in: &environment)
            guard let text = value.string else { throw expression.unexpectedType(value, expected: "string") }
            return text
        }
    }

    private static func text(of value: JSONValue, source: String, field: String) throws(EvaluationError) -> String {
        guard let text = value.string else {
            throw EvaluationError(
                cause: "The value of '\(source)' specified for the field '\(field)' must be a string, but was "
                    + JSONWriter.text(value))
        }
        return text
    }
}
