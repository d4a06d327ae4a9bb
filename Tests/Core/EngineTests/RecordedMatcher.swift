import Foundation
import JSON

/// Compares what the engine wrote with what was recorded from AWS, by the corpus's rules: placeholders stand for any text, the same text
/// wherever they come again. Source: conformance/compare.py and aws-recorded/PLACEHOLDERS.md.
struct RecordedMatcher {
    private var bound: [String: String] = [:]
    private let replacements: [(NSRegularExpression, String)]
    private let volatile: Set<String>
    private let extraAllowed: Set<String>

    /// - Parameter recorded: a case of the corpus.
    init(case recorded: JSONValue) {
        var replacements: [(NSRegularExpression, String)] = []
        var volatile: Set<String> = []
        for transformer in recorded["transformers"]?.array ?? [] {
            guard let shown = transformer["replacement"]?.string else { continue }
            if transformer["kind"]?.string == "regex", let pattern = transformer["pattern"]?.string {
                let escaped = NSRegularExpression.escapedPattern(for: pattern)
                if let regex = (try? NSRegularExpression(pattern: pattern))
                    ?? (try? NSRegularExpression(pattern: escaped))
                {
                    replacements.append((regex, shown))
                }
            } else if let path = transformer["path"]?.string, transformer["reference"]?.bool == false {
                let last = path.split(whereSeparator: { ".[]'\"".contains($0) }).last.map(String.init) ?? ""
                volatile.insert("\(last)\u{0}\(shown)")
            }
        }
        self.replacements = replacements
        self.volatile = volatile
        extraAllowed = Self.laterFields(recorded["source"]?["recorded"]?.string ?? "")
    }

    /// Fields that AWS has added since the recording was made.
    private static func laterFields(_ recorded: String) -> Set<String> {
        let parts = recorded.prefix(10).split(separator: "-")
        guard parts.count == 3 else { return [] }
        let day = parts.reversed().joined(separator: "-")
        let since = ["redriveCount": "2023-11-15", "redriveStatus": "2023-11-15", "RedriveCount": "2023-11-15"]
        return Set(since.filter { day < $0.value }.keys)
    }

    // MARK: - Values

    /// - Returns: nil when equal, else where and how they differ.
    mutating func difference(
        _ expected: JSONValue, _ actual: JSONValue, at path: String = "$", key: String = ""
    ) -> String? {
        let unparsed = actual
        var actual = actual
        if case .object = expected, let text = actual.string, text.hasPrefix("{"),
            let parsed = try? JSONParser.parse(text)
        {
            actual = parsed
        }
        // Some recordings have an array where the output was one.
        if case .array = expected, let text = actual.string, text.hasPrefix("["),
            let parsed = try? JSONParser.parse(text)
        {
            actual = parsed
        }
        switch expected {
        case .object(let members):
            guard case .object(let found) = actual else {
                return "\(path): expected an object, not \(Self.shown(actual))"
            }
            return difference(members, found, at: path)
        case .array(let items):
            guard case .array(let found) = actual else {
                return "\(path): expected \(Self.shown(expected)), not \(Self.shown(actual))"
            }
            if items.count != found.count { return "\(path): \(found.count) items, not \(items.count)" }
            for (index, (item, other)) in zip(items, found).enumerated() {
                if let problem = difference(item, other, at: "\(path)[\(index)]", key: key) { return problem }
            }
            return nil
        case .string(let string):
            return matches(string.text, unparsed, key) ? nil : Self.unequal(expected, unparsed, path)
        case .number(let number):
            guard case .number(let other) = actual else { return Self.unequal(expected, actual, path) }
            if key == "billedDurationInMilliseconds" { return nil }
            if JSONWriter.text(expected) == JSONWriter.text(actual) { return nil }
            let isSameKind = Self.isFraction(expected) == Self.isFraction(actual)
            return isSameKind && number.double == other.double ? nil : Self.unequal(expected, actual, path)
        case .null, .bool: return expected == actual ? nil : Self.unequal(expected, actual, path)
        }
    }

    private mutating func difference(_ expected: JSONObject, _ actual: JSONObject, at path: String) -> String? {
        var left = Dictionary(actual.members.map { ($0.key.text, $0.value) }, uniquingKeysWith: { $1 })
        let names = Set(expected.members.map(\.key.text))
        for member in expected.members {
            let name = member.key.text
            if let value = left.removeValue(forKey: name) {
                if let problem = difference(member.value, value, at: "\(path).\(name)", key: name) { return problem }
            } else if name.contains("<"),
                let other = left.keys.sorted().first(where: { !names.contains($0) && stands(name, for: $0) }),
                let value = left.removeValue(forKey: other)
            {
                if let problem = difference(member.value, value, at: "\(path).\(name)", key: name) { return problem }
            } else {
                return "\(path).\(name): missing, expected \(Self.shown(member.value))"
            }
        }
        if let extra = left.keys.sorted().first(where: { !extraAllowed.contains($0) }) {
            return "\(path).\(extra): not in the recording"
        }
        return nil
    }

    /// True when no two values differ; what placeholders stand for is forgotten unless they match.
    mutating func trial(_ expected: JSONValue, _ actual: JSONValue) -> Bool {
        let saved = bound
        if difference(expected, actual) == nil { return true }
        bound = saved
        return false
    }

    // MARK: - Texts

    private mutating func matches(_ expected: String, _ actual: JSONValue, _ key: String) -> Bool {
        if volatile.contains("\(key)\u{0}\(expected)") { return true }
        let isTime = key.lowercased().contains("timestamp")
        guard let text = actual.string else {
            if isTime, expected == "timestamp" { return true }
            switch actual {
            case .object, .array: return isPlaceholder(expected)
            default: return expected.contains("<") && stands(expected, for: JSONWriter.text(actual))
            }
        }
        if text.hasPrefix("{"), isPlaceholder(expected), (try? JSONParser.parse(text)) != nil { return true }
        if isTime, expected == "timestamp",
            Self.dateTime.firstMatch(in: text, options: .anchored, range: Self.whole(text)) == nil
        {
            return true
        }
        var replaced = text
        for (regex, shown) in replacements {
            replaced = regex.stringByReplacingMatches(
                in: replaced, range: Self.whole(replaced), withTemplate: NSRegularExpression.escapedTemplate(for: shown)
            )
        }
        if stands(expected, for: Self.general(replaced)) { return true }
        return replaced != text && stands(expected, for: Self.general(text))
    }

    /// Whether the recorded text, placeholders and all, stands for the actual one.
    private mutating func stands(_ expected: String, for actual: String) -> Bool {
        if expected == actual { return true }
        let tokens = Self.placeholder.matches(in: expected, range: Self.whole(expected))
        guard !tokens.isEmpty else { return false }
        var (pattern, last, names) = ("", 0, [String]())
        let text = expected as NSString
        for token in tokens {
            let before = text.substring(with: NSRange(location: last, length: token.range.location - last))
            pattern += NSRegularExpression.escapedPattern(for: before)
            let name = text.substring(with: token.range)
            let literal = NSRegularExpression.escapedPattern(for: name)
            if name == "<partition>" || name == "<region>" {
                pattern += "(?:\(literal)|[a-z0-9-]+)"
            } else if let value = bound[name] {
                pattern += "(?:\(NSRegularExpression.escapedPattern(for: value))|\(literal))"
            } else if let index = names.firstIndex(of: name) {
                pattern += "\\k<g\(index)>"
            } else {
                pattern += "(?<g\(names.count)>.+?)"
                names.append(name)
            }
            last = token.range.upperBound
        }
        pattern += NSRegularExpression.escapedPattern(for: text.substring(from: last))
        guard let regex = try? NSRegularExpression(pattern: "\\A(?:\(pattern))\\z", options: .dotMatchesLineSeparators),
            let match = regex.firstMatch(in: actual, range: Self.whole(actual))
        else { return false }
        for (index, name) in names.enumerated() {
            bound[name] = (actual as NSString).substring(with: match.range(withName: "g\(index)"))
        }
        return true
    }

    private func isPlaceholder(_ text: String) -> Bool {
        Self.placeholder.firstMatch(in: text, range: Self.whole(text))?.range == Self.whole(text)
    }

    /// What the recorder does to every text.
    private static func general(_ text: String) -> String {
        var out = dateTime.stringByReplacingMatches(in: text, range: whole(text), withTemplate: "date")
        out = out.replacingOccurrences(of: "us-east-1", with: "<region>")
        return partition.stringByReplacingMatches(in: out, range: whole(out), withTemplate: "arn:<partition>:")
    }

    private static func regex(_ pattern: String) -> NSRegularExpression {
        do {
            return try NSRegularExpression(pattern: pattern)
        } catch {
            preconditionFailure("The pattern \(pattern) is a constant: \(error)")
        }
    }

    private static let dateTime = regex(
        "[1-9]\\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-][01]\\d:?(?:[0-5]\\d)?)"
    )
    private static let placeholder = regex("<<[A-Za-z_]+>:\\d+>|<[A-Za-z][A-Za-z0-9_.\\- ]*(?::\\d+)?>")
    private static let partition = regex("\\barn:aws[\\w-]*:")

    private static func whole(_ text: String) -> NSRange { NSRange(location: 0, length: (text as NSString).length) }

    private static func isFraction(_ value: JSONValue) -> Bool {
        JSONWriter.text(value).contains { ".eE".contains($0) }
    }

    private static func shown(_ value: JSONValue) -> String { String(JSONWriter.text(value).prefix(300)) }

    private static func unequal(_ expected: JSONValue, _ actual: JSONValue, _ path: String) -> String {
        "\(path): expected \(shown(expected)), not \(shown(actual))"
    }
}
