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
