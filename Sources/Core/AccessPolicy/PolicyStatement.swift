import JSON

/// One statement of a policy: when it applies, its effect holds.
public struct PolicyStatement: Sendable, Equatable {
    public enum Effect: String, Sendable {
        case allow = "Allow"
        case deny = "Deny"
    }

    /// A list of patterns of which one must match, or none.
    private struct Selection: Equatable {
        var patterns: [WildcardPattern]
        var isInverted: Bool

        func selects(_ candidate: String, _ request: AccessRequest, ignoresCase: Bool) -> Bool {
            patterns.contains { $0.matches(candidate, request, ignoresCase: ignoresCase) } != isInverted
        }
    }

    public let sid: String?
    public let effect: Effect
    private let actions: Selection
    private let resources: Selection
    private let conditions: [PolicyCondition]

    private static let known = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"]

    init(_ value: JSONValue, at pointer: String, hasVariables: Bool) throws(PolicyError) {
        guard case .object(let object) = value else { throw PolicyError(pointer, "a statement must be an object") }
        for key in object.keys where !Self.known.contains(key.text) {
            let hint = ["Principal", "NotPrincipal"].contains(key.text) ? ": policies here belong to a user" : ""
            throw PolicyError("\(pointer)/\(key)", "unknown element\(hint); known are \(Self.list(Self.known))")
        }
        sid = object["Sid"]?.string
        guard let effect = object["Effect"]?.string.flatMap(Effect.init) else {
            throw PolicyError("\(pointer)/Effect", "must be \"Allow\" or \"Deny\"")
        }
        self.effect = effect
        actions = try Self.selection("Action", object, pointer, hasVariables: false)
        resources = try Self.selection("Resource", object, pointer, hasVariables: hasVariables)
        for pattern in actions.patterns where pattern.text != "*" && !pattern.text.contains(":") {
            throw PolicyError(
                "\(pointer)/Action", "\"\(pattern.text)\" names no service; expected e.g. \"states:StartExecution\"")
        }
        for pattern in resources.patterns where pattern.text != "*" && !Self.looksLikeARN(pattern.text) {
            throw PolicyError("\(pointer)/Resource", "\"\(pattern.text)\" is neither an ARN nor \"*\"")
        }
        conditions = try PolicyCondition.read(
            object["Condition"] ?? .null, at: "\(pointer)/Condition", hasVariables: hasVariables)
    }

    /// Whether action, resource and all conditions fit.
    func applies(to request: AccessRequest) -> Bool {
        actions.selects(request.action, request, ignoresCase: true)
            && resources.selects(request.resource, request, ignoresCase: false)
            && conditions.allSatisfy { $0.holds(for: request) }
    }

    private static func selection(
        _ name: String, _ object: JSONObject, _ pointer: String, hasVariables: Bool
    ) throws(PolicyError) -> Selection {
        let plain = object[JSONString(name)]
        let inverted = object[JSONString("Not\(name)")]
        guard let value = plain ?? inverted, plain == nil || inverted == nil else {
            throw PolicyError(pointer, "must have either \(name) or Not\(name)")
        }
        let texts = try texts(value, at: "\(pointer)/\(plain == nil ? "Not" : "")\(name)")
        return Selection(
            patterns: texts.map { WildcardPattern($0, hasVariables: hasVariables) }, isInverted: plain == nil)
    }

    /// A string, or a list of them that is not empty.
    static func texts(_ value: JSONValue, at pointer: String) throws(PolicyError) -> [String] {
        let list = value.array ?? [value]
        var texts: [String] = []
        for item in list {
            guard let text = item.string ?? item.number?.text ?? item.bool.map({ $0 ? "true" : "false" }) else {
                throw PolicyError(pointer, "must be a string or a list of strings")
            }
            texts.append(text)
        }
        if texts.isEmpty { throw PolicyError(pointer, "must not be empty") }
        return texts
    }

    private static func looksLikeARN(_ text: String) -> Bool {
        text.hasPrefix("arn:") || text.hasPrefix("arn*") || text.hasPrefix("*") || text.hasPrefix("${")
    }

    private static func list(_ names: [String]) -> String {
        names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }
}
