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
                    severity: .warning, code: .unresolvedPlaceholder,
                    message: "The placeholder \(name) is not replaced",
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

    /// The first placeholder in `text`.
    static func name(in text: String) -> String? {
        range(in: text[...]).map { String(text[$0]) }
    }

    /// `text` with a word in place of each placeholder, some of which hold colons.
    static func replaced(in text: String) -> String {
        var plain = ""
        var rest = text[...]
        while let range = range(in: rest) {
            plain += rest[..<range.lowerBound] + "placeholder"
            rest = rest[range.upperBound...]
        }
        return plain + rest
    }

    /// Where the first placeholder stands: `${`, at least one other byte, `}`.
    private static func range(in text: Substring) -> Range<Substring.Index>? {
        let bytes = text.utf8
        var start = bytes.startIndex
        while let dollar = bytes[start...].firstIndex(of: UInt8(ascii: "$")) {
            let brace = bytes.index(after: dollar)
            start = brace
            guard brace < bytes.endIndex, bytes[brace] == UInt8(ascii: "{") else { continue }
            // Without a closing brace here there is none for what follows either.
            guard let end = bytes[brace...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
            if bytes.index(after: brace) < end { return dollar..<bytes.index(after: end) }
        }
        return nil
    }
}
