public import JSONPath

/// `InputPath`, `OutputPath`, `ItemsPath`: a path, or `null`.
public enum PathField: Sendable {
    /// The default, `$`.
    case whole
    /// `null`: the empty object stands for the value.
    case discard
    case path(RootedPath)
}

/// `ResultPath`.
public enum ResultPathField: Sendable {
    /// The default, `$`: the result replaces the input.
    case whole
    /// `null`: the result is dropped, the input goes on.
    case discard
    case path(ReferencePath)
}

/// A number that stands in the definition, or that a path or an expression gives.
public enum NumberField: Sendable {
    case value(Double)
    /// `field` is the name as AWS's messages spell it, e.g. `TimeoutSecondsPath`.
    case path(RootedPath, field: String)
    case query(QueryExpression)
}

/// A text that stands in the definition, or that a path, an intrinsic function or an expression gives.
public enum TextField: Sendable {
    case value(String)
    case path(RootedPath, field: String)
    case intrinsic(IntrinsicCall, field: String)
    case query(QueryExpression)
}
