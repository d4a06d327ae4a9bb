public import JSON

/// A path that names exactly one place: `$`, `$.a.b`, `$['a'][0]`. ResultPath puts a state's result there.
///
/// Source: States Language § Reference Paths.
public struct ReferencePath: Sendable, Equatable {
    /// The text that was compiled.
    public let text: String
    /// The same path, to read what is there.
    public let expression: JSONPathExpression

    /// - Throws: JSONPathSyntaxError for what is no path, and for a path that can name more places than one.
    public init(_ text: String) throws(JSONPathSyntaxError) {
        expression = try JSONPathExpression(text)
        guard expression.isReferencePath else {
            throw JSONPathSyntaxError(
                message: "'\(text)' is not a Reference Path: only '.name', ['name'] and [0] may follow '$'", offset: 0)
        }
        self.text = text
    }

    /// The names of the members on the way; nil when the path passes through an array.
    public var memberNames: [String]? {
        var names: [String] = []
        for step in expression.steps {
            guard case .member(let name) = step else { return nil }
            names.append(name.text)
        }
        return names
    }

    /// `root` with `value` at this path. Missing members are made, as objects; an existing element of an array is
    /// replaced.
    /// - Throws: ResultPathError when something on the way is neither object nor array, or the array has no such
    ///   element.
    public func setting(_ value: JSONValue, in root: JSONValue) throws(ResultPathError) -> JSONValue {
        var result = root
        guard set(value, at: 0, in: &result) else {
            throw ResultPathError(message: "Unable to apply ReferencePath \(text) to input \(JSONWriter.text(root))")
        }
        return result
    }

    /// False when `target` has no place for the step at `position` or one behind it.
    private func set(_ value: JSONValue, at position: Int, in target: inout JSONValue) -> Bool {
        guard position < expression.steps.count else {
            target = value
            return true
        }
        switch (expression.steps[position], target) {
        case (.member(let name), .object(var object)):
            target = .null
            var child = object[name] ?? .object(JSONObject())
            guard set(value, at: position + 1, in: &child) else { return false }
            object[name] = child
            target = .object(object)
            return true
        case (.element(let index), .array(var elements)) where elements.indices.contains(index):
            target = .null
            guard set(value, at: position + 1, in: &elements[index]) else { return false }
            target = .array(elements)
            return true
        default:
            return false
        }
    }
}

extension ReferencePath: CustomStringConvertible {
    public var description: String { text }
}
