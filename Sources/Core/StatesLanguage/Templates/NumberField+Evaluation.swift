import JSON
import JSONPath

extension NumberField {
    /// The field as a whole number: seconds, counts.
    /// - Throws: `States.Runtime` where the path finds nothing or no integer; `States.QueryEvaluationError` where an
    ///   expression gives no integer.
    /// Source: recorded, `The MaxConcurrencyPath field refers to value "x" which is not a valid integer: $.p`.
    public func wholeNumber<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Int64 {
        switch self {
        case .value(let value):
            guard let integer = Int64(exactly: value) else {
                throw EvaluationError(cause: "\(JSONNumber.double(value).text) is not a valid integer")
            }
            return integer
        case .path(let path, let field):
            let value = try Self.value(at: path, on: input, in: environment)
            // AWS reads the value's text, so that "5" is an integer and 5.0 is none.
            guard let integer = Int64(value.fieldText) else { throw Self.unfit(value, path, field, "a valid integer") }
            return integer
        case .query(let expression):
            let value = try expression.evaluate(on: input, in: &environment)
            guard let number = value.number else { throw expression.unexpectedType(value, expected: "number") }
            guard let integer = number.int64 else { throw expression.unexpectedType(value, expected: "integer") }
            return integer
        }
    }

    /// The field as a number with a fraction: percentages.
    /// - Throws: as `wholeNumber`, with "a valid float" in the text.
    public func number<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Double {
        switch self {
        case .value(let value):
            return value
        case .path(let path, let field):
            let value = try Self.value(at: path, on: input, in: environment)
            guard let number = Double(value.fieldText), number.isFinite else {
                throw Self.unfit(value, path, field, "a valid float")
            }
            return number
        case .query(let expression):
            let value = try expression.evaluate(on: input, in: &environment)
            guard let number = value.number else { throw expression.unexpectedType(value, expected: "number") }
            return number.double
        }
    }

    private static func value<E: EvaluationEnvironment>(
        at path: RootedPath, on input: EvaluationInput, in environment: borrowing E
    ) throws(EvaluationError) -> JSONValue {
        do throws(PathMiss) {
            return try path.value(on: input.document, in: environment)
        } catch {
            throw .invalidPath(path, error)
        }
    }

    private static func unfit(
        _ value: JSONValue, _ path: RootedPath, _ field: String, _ expected: String
    ) -> EvaluationError {
        EvaluationError(
            cause: "The \(field) field refers to value \"\(value.fieldText)\" which is not \(expected): \(path.text)")
    }
}

extension JSONValue {
    /// As AWS's messages about fields show a value: a string bare, all else as compact JSON.
    var fieldText: String {
        guard case .string(let text) = self else { return JSONWriter.text(self) }
        return text.text
    }
}
