public import JSON
public import JSONPath

/// A payload template, compiled: what `Parameters`, `ResultSelector`, `ItemSelector`, `Assign`, `Arguments` and `Output` hold.
public indirect enum Template: Sendable {
    /// A subtree without any expression; it is shared, not built again.
    case literal(JSONValue)
    case object([(key: JSONString, value: Template)])
    case array([Template])
    /// JSONPath mode, `"key.$": "$.a"`. `field` is the key as written, with `.$`; the key in the object is without it.
    case path(RootedPath, field: String)
    /// JSONPath mode, `"key.$": "States.Format(…)"`.
    case intrinsic(IntrinsicCall, field: String)
    /// JSONata mode, `{% … %}`.
    case query(QueryExpression)
}

/// A JSONata expression in a definition.
public struct QueryExpression: Sendable {
    /// Without the delimiters `{%` and `%}`.
    public let text: String
    /// Where it stands, relative to the state, as AWS's messages name it: `Output/result`, `Arguments/Items[0]`, `Choices[0]/Condition`.
    public let field: String

    public init(text: String, field: String) {
        self.text = text
        self.field = field
    }
}
