import JSON

/// Finds what a deployment tool was to replace: `${Name}`.
enum PlaceholderCheck {
    /// The first placeholder in a string, e.g. `${Topic.Arn}`; nil when there is none.
    static func name(in value: JSONValue) -> String? {
        guard case .string(let string) = value else { return nil }
        return name(in: string.text)
    }

    /// A warning for each string under `value` that holds a placeholder.
    static func warnings(in value: JSONValue, at path: DefinitionPath = .root) -> [Diagnostic] {
        switch value {
        case .string:
            guard let name = name(in: value) else { return [] }
            return [
                Diagnostic(
                    severity: .warning, code: .unresolvedPlaceholder, message: "The placeholder \(name) is not replaced",
                    location: path.text, path: path)
            ]
        case .array(let elements):
            return elements.enumerated().flatMap { warnings(in: $1, at: path.appending($0)) }
        case .object(let object):
            return object.members.flatMap { warnings(in: $0.value, at: path.appending($0.key.text)) }
        case .null, .bool, .number:
            return []
        }
    }

    static func name(in text: String) -> String? {
        let bytes = text.utf8
        guard var start = bytes.firstIndex(of: UInt8(ascii: "$")) else { return nil }
        while true {
            let next = bytes.index(after: start)
            if next < bytes.endIndex, bytes[next] == UInt8(ascii: "{"),
                let end = bytes[next...].firstIndex(of: UInt8(ascii: "}")), bytes.distance(from: next, to: end) > 1
            {
                return String(text[start...end])
            }
            guard let following = bytes[next...].firstIndex(of: UInt8(ascii: "$")) else { return nil }
            start = following
        }
    }
}
