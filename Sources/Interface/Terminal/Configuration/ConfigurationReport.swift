public import JSON
import StatesLanguage

/// Every value that holds, and where it comes from: `steplog config show`. Secrets are never in it.
public struct ConfigurationReport: Sendable {
    /// One value.
    public struct Row: Sendable, Equatable {
        public var key: String
        public var value: String
        /// `FILE:LINE`, a variable of the environment, or `default`.
        public var source: String
    }

    public private(set) var rows: [Row] = []

    /// - Parameter document: the file with the environment laid over it.
    init(_ document: YAMLDocument, name: String) {
        for key in ConfigurationKey.all {
            let found = key.steps.reduce(document.value as JSONValue?) { $0?.object?[JSONString($1)] }
            if let found, !found.isNull {
                rows.append(row(key.steps, found, document, name))
            } else {
                rows.append(Row(key: key.name, value: key.defaultText, source: "default"))
            }
        }
        addOthers(document.value, [], document, name)
    }

    /// Tables of lines, and JSON: `[{"key", "value", "source"}]`.
    public var lines: [String] {
        TextTable.lines([["KEY", "VALUE", "SOURCE"]] + rows.map { [$0.key, $0.value, $0.source] })
    }

    public var json: JSONValue {
        .array(rows.map { ["key": .string($0.key), "value": .string($0.value), "source": .string($0.source)] })
    }

    /// Maps and lists whose keys are the user's.
    private mutating func addOthers(_ value: JSONValue, _ steps: [String], _ document: YAMLDocument, _ name: String) {
        if ConfigurationKey.all.contains(where: { $0.steps == steps }) { return }
        switch value {
        case .object(let object):
            for member in object { addOthers(member.value, steps + [member.key.text], document, name) }
        case .null: break
        case .array, .bool, .number, .string: rows.append(row(steps, value, document, name))
        }
    }

    private func row(_ steps: [String], _ value: JSONValue, _ document: YAMLDocument, _ name: String) -> Row {
        var path = DefinitionPath.root
        for step in steps { path = path.appending(step) }
        let source = document.variable(at: path) ?? "\(name):\(document.position(of: path).line)"
        let text = Self.isSecret(steps) ? "(not shown)" : Self.text(value)
        return Row(key: steps.joined(separator: "."), value: text, source: source)
    }

    private static func text(_ value: JSONValue) -> String {
        if let list = value.array, list.allSatisfy({ $0.string != nil }) {
            return list.isEmpty ? "[]" : list.compactMap(\.string).joined(separator: ", ")
        }
        return value.string ?? JSONWriter.text(value)
    }

    private static let secretWords = ["password", "secret", "token", "credential", "private", "jaas", "pem", "apikey"]

    /// Names that may hold what nobody should read. `tasks.secretsDirectory` and files of secrets are only paths.
    static func isSecret(_ steps: [String]) -> Bool {
        guard let name = steps.last?.lowercased(), steps != ["tasks", "secretsDirectory"], name != "file" else {
            return false
        }
        let isFree = steps.starts(with: ["tasks", "environment"]) || steps.starts(with: ["kafka", "properties"])
        return isFree
            && (secretWords.contains { name.contains($0) } || name == "sasl.oauthbearer.config"
                || name.hasSuffix("_key"))
    }
}
