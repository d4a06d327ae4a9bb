/// Why a text is not a path: what was found, what was expected, and where.
public struct JSONPathSyntaxError: Error, Sendable, Equatable {
    /// What is wrong, in a sentence that names the path.
    public var message: String
    /// Offset of the offending byte from the start of the path's text, from 0.
    public var offset: Int

    public init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }
}

extension JSONPathSyntaxError: CustomStringConvertible {
    public var description: String { message }
}
