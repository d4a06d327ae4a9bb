public import JSON
import JSONPath

/// What a definition says of one argument of a call: its value, or only how it comes about when the state runs.
public enum CallArgument: Sendable {
    case absent
    /// The definition holds the value itself.
    case fixed(JSONValue)
    /// `source` is the path, the intrinsic function or the expression that gives it, as written.
    case dynamic(source: String)

    /// - Parameters:
    ///   - template: a state's `Parameters` or `Arguments`; without any, the call gets the state's input.
    ///   - names: the members that lead to the argument, e.g. `Overrides`, `TaskRoleArn`.
    public init(_ template: Template?, _ names: [String] = []) {
        guard let template else {
            self = .dynamic(source: "the state's input")
            return
        }
        self = template.argument(at: names[...])
    }

    /// - Parameters:
    ///   - value: a template as written, as a DISTRIBUTED Map keeps it: names ending in `.$` hold paths.
    ///   - names: as above.
    public init(written value: JSONValue, _ names: [String]) {
        guard let name = names.first else {
            if case .string(let text) = value, text.text.hasPrefix("{%") {
                self = .dynamic(source: text.text)
            } else {
                self = .fixed(value)
            }
            return
        }
        if let source = value[JSONString(name + ".$")]?.string {
            self = .dynamic(source: source)
        } else if let member = value[JSONString(name)] {
            self = CallArgument(written: member, Array(names.dropFirst()))
        } else if case .string(let text) = value, text.text.hasPrefix("{%") {
            self = .dynamic(source: text.text)
        } else {
            self = .absent
        }
    }

    /// How the value comes about when the state runs; nil when the definition tells it, or there is none.
    public var source: String? {
        if case .dynamic(let source) = self { return source }
        return nil
    }

    /// A text that the definition holds; nil for what is no text, and for one with a placeholder that nothing replaced.
    public var text: String? {
        guard case .fixed(.string(let text)) = self, PlaceholderCheck.name(in: text.text) == nil else { return nil }
        return text.text
    }

    public var isAbsent: Bool {
        if case .absent = self { return true }
        return false
    }
}

extension Template {
    fileprivate func argument(at names: ArraySlice<String>) -> CallArgument {
        switch self {
        case .path(let path, _): return .dynamic(source: path.text)
        case .intrinsic(let call, _): return .dynamic(source: call.text)
        case .query(let expression): return .dynamic(source: "{%\(expression.text)%}")
        case .literal(let value):
            var found = value
            for name in names {
                guard let member = found[JSONString(name)] else { return .absent }
                found = member
            }
            return found.isNull ? .absent : .fixed(found)
        case .object(let members):
            guard let name = names.first else { return .dynamic(source: "an object with expressions") }
            guard let member = members.first(where: { $0.key.text == name }) else { return .absent }
            return member.value.argument(at: names.dropFirst())
        case .array:
            return names.isEmpty ? .dynamic(source: "a list with expressions") : .absent
        }
    }

    /// The member `name`; nil when there is none, or an expression gives the whole object.
    public func member(_ name: String) -> Template? {
        switch self {
        case .literal(let value): value[JSONString(name)].map { .literal($0) }
        case .object(let members): members.first { $0.key.text == name }?.value
        case .array, .path, .intrinsic, .query: nil
        }
    }

    /// The elements of a list that stands in the definition; nil for anything else.
    public var elements: [Template]? {
        switch self {
        case .literal(.array(let values)): values.map { .literal($0) }
        case .array(let elements): elements
        case .literal, .object, .path, .intrinsic, .query: nil
        }
    }
}
