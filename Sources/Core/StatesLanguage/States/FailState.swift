/// Ends its execution, branch or iteration as a failure.
public struct FailState: Sendable {
    /// `Error` or `ErrorPath`.
    public let error: TextField?
    /// `Cause` or `CausePath`.
    public let cause: TextField?

    public init(error: TextField?, cause: TextField?) {
        self.error = error
        self.cause = cause
    }
}
