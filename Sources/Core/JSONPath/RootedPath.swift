public import JSON

/// A path as a definition writes it: `$.a`, `$$.Execution.Id`, `$$`, `$name`, `$name.x[0]`.
public struct RootedPath: Sendable, Equatable {
    /// The text that was read.
    public let text: String
    public let root: PathRoot
    /// The steps from the root on, spelled with `$` in place of the root.
    public let expression: JSONPathExpression

    /// - Throws: JSONPathSyntaxError when the text starts with none of the roots, names no possible variable, or goes
    ///   on as no path does.
    public init(_ text: String) throws(JSONPathSyntaxError) {
        let (root, rest) = try Self.split(text)
        self.text = text
        self.root = root
        if case .input = root {
            expression = try JSONPathExpression(text)
            return
        }
        do throws(JSONPathSyntaxError) {
            expression = try JSONPathExpression("$" + rest)
        } catch {
            let shift = text.utf8.count - rest.utf8.count - 1
            throw JSONPathSyntaxError(message: error.message, offset: error.offset + shift)
        }
    }

    /// The root that `text` starts with and what follows it.
    private static func split(_ text: String) throws(JSONPathSyntaxError) -> (PathRoot, Substring) {
        let start = text.unicodeScalars.firstIndex { $0.value > 0x20 } ?? text.startIndex
        let body = text[start...]
        guard body.unicodeScalars.first == "$" else {
            throw JSONPathSyntaxError(message: "Invalid path '\(text)': must start with '$'", offset: 0)
        }
        let rest = body.unicodeScalars.dropFirst()
        guard let next = rest.first, next != ".", next != "[", next.value > 0x20 else {
            return (.input, Substring(rest))
        }
        if next == "$" { return (.context, Substring(rest.dropFirst())) }
        let name = String(rest.prefix { $0 != "." && $0 != "[" && $0.value > 0x20 })
        guard PathRoot.isVariableName(name) else {
            let message =
                "Invalid path '\(text)': '\(name)' can not be the name of a variable; "
                + "after '$' comes '.', '[', '$' or a name of at most \(PathRoot.variableNameLengthMax) characters"
            throw JSONPathSyntaxError(message: message, offset: 1)
        }
        return (.variable(name), Substring(rest.dropFirst(name.unicodeScalars.count)))
    }

    /// True when at most one value is at the path.
    public var isDefinite: Bool { expression.isDefinite }

    /// True when the steps are those of a Reference Path.
    public var isReferencePath: Bool { expression.isReferencePath }

    /// The value at this path.
    /// - Parameters:
    ///   - input: what `$` stands for.
    ///   - context: gives the Context Object; asked for only by `$$`.
    ///   - variable: gives a variable's value, nil when there is none.
    /// - Throws: as `JSONPathExpression.evaluate(on:)`; pathNotFound for a variable without a value.
    public func evaluate(
        input: JSONValue, context: () -> JSONValue, variable: (String) -> JSONValue?
    ) throws(JSONPathEvaluationError) -> JSONValue {
        switch root {
        case .input: return try expression.evaluate(on: input)
        case .context: return try expression.evaluate(on: context())
        case .variable(let name):
            guard let value = variable(name) else {
                throw JSONPathEvaluationError(
                    kind: .pathNotFound, message: "No value is assigned to the variable $\(name)")
            }
            return try expression.evaluate(on: value)
        }
    }
}

extension RootedPath: CustomStringConvertible {
    public var description: String { text }
}
