import JSON
import JSONata

/// Evaluates without an input document unless one is given, and with a fixed moment and seed.
func evaluate(
    _ text: String, input: JSONValue? = nil, bindings: [(name: JSONString, value: JSONValue)] = [],
    limits: JSONataLimits = .aws
) throws(JSONataError) -> JSONataResult {
    let environment = JSONataEnvironment(nowMilliseconds: 1_732_270_530_123, random: SeededRandom(1, 2), limits: limits)
    return try JSONataExpression(text).evaluate(input: input, bindings: bindings, environment: environment)
}

/// The result as text: compact JSON, `undefined`, `function`, or the error as `CODE: message`.
func outcome(_ text: String, input: JSONValue? = nil, limits: JSONataLimits = .aws) -> String {
    do {
        switch try evaluate(text, input: input, limits: limits) {
        case .undefined: return "undefined"
        case .function: return "function"
        case .value(let value): return JSONWriter.text(value)
        }
    } catch {
        return error.description
    }
}
