/// Why a text is not JSON: what was found, where, and what was expected.
public struct JSONSyntaxError: Error, Sendable, Equatable {
    /// What is wrong, in the words that AWS (Jackson) uses, without the place.
    public var message: String
    /// Offset of the offending byte from the start of the text, from 0.
    public var offset: Int
    /// The line of the offending character, from 1. Lines end with `\n`, `\r` or both.
    public var line: Int
    /// From 1, in characters (Unicode scalars).
    public var column: Int
    /// The line where AWS's parser stands when it gives up, which is behind what it has read; from 1.
    public var parserLine: Int
    /// The column where AWS's parser stands when it gives up; from 1, in UTF-16 units.
    public var parserColumn: Int

    /// - Parameters:
    ///   - parserLine: `line`, unless given.
    ///   - parserColumn: `column`, unless given.
    public init(message: String, offset: Int, line: Int, column: Int, parserLine: Int? = nil, parserColumn: Int? = nil)
    {
        self.message = message
        self.offset = offset
        self.line = line
        self.column = column
        self.parserLine = parserLine ?? line
        self.parserColumn = parserColumn ?? column
    }

    /// The place as AWS's diagnostics name it: `[Source: (String)"…"; line: 1, column: 4]`.
    /// - Parameter text: what was parsed. Its first 500 UTF-16 units are shown.
    public func sourceLocation(in text: String) -> String {
        JSONDiagnosis.source(text.utf8Span.span, line: parserLine, column: parserColumn)
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    public var description: String { "line \(line), column \(column): \(message)" }
}
