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
        if let exact = shortThousandths() { return exact }
        let number = try readNumber()
        if let integer = number.int64 {
            let (product, overflows) = integer.multipliedReportingOverflow(by: 1_000)
            return overflows ? nil : product
        }
        return Int64(exactly: (number.double * 1_000).rounded())
    }

    /// Without floating point, as times are written: at most 15 digits, and behind a point at most three; nil for any other number.
    private mutating func shortThousandths() -> Int64? {
        var (value, offset): (Int64, Int) = (0, parser.position)
        let whole = skipDigits(&value, &offset)
        guard whole > 0, whole <= 15, whole == 1 || parser.input[parser.position] != UInt8(ascii: "0") else {
            return nil
        }
        var behind = 0
        if offset < parser.input.count, parser.input[offset] == UInt8(ascii: ".") {
            offset += 1
            behind = skipDigits(&value, &offset)
            guard behind > 0 else { return nil }
        }
        guard behind <= 3, offset < parser.input.count, parser.input[offset] | 0x20 != UInt8(ascii: "e") else {
            return nil
        }
        parser.position = offset
        return value &* (behind == 3 ? 1 : behind == 2 ? 10 : behind == 1 ? 100 : 1_000)
    }

    /// - Returns: how many there are; of more than 19 the value is wrong.
    @inline(__always)
    private func skipDigits(_ value: inout Int64, _ offset: inout Int) -> Int {
        let begin = offset
        while offset < parser.input.count {
            let digit = parser.input[offset] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value &* 10 &+ Int64(digit)
            offset += 1
        }
        return offset - begin
    }

    /// The bytes that the ranges of `readQuoted` are of.
    public var input: Span<UInt8> {
        @_lifetime(copy self) get { parser.input }
    }
}
