public import JSON
import JSONPath

extension Template {
    /// The value that the template stands for.
    /// - Parameters:
    ///   - input: what `$`, or `$states.input`, reads.
    ///   - environment: context object, variables, time and random bits.
    /// - Throws: `States.Runtime` where a path finds nothing, what an intrinsic function throws, `States.QueryEvaluationError`.
    public func evaluate<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> JSONValue {
        switch self {
        case .literal(let value):
            return value
        case .object(let members):
            var object = JSONObject(minimumCapacity: members.count)
            for member in members {
                object.append(member.key, try member.value.evaluate(on: input, in: &environment))
            }
            return .object(object)
        case .array(let templates):
            var elements: [JSONValue] = []
            elements.reserveCapacity(templates.count)
            for template in templates { elements.append(try template.evaluate(on: input, in: &environment)) }
            return .array(elements)
        case .path(let path, let field):
            do throws(PathMiss) {
                return try path.value(on: input.document, in: environment)
            } catch {
                throw .pathNotFound(path, field: field, input: input.document)
            }
        case .intrinsic(let call, _):
            return try call.evaluate(on: input, in: &environment)
        case .query(let expression):
            return try expression.evaluate(on: input, in: &environment)
        }
    }
}
