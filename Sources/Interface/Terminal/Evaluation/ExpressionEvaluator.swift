import Foundation
public import JSON
import JSONPath
public import JSONata
import StatesLanguage

/// Evaluates expressions as a state would.
public struct ExpressionEvaluator: Sendable {
    private let language: ExpressionLanguage
    private let environment: GivenEnvironment
    private let limits: JSONataLimits

    /// - Parameters:
    ///   - context: the context object; nil for an empty one.
    ///   - variables: an object of workflow variables.
    ///   - limits: of JSONata.
    public init(
        language: ExpressionLanguage, context: JSONValue? = nil, variables: JSONValue? = nil,
        limits: JSONataLimits = .withoutMemoryLimit
    ) {
        self.language = language
        self.limits = limits
        environment = GivenEnvironment(
            context: context ?? .object(JSONObject()), variables: variables ?? .object(JSONObject()))
    }

    /// - Parameters:
    ///   - input: what `$` stands for. nil: null; in JSONata undefined.
    ///   - bindings: of JSONata, further variables; an object.
    public func evaluate(_ expression: JSONString, input: JSONValue?, bindings: JSONValue? = nil) -> ExpressionResult {
        switch language {
        case .jsonata: jsonata(expression, input, bindings)
        case .jsonpath: path(expression.text, input ?? .null)
        case .intrinsic: intrinsic(expression.text, input ?? .null)
        }
    }

    /// Evaluates what may stand in a definition: `{% … %}` with the refusals that a definition meets. Anything else as `evaluate` does.
    public func evaluateAsWritten(_ text: String, input: JSONValue?) -> ExpressionResult {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard language == .jsonata, trimmed.hasPrefix("{%"), trimmed.hasSuffix("%}"), trimmed.utf8.count >= 4 else {
            return evaluate(JSONString(text), input: input, bindings: statesBinding(input))
        }
        let bare = String(trimmed.dropFirst(2).dropLast(2))
        if let reference = (try? JSONataExpression(bare))?.references.document.first {
            return .failure(
                ExpressionFailure(
                    message: reference.refusal + " An input is $states.input.", code: "UNSUPPORTED_JSONATA_EXPRESSION"))
        }
        let result = evaluate(JSONString(bare), input: nil, bindings: statesBinding(input))
        guard case .failure(var failure) = result, let offset = failure.offset else { return result }
        failure.offset = offset + text.prefix { $0.isWhitespace }.utf8.count + 2
        return .failure(failure)
    }

    private func statesBinding(_ input: JSONValue?) -> JSONValue {
        ["states": ["input": input ?? .null, "context": environment.context]]
    }

    // MARK: - By language

    private func jsonata(_ expression: JSONString, _ input: JSONValue?, _ bindings: JSONValue?) -> ExpressionResult {
        let given = (environment.variables.object?.members ?? []) + (bindings?.object?.members ?? [])
        let surroundings = JSONataEnvironment(
            nowMilliseconds: environment.nowMilliseconds,
            random: SeededRandom(environment.nextRandomBits(), environment.nextRandomBits()), limits: limits)
        do throws(JSONataError) {
            let compiled = try JSONataExpression(expression)
            let variables = given.map { (name: $0.key, value: $0.value) }
            switch try compiled.evaluate(input: input, bindings: variables, environment: surroundings) {
            case .value(let value): return .value(value)
            case .undefined, .function: return .undefined
            }
        } catch {
            // The place is just behind the token, in UTF-16 code units.
            let before = error.position.map {
                String(decoding: expression.utf16.prefix(max(0, $0 - 1)), as: UTF16.self).utf8.count
            }
            return .failure(ExpressionFailure(message: error.message, code: error.code, offset: before))
        }
    }

    private func path(_ expression: String, _ input: JSONValue) -> ExpressionResult {
        let path: RootedPath
        do throws(JSONPathSyntaxError) {
            path = try RootedPath(expression)
        } catch {
            return .failure(ExpressionFailure(message: error.message, offset: error.offset))
        }
        do throws(JSONPathEvaluationError) {
            return .value(
                try path.evaluate(
                    input: input, context: { environment.context }, variable: { environment.variable($0) }))
        } catch {
            return .failure(ExpressionFailure(message: error.message))
        }
    }

    private func intrinsic(_ expression: String, _ input: JSONValue) -> ExpressionResult {
        let call: IntrinsicCall
        do throws(IntrinsicSyntaxError) {
            call = try IntrinsicCall(parsing: expression)
        } catch {
            return .failure(ExpressionFailure(message: error.message, offset: error.offset))
        }
        var environment = environment
        do throws(EvaluationError) {
            return .value(try call.evaluate(on: EvaluationInput(input), in: &environment))
        } catch {
            return .failure(ExpressionFailure(message: error.cause, code: error.name))
        }
    }
}

/// The surroundings that the command line gives.
private struct GivenEnvironment: EvaluationEnvironment {
    let context: JSONValue
    let variables: JSONValue

    func contextObject() -> JSONValue { context }
    func variable(_ name: String) -> JSONValue? { variables[JSONString(name)] }
    var nowMilliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
    func nextRandomBits() -> UInt64 { UInt64.random(in: 0 ... .max) }
}
