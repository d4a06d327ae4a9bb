public import JSON

/// A compiled JSONPath in the dialect of Jayway JsonPath 2.0.0, which Step Functions runs.
///
/// Definite paths (members and single elements only) give a value; all others give an array, empty when nothing
/// matches.
public struct JSONPathExpression: Sendable, Equatable {
    /// The text that was compiled.
    public let text: String
    /// In order from the root.
    let steps: [PathStep]
    /// True when the path leads to at most one value: no `..`, `*`, slice, filter or list of indices.
    public let isDefinite: Bool

    /// Compiles `text`: `$` followed by steps. White space round it is ignored.
    /// - Throws: JSONPathSyntaxError for a text that Jayway refuses, or that exceeds `JSONPathLimits`.
    public init(_ text: String) throws(JSONPathSyntaxError) {
        try self.init(text, root: UInt8(ascii: "$"))
    }

    /// - Parameter root: `$` or, inside a filter, `@`.
    init(_ text: String, root: UInt8) throws(JSONPathSyntaxError) {
        let steps = try PathCompiler.compile(text, root: root)
        self.text = text
        self.steps = steps
        isDefinite = steps.allSatisfy(\.isDefinite)
    }

    /// True for a Reference Path: single members and non-negative single elements, so that it names one place in a
    /// document, and no
    /// character outside quotes that is an operator elsewhere (`@ , : ? *` and parentheses).
    /// Source: States Language § Reference Paths.
    public var isReferencePath: Bool {
        steps.allSatisfy(\.isReference) && !hasOperator
    }

    /// True where an operator's character stands outside quotes.
    private var hasOperator: Bool {
        var isQuoted = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: "'") { isQuoted.toggle() }
            if !isQuoted, "@,:?*()".utf8.contains(byte) { return true }
        }
        return false
    }

    /// The value at a definite path, or the array of all values at an indefinite one.
    /// - Parameter root: the document that `$` stands for.
    /// - Throws: JSONPathEvaluationError with Jayway's message when a definite path leads nowhere, and for some misses
    ///   below
    ///   wildcards and slices of objects, as Jayway does.
    public func evaluate(on root: JSONValue) throws(JSONPathEvaluationError) -> JSONValue {
        if isDefinite { return try DefinitePath.evaluate(steps[...], on: root) }
        var evaluator = PathEvaluator(steps: steps, document: root)
        return .array(try evaluator.evaluate())
    }
}

extension JSONPathExpression: CustomStringConvertible {
    public var description: String { text }
}
