/// Why a text is not JSON: what was found, where, and what was expected.
public struct JSONSyntaxError: Error, Sendable, Equatable {
    /// What is wrong, in the words that AWS (Jackson) uses, without the place.
    public var message: String
    /// Offset of the offending byte from the start of the text, from 0.
    public var offset: Int
    /// From 1.
    public var line: Int
    /// From 1, in characters (Unicode scalars).
    public var column: Int

    public init(message: String, offset: Int, line: Int, column: Int) {
        self.message = message
        self.offset = offset
        self.line = line
        self.column = column
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    public var description: String { "line \(line), column \(column): \(message)" }
}
