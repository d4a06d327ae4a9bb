import JSON
import JSONPath

extension WaitState.Duration {
    /// The longest wait, in seconds. Source: recorded, 24,855 days wait and 24,856 days are "too long": 2^31 s.
    public static let secondsMax: Int64 = 2_147_483_647

    /// When the wait ends, in epoch milliseconds; it may lie in the past.
    /// - Parameter enteredAtMilliseconds: when the state was entered, in epoch milliseconds.
    /// - Throws: `States.Runtime`, or `States.QueryEvaluationError` in JSONata mode, for a value that is no wait, and for
    ///   one longer than `secondsMax`.
    public func deadline<E: EvaluationEnvironment>(
        enteredAtMilliseconds: Int64, on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Int64 {
        let deadline: Int64
        switch self {
        case .seconds(let field):
            let seconds = try Self.seconds(field, on: input, in: &environment)
            guard seconds <= Self.secondsMax else { throw Self.tooLong }
            deadline = enteredAtMilliseconds + seconds * 1000
        case .timestamp(let field):
            deadline = try Self.timestamp(field, on: input, in: &environment).epochMilliseconds
        }
        guard deadline - enteredAtMilliseconds <= Self.secondsMax * 1000 else { throw Self.tooLong }
        return deadline
    }

    private static var tooLong: EvaluationError { EvaluationError(cause: "Wait state delay is too long.") }

    private static func seconds<E: EvaluationEnvironment>(
        _ field: NumberField, on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Int64 {
        switch field {
        case .value:
            return try field.wholeNumber(on: input, in: &environment)
        case .path(let path, let name):
            guard let value = try? path.value(on: input.document, in: environment) else {
                throw EvaluationError(cause: "The \(name) parameter does not reference an input value: \(path.text)")
            }
            guard let seconds = Int64(value.fieldText) else {
                throw EvaluationError(
                    cause: "The \(name) parameter cannot be parsed as a long value: \(path.text) == \(value.fieldText)")
            }
            guard seconds >= 0 else {
                throw EvaluationError(
                    cause: "The \(name) parameter references a negative value: \(path.text) == \(seconds)")
            }
            return seconds
        case .query(let expression):
            let seconds = try field.wholeNumber(on: input, in: &environment)
            guard seconds >= 0 else { throw expression.failure("returned a negative value: \(seconds)") }
            return seconds
        }
    }

    private static func timestamp<E: EvaluationEnvironment>(
        _ field: TextField, on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Timestamp {
        switch field {
        case .value, .intrinsic:
            let text = try field.text(on: input, in: &environment)
            guard let timestamp = Timestamp(rfc3339: text) else {
                throw EvaluationError(
                    cause:
                        "The Timestamp parameter does not reference a valid ISO-8601 extended offset date-time format "
                        + "string: \(text)")
            }
            return timestamp
        case .path(let path, let name):
            guard let value = try? path.value(on: input.document, in: environment) else {
                throw EvaluationError(cause: "The \(name) parameter does not reference an input value: \(path.text)")
            }
            guard case .string(let text) = value, let timestamp = Timestamp(rfc3339: text) else {
                throw EvaluationError(
                    cause: "The \(name) parameter does not reference a valid ISO-8601 extended offset date-time format "
                        + "string: \(path.text) == \(value.fieldText)")
            }
            return timestamp
        case .query(let expression):
            let text = try field.text(on: input, in: &environment)
            guard let timestamp = Timestamp(rfc3339: text) else {
                throw EvaluationError(
                    name: "States.QueryEvaluationError",
                    cause:
                        "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: \(text)",
                    location: expression.field)
            }
            return timestamp
        }
    }
}
