/// A file of AWS's command line: `~/.aws/config` or `~/.aws/credentials`.
///
///     [profile work]
///     region = eu-west-1
///     services = local
///
///     [services local]
///     sfn =
///       endpoint_url = http://127.0.0.1:8083
///
/// Source: AWS SDKs and Tools Reference Guide, shared config and credentials files.
public struct ProfileFile: Sendable, Equatable {
    /// Keys and values by section, as the brackets name it; a nested key is `sfn.endpoint_url`.
    private var sections: [String: [String: String]] = [:]

    /// Lines that are neither section, setting nor comment are passed over, as AWS's own tools do.
    public init(_ text: String) {
        var section: String?
        var parent: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let content = Self.trimmed(line)
            guard let first = content.first, first != "#", first != ";" else { continue }
            if first == "[" {
                let name = content.dropFirst().prefix { $0 != "]" }.split(whereSeparator: \.isWhitespace)
                section = name.joined(separator: " ")
                parent = nil
                continue
            }
            guard let section, let equals = content.firstIndex(of: "=") else { continue }
            let key = Self.trimmed(content[..<equals]).lowercased()
            let value = String(Self.trimmed(content[content.index(after: equals)...]))
            if line.first?.isWhitespace == true {
                if let parent { sections[section, default: [:]]["\(parent).\(key)"] = value }
            } else {
                parent = value.isEmpty ? key : nil
                sections[section, default: [:]][key] = value
            }
        }
    }

    /// The settings of a section; nil when there is none of that name.
    public func section(_ name: String) -> [String: String]? { sections[name] }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...last]
    }
}
