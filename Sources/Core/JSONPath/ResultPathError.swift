/// Why a value can't be put at a Reference Path: States.ResultPathMatchFailure.
public struct ResultPathError: Error, Sendable, Equatable {
    /// AWS's text, which names the path and the input.
    public var message: String

    public init(message: String) {
        self.message = message
    }
}

extension ResultPathError: CustomStringConvertible {
    public var description: String { message }
}
