import JSON

/// The members of a JSON object that somebody wrote, read with errors that name the place.
struct JSONFields {
    /// What is wrong, and where: `containerDefinitions[0].command: must be an array of strings`.
    struct Problem: Error, Equatable, CustomStringConvertible {
        var path: String
        var message: String
        var description: String { path.isEmpty ? message : "\(path): \(message)" }
    }

    let object: JSONObject
    /// Where the object stands; empty at the top.
    let path: String

    init(_ value: JSONValue?, path: String = "") throws(Problem) {
        guard case .object(let object)? = value else { throw Problem(path: path, message: "must be an object") }
        self.object = object
        self.path = path
    }

    /// The place of a member.
    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    func problem(_ key: String, _ message: String) -> Problem { Problem(path: path(of: key), message: message) }

    /// The member; nil where it is absent or null.
    func value(_ key: String) -> JSONValue? {
        guard let value = object[JSONString(key)], !value.isNull else { return nil }
        return value
    }

    func string(_ key: String) throws(Problem) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string else { throw problem(key, "must be a string") }
        return text
    }

    func requiredString(_ key: String) throws(Problem) -> String {
        guard let text = try string(key), !text.isEmpty else { throw problem(key, "is missing: a string is needed") }
        return text
    }

    func bool(_ key: String) throws(Problem) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let bool = value.bool else { throw problem(key, "must be true or false") }
        return bool
    }

    func integer(_ key: String) throws(Problem) -> Int64? {
        guard let value = value(key) else { return nil }
        guard let integer = value.number?.int64 else { throw problem(key, "must be an integer") }
        return integer
    }

    /// A number of seconds that is not negative and at most a year.
    func seconds(_ key: String) throws(Problem) -> Int64? {
        guard let seconds = try integer(key) else { return nil }
        guard (0...31_536_000).contains(seconds) else { throw problem(key, "must be seconds from 0 to 31536000") }
        return seconds
    }

    /// A string, or a number as its digits: ECS takes cpu and memory in both forms.
    func digits(_ key: String) throws(Problem) -> String? {
        guard let value = value(key) else { return nil }
        if let text = value.string { return text }
        guard let number = value.number else { throw problem(key, "must be a string or a number") }
        return number.text
    }

    /// An array of strings; nil where it is absent.
    func strings(_ key: String) throws(Problem) -> [String]? {
        guard let value = value(key) else { return nil }
        guard let elements = value.array else { throw problem(key, "must be an array of strings") }
        var strings: [String] = []
        for element in elements {
            guard let text = element.string else { throw problem(key, "must be an array of strings") }
            strings.append(text)
        }
        return strings
    }

    /// An array of objects; empty where it is absent.
    func objects(_ key: String) throws(Problem) -> [JSONFields] {
        guard let value = value(key) else { return [] }
        guard let elements = value.array else { throw problem(key, "must be an array of objects") }
        var objects: [JSONFields] = []
        for (index, element) in elements.enumerated() {
            objects.append(try JSONFields(element, path: "\(path(of: key))[\(index)]"))
        }
        return objects
    }

    /// An array of `{name, value}` objects; empty where it is absent.
    func pairs(_ key: String, name: String, value: String) throws(Problem) -> [NameValue] {
        var pairs: [NameValue] = []
        for fields in try objects(key) {
            pairs.append(NameValue(name: try fields.requiredString(name), value: try fields.string(value) ?? ""))
        }
        return pairs
    }
}
