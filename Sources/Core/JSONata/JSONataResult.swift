public import JSON

/// What an expression evaluates to.
public enum JSONataResult: Sendable, Equatable {
    /// Nothing: not null, which is a value.
    case undefined
    case value(JSONValue)
    /// A function, which has no JSON form.
    case function
}
