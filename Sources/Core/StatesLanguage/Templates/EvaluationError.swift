/// Why an expression of a state has no value.
public struct EvaluationError: Error, Sendable, Equatable {
    /// An ASL error name, e.g. `States.Runtime`.
    public var name: String
    /// AWS's text, without "An error occurred while executing the state …".
    public var cause: String
    /// JSONata: the field, e.g. `Output/result`; it is the `location` of an EvaluationFailed event.
    public var location: String?

    public init(name: String = "States.Runtime", cause: String, location: String? = nil) {
        self.name = name
        self.cause = cause
        self.location = location
    }
}
