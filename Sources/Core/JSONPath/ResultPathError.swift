/// Why a value can't be put at a Reference Path: States.ResultPathMatchFailure.
public struct ResultPathError: Error, Sendable, Equatable {
    /// What stands in the way, and where.
    public var message: String

    public init(message: String) {
        self.message = message
    }
}

extension ResultPathError: CustomStringConvertible {
    public var description: String { message }
}
