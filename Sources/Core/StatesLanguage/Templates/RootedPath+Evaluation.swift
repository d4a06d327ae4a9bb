import JSON
import JSONPath

/// A path that finds nothing, in the words of the path engine: `No results for path: $['x']`.
struct PathMiss: Error {
    var reason: String
}

extension RootedPath {
    /// The value at this path: of the input, of the context object or of a workflow variable.
    func value<E: EvaluationEnvironment>(
        on document: JSONValue, in environment: borrowing E
    ) throws(PathMiss) -> JSONValue {
        switch root {
        case .input:
            return try Self.evaluate(expression, on: document)
        case .context:
            return try Self.evaluate(expression, on: environment.contextObject())
        case .variable(let name):
            guard let value = environment.variable(name) else {
                throw PathMiss(reason: "No results for path: $\(name)")
            }
            return try Self.evaluate(expression, on: value)
        }
    }

    private static func evaluate(_ expression: JSONPathExpression, on root: JSONValue) throws(PathMiss) -> JSONValue {
        do throws(JSONPathEvaluationError) {
            return try expression.evaluate(on: root)
        } catch {
            throw PathMiss(reason: error.message)
        }
    }
}

extension RootedPath {
    /// Whether there is anything at this path.
    func finds<E: EvaluationEnvironment>(on document: JSONValue, in environment: borrowing E) -> Bool {
        (try? value(on: document, in: environment)) != nil
    }
}

extension EvaluationError {
    /// A payload template's or a Fail state's path that finds nothing.
    static func pathNotFound(_ path: RootedPath, field: String, input: JSONValue) -> EvaluationError {
        let input = JSONWriter.text(input)
        return EvaluationError(
            cause:
                "The JSONPath '\(path.text)' specified for the field '\(field)' could not be found in the input '\(input)'"
        )
    }

    /// An `InputPath`, `OutputPath`, `ItemsPath` or a number's path that finds nothing.
    static func invalidPath(_ path: RootedPath, _ miss: PathMiss) -> EvaluationError {
        EvaluationError(cause: "Invalid path '\(path.text)' : \(miss.reason)")
    }
}
