/// What stands for a Lambda function on this machine.
public enum LambdaTarget: Sendable, Equatable {
    /// A program: the event as JSON on its standard input, the result as JSON on its standard output. An exit status other
    /// than 0 fails the invocation; a JSON object `{errorType, errorMessage}` on its standard error or output says how.
    /// - Parameter workingDirectory: relative to the configured one; nil for that one.
    case command([String], workingDirectory: String?)
    /// An address that the event is posted to, e.g. a runtime interface emulator's; `http` only.
    case url(String)
}
