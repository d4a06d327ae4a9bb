/// What was given can't be used: one sentence that says what, where, what was expected and what to do. Exit code 2.
public struct BadInput: Error, Sendable, Equatable, CustomStringConvertible {
    public var message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}
