public import JSON
import JSONPath

extension PathField {
    /// True for `$`: what is selected is the input itself, whose text need not be written again.
    public var isWhole: Bool {
        guard case .whole = self else { return false }
        return true
    }

    /// The part of `input` that the field selects; `null` selects an empty object.
    /// - Throws: `States.Runtime` where the path finds nothing.
    /// Source: recorded, `Invalid path '$.x' : No results for path: $['x']`.
    public func select<E: EvaluationEnvironment>(
        from input: JSONValue, in environment: inout E
    ) throws(EvaluationError) -> JSONValue {
        switch self {
        case .whole:
            return input
        case .discard:
            return .object(JSONObject())
        case .path(let path):
            do throws(PathMiss) {
                return try path.value(on: input, in: environment)
            } catch {
                throw .invalidPath(path, error)
            }
        }
    }
}

extension ResultPathField {
    /// `input` with `result` put where the field says; objects that lack on the way are made.
    /// - Parameter input: the state's raw input.
    /// - Throws: `States.ResultPathMatchFailure` where the path leads through a value that is no object.
    /// Source: States Language § ResultPath.
    public func place(_ result: JSONValue, into input: JSONValue) throws(EvaluationError) -> JSONValue {
        switch self {
        case .whole:
            return result
        case .discard:
            return input
        case .path(let path):
            do throws(ResultPathError) {
                return try path.setting(result, in: input)
            } catch {
                throw EvaluationError(
                    name: "States.ResultPathMatchFailure",
                    cause:
                        "Unable to apply ResultPath '\(path.text)' to the input '\(JSONWriter.text(input))': \(error.message)"
                )
            }
        }
    }
}
