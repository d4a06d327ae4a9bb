public import JSON

/// What an expression of a state is evaluated on.
public struct EvaluationInput: Sendable {
    /// JSONPath: what `$` stands for. JSONata: `$states.input`.
    public var document: JSONValue
    /// JSONata: `$states.result`, once there is one.
    public var result: JSONValue?
    /// JSONata: `$states.errorOutput`, in a catcher.
    public var errorOutput: JSONValue?

    public init(_ document: JSONValue, result: JSONValue? = nil, errorOutput: JSONValue? = nil) {
        self.document = document
        self.result = result
        self.errorOutput = errorOutput
    }
}
