import Foundation
public import JSON
import JSONPath
import StatesLanguage

/// Evaluates expressions as a state would.
public struct ExpressionEvaluator: Sendable {
    private let language: ExpressionLanguage
    private let environment: GivenEnvironment

    /// - Parameters:
    ///   - context: the context object; nil for an empty one.
    ///   - variables: an object of workflow variables.
    public init(language: ExpressionLanguage, context: JSONValue? = nil, variables: JSONValue? = nil) {
        self.language = language
        environment = GivenEnvironment(context: context ?? .object(JSONObject()), variables: variables ?? .object(JSONObject()))
    }

    /// - Parameter input: what `$` stands for; nil: null.
    public func evaluate(_ expression: String, input: JSONValue?) -> ExpressionResult {
        switch language {
        case .jsonpath: path(expression, input ?? .null)
        case .intrinsic: intrinsic(expression, input ?? .null)
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
                try path.evaluate(input: input, context: { environment.context }, variable: { environment.variable($0) }))
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
