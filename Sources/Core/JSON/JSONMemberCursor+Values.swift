extension JSONMemberCursor {
    /// What the value at the position is, by its first byte.
    public var kind: Kind? {
        guard parser.position < parser.input.count else { return nil }
        return switch parser.input[parser.position] {
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "n"): .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number
        default: nil
        }
    }

    /// The members of the object at the position, which has to be left before anything else is asked for.
    @_lifetime(copy self)
    public func object() throws(JSONSyntaxError) -> JSONMemberCursor {
        try JSONMemberCursor(parser.input, at: parser.position)
    }

    /// Goes behind an object that `object()` gave, whose rest is passed over.
    public mutating func leave(_ object: consuming JSONMemberCursor) throws(JSONSyntaxError) {
        parser.position = try object.finish()
    }

    /// A string's text, a lone surrogate read as U+FFFD.
    /// - Precondition: a string is at the position.
    public mutating func readString() throws(JSONSyntaxError) -> String {
        do {
            return try parser.parseString().text
        } catch {
            throw syntaxError()
        }
    }

    /// Where a string's text stands in the input, as it is written, without its quotes.
    /// - Precondition: a string is at the position.
    public mutating func readQuoted() throws(JSONSyntaxError) -> Range<Int> {
        let begin = parser.position + 1
        do {
            try parser.skipString()
        } catch {
            throw syntaxError()
        }
        return begin..<(parser.position - 1)
    }

    /// Passes over a string that is written with just these bytes.
    /// - Parameter known: what stood between the quotes of a string that was read.
    /// - Returns: false, and stays, when it is another.
    public mutating func skip(quoted known: Span<UInt8>) -> Bool {
        let end = parser.position + 1 + known.count
        guard end < parser.input.count, parser.input[parser.position] == UInt8(ascii: "\""),
            parser.input[end] == UInt8(ascii: "\""),
            parser.input.extracting((parser.position + 1)..<end).hasSameBytes(as: known)
        else { return false }
        parser.position = end + 1
        return true
    }

    /// A number.
    /// - Precondition: one is at the position.
    public mutating func readNumber() throws(JSONSyntaxError) -> JSONNumber {
        do {
            return try parser.parseNumber()
        } catch {
            throw syntaxError()
        }
    }

    /// A number times a thousand, rounded to the nearest integer, e.g. milliseconds of seconds; nil when Int64 can't hold it.
    /// - Precondition: a number is at the position.
    public mutating func readThousandths() throws(JSONSyntaxError) -> Int64? {
        let begin = parser.position
        let number = try readNumber()
        if let exact = thousandths(from: begin, to: parser.position) { return exact }
        return Int64(exactly: (number.double * 1_000).rounded())
    }

    /// Without floating point: of at most 17 digits, three of them behind the point.
    private func thousandths(from begin: Int, to end: Int) -> Int64? {
        guard end - begin <= 18 else { return nil }
        var value: Int64 = 0
        var digitsBehind = -1
        for offset in begin..<end {
            let digit = parser.input[offset] &- UInt8(ascii: "0")
            if digit < 10, digitsBehind < 3 {
                value = value &* 10 &+ Int64(digit)
                if digitsBehind >= 0 { digitsBehind += 1 }
            } else if parser.input[offset] == UInt8(ascii: "."), digitsBehind < 0 {
                digitsBehind = 0
            } else {
                return nil
            }
        }
        for _ in max(digitsBehind, 0)..<3 {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            value = product
        }
        return value
    }

    /// The bytes that the ranges of `readQuoted` are of.
    public var input: Span<UInt8> {
        @_lifetime(copy self) get { parser.input }
    }
}
