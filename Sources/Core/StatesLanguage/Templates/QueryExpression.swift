import JSONata

/// A JSONata expression in a definition, compiled.
public struct QueryExpression: Sendable {
    /// Without the delimiters `{%` and `%}`.
    public let text: String
    /// Where it stands, relative to the state, as AWS's messages name it: `Output/result`, `Arguments/Items[0]`,
    /// `Choices[0]/Condition`.
    public let field: String
    let compiled: Compiled

    /// An expression with a fault is kept as well: `refusals` tells the fault, and evaluating it fails with it.
    enum Compiled: Sendable {
        case expression(JSONataExpression)
        case fault(JSONataError)
    }

    public init(text: String, field: String) {
        self.text = text
        self.field = field
        do {
            compiled = .expression(try JSONataExpression(text))
        } catch {
            compiled = .fault(error)
        }
    }

    /// - Parameter text: with its delimiters.
    /// - Returns: nil for text that does not start with `{%` and end with `%}`: it is a plain string.
    /// Source: Step Functions Developer Guide § Transforming data with JSONata: no blank before `{%` nor behind `%}`.
    public init?(delimited text: String, field: String) {
        guard text.utf8.count >= 4, text.hasPrefix("{%"), text.hasSuffix("%}") else { return nil }
        self.init(text: String(text.dropFirst(2).dropLast(2)), field: field)
    }
}
