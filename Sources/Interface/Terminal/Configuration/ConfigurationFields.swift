import JSON
import StatesLanguage

/// The members of one object of a configuration file, read with errors that name place, key and what was meant.
struct ConfigurationFields {
    let document: YAMLDocument
    let name: String
    let path: DefinitionPath
    let object: JSONObject

    /// - Parameter known: the keys there are.
    /// - Throws: for what is no object, and for an unknown key.
    init(
        _ value: JSONValue, _ document: YAMLDocument, name: String, path: DefinitionPath, known: [String]?
    ) throws(BadInput) {
        self.document = document
        self.name = name
        self.path = path
        switch value {
        case .object(let object): self.object = object
        // `functions:` without anything below it.
        case .null: self.object = JSONObject()
        case .bool, .number, .string, .array:
            let key = path.steps.isEmpty ? "The file" : "\"\(Self.dotted(path))\""
            throw Self.problem(document, name, path, "\(key) must be an object with keys")
        }
        guard let known else { return }
        for member in self.object where !known.contains(member.key.text) {
            let place = path.appending(member.key.text)
            let hint =
                SpellingSuggestion.hint(for: member.key.text, among: known)
                ?? "known are \(known.joined(separator: ", "))"
            throw Self.problem(document, name, place, "unknown key \"\(Self.dotted(place))\"; \(hint)")
        }
    }

    func child(_ key: String, known: [String]?) throws(BadInput) -> ConfigurationFields {
        try ConfigurationFields(
            object[JSONString(key)] ?? .null, document, name: name, path: path.appending(key), known: known)
    }

    /// The objects of a list; none when the key is absent.
    func children(_ key: String, known: [String]?) throws(BadInput) -> [ConfigurationFields] {
        guard let value = value(key) else { return [] }
        guard case .array(let list) = value else { throw problem(key, "must be a list") }
        var children: [ConfigurationFields] = []
        for (index, item) in list.enumerated() {
            let place = path.appending(key).appending(index)
            children.append(try ConfigurationFields(item, document, name: name, path: place, known: known))
        }
        return children
    }

    func string(_ key: String) throws(BadInput) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = Self.text(value) else { throw problem(key, "must be a string") }
        return text
    }

    func bool(_ key: String) throws(BadInput) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let bool = value.bool else { throw problem(key, "must be true or false") }
        return bool
    }

    func strings(_ key: String) throws(BadInput) -> [String]? {
        guard let value = value(key) else { return nil }
        let texts = value.array?.map(Self.text)
        guard let texts, !texts.contains(nil) else { throw problem(key, "must be a list of strings, e.g. [a, b]") }
        return texts.compactMap { $0 }
    }

    func problem(_ key: String, _ message: String) -> BadInput {
        let place = path.appending(key)
        return Self.problem(document, name, place, "\"\(Self.dotted(place))\" \(message)")
    }

    private func value(_ key: String) -> JSONValue? {
        guard let value = object[JSONString(key)], !value.isNull else { return nil }
        return value
    }

    /// A number stands for its digits: nobody should have to quote an account or a port.
    private static func text(_ value: JSONValue) -> String? { value.string ?? value.number?.text }

    private static func dotted(_ path: DefinitionPath) -> String {
        path.steps.map { step in
            switch step {
            case .key(let key): key
            case .index(let index): "\(index)"
            }
        }.joined(separator: ".")
    }

    private static func problem(
        _ document: YAMLDocument, _ name: String, _ path: DefinitionPath, _ message: String
    ) -> BadInput {
        if let variable = document.variable(at: path) { return BadInput("\(variable): \(message).") }
        let position = document.position(of: path)
        return BadInput("\(name):\(position.line):\(position.column): \(message).")
    }
}
