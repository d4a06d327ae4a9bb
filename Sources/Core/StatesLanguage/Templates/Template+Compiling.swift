public import JSON
import JSONPath

/// Why a payload template is not one.
public struct TemplateSyntaxError: Error, Sendable, Equatable {
    /// AWS's words; they name the offending member.
    public var message: String
    /// Where the member stands, from the state: `Parameters/a/b.$`.
    public var field: String

    public init(message: String, field: String) {
        self.message = message
        self.field = field
    }
}

extension Template {
    /// The ending of a member's name that says: the value is a path or an intrinsic function.
    private static let expressionSuffix = Array(".$".utf8)

    /// Compiles a payload template of JSONPath mode.
    ///
    /// Members `"key.$"` hold a path or a call of an intrinsic function, at any depth of objects and arrays; whatever holds no
    /// such member stays one literal.
    /// - Parameters:
    ///   - value: the template; its depth is bounded by the parser that read it.
    ///   - field: the field it stands in, e.g. `Parameters`.
    /// - Throws: where a `.$` member is no valid expression, or where two members have one name without `.$`.
    /// Source: States Language § Payload Template.
    public static func compileJSONPath(_ value: JSONValue, field: String) throws(TemplateSyntaxError) -> Template {
        switch value {
        case .object(let object):
            var members: [(key: JSONString, value: Template)] = []
            members.reserveCapacity(object.count)
            var keys = Set<JSONString>(minimumCapacity: object.count)
            for member in object {
                let (key, template) = try compileMember(member, field: field)
                guard keys.insert(key).inserted else {
                    throw TemplateSyntaxError(
                        message: "The field '\(key)' is given more than once: with and without '.$'",
                        field: "\(field)/\(member.key)")
                }
                members.append((key, template))
            }
            return members.allSatisfy(\.value.isLiteral) ? .literal(value) : .object(members)
        case .array(let elements):
            var templates: [Template] = []
            templates.reserveCapacity(elements.count)
            for (index, element) in elements.enumerated() {
                templates.append(try compileJSONPath(element, field: "\(field)[\(index)]"))
            }
            return templates.allSatisfy(\.isLiteral) ? .literal(value) : .array(templates)
        case .null, .bool, .number, .string:
            return .literal(value)
        }
    }

    private static func compileMember(
        _ member: JSONObject.Member, field: String
    ) throws(TemplateSyntaxError) -> (JSONString, Template) {
        guard let key = member.key.dropping(suffix: expressionSuffix) else {
            return (member.key, try compileJSONPath(member.value, field: "\(field)/\(member.key)"))
        }
        guard let text = member.value.string, let template = expression(text, field: member.key.text) else {
            throw TemplateSyntaxError(
                message:
                    "The value for the field '\(member.key)' must be a valid JSONPath or a valid intrinsic function call",
                field: "\(field)/\(member.key)")
        }
        return (key, template)
    }

    /// A path or a call of an intrinsic function; nil when `text` is neither.
    private static func expression(_ text: String, field: String) -> Template? {
        if text.first(where: { !$0.isWhitespace }) == "$" {
            guard let path = try? RootedPath(text) else { return nil }
            return .path(path, field: field)
        }
        guard let call = try? IntrinsicCall(parsing: text) else { return nil }
        return .intrinsic(call, field: field)
    }

    /// Compiles a value of JSONata mode: strings `{% … %}` become expressions, at any depth.
    /// - Parameter field: the field's name; what lies deeper is named from it: `Output/result`, `Arguments/Items[0]`.
    /// Source: Step Functions Developer Guide § Transforming data with JSONata: no blank before `{%` nor behind `%}`.
    public static func compileJSONata(_ value: JSONValue, field: String) -> Template {
        switch value {
        case .string(let text):
            guard let expression = QueryExpression(delimited: text.text, field: field) else { return .literal(value) }
            return .query(expression)
        case .object(let object):
            let members = object.members.map { member in
                (key: member.key, value: compileJSONata(member.value, field: "\(field)/\(member.key)"))
            }
            return members.allSatisfy(\.value.isLiteral) ? .literal(value) : .object(members)
        case .array(let elements):
            let templates = elements.enumerated().map { index, element in
                compileJSONata(element, field: "\(field)[\(index)]")
            }
            return templates.allSatisfy(\.isLiteral) ? .literal(value) : .array(templates)
        case .null, .bool, .number:
            return .literal(value)
        }
    }

    /// True when nothing in it is evaluated.
    public var isLiteral: Bool {
        guard case .literal = self else { return false }
        return true
    }
}

extension JSONString {
    /// This text without `suffix`; nil when it does not end so.
    func dropping(suffix: [UInt8]) -> JSONString? {
        let endsSo = withBytes { bytes in
            guard bytes.count >= suffix.count else { return false }
            let start = bytes.count - suffix.count
            for index in suffix.indices where bytes[start + index] != suffix[index] { return false }
            return true
        }
        return endsSo ? JSONString(wtf8: Array(bytes.dropLast(suffix.count))) : nil
    }
}
