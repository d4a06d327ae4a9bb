// MARK: - Numbers

extension JSONParser {
    mutating func parseNumber() throws(Malformed) -> JSONNumber {
        let start = position
        if let integer = try skipNumber() { return .integer(integer) }
        return .literal(asciiText(start, position))
    }

    /// Skips a number.
    /// - Returns: its value, when it is just an integer of at most 18 digits, without `-0`.
    mutating func skipNumber() throws(Malformed) -> Int64? {
        let isNegative = input[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let firstDigit = position
        var value: Int64 = 0
        while position < input.count {
            let digit = input[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value &* 10 &+ Int64(digit)
            position += 1
        }
        let digits = position - firstDigit
        guard digits > 0, digits == 1 || input[firstDigit] != UInt8(ascii: "0") else { throw Malformed() }
        var isInteger = digits <= 18 && !(isNegative && value == 0)
        if peek() == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try skipDigits()
        }
        if let mark = peek(), mark | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            try skipDigits()
        }
        return isInteger ? (isNegative ? -value : value) : nil
    }

    /// Skips digits, of which there must be one.
    private mutating func skipDigits() throws(Malformed) {
        let start = position
        while position < input.count, input[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position > start else { throw Malformed() }
    }
}

// MARK: - Strings

extension JSONParser {
    /// Reads a string, whose opening quote is at `position`.
    mutating func parseString() throws(Malformed) -> JSONString {
        let start = position + 1
        let (end, isASCII) = input.plainRun(from: start)
        guard end < input.count else { throw Malformed() }
        if input[end] == UInt8(ascii: "\"") {
            position = end + 1
            return JSONString(isASCII ? asciiText(start, end) : try otherText(start, end))
        }
        return try parseEscapedString(from: start, plainUntil: end)
    }

    /// Skips a string, whose opening quote is at `position`.
    mutating func skipString() throws(Malformed) {
        let start = position + 1
        position = start
        var isASCII = true
        words: while position + 8 <= input.count {
            let word = input.word(at: position)
            var marks = word.marksOfSpecialBytes
            isASCII = isASCII && word.isASCII
            while marks != 0 {
                let offset = marks.trailingZeroBitCount >> 3
                switch input[position + offset] {
                case UInt8(ascii: "\""):
                    position += offset
                    return try endString(from: start, isASCII)
                case UInt8(ascii: "\\"):
                    // JSON in a string: by far the most frequent escape.
                    if offset < 7, input[position + offset + 1] == UInt8(ascii: "\"") {
                        marks &= ~0x80 &<< UInt64(8 * offset + 8)
                    } else {
                        position += offset
                        _ = try parseEscape()
                        continue words
                    }
                case 0..<0x20: throw Malformed()
                // Marked for the byte before it.
                default: marks &= marks &- 1
                }
            }
            position += 8
        }
        while position < input.count {
            let byte = input[position]
            if byte == UInt8(ascii: "\"") { return try endString(from: start, isASCII) }
            guard byte >= 0x20 else { throw Malformed() }
            isASCII = isASCII && byte < 0x80
            if byte == UInt8(ascii: "\\") { _ = try parseEscape() } else { position += 1 }
        }
        throw Malformed()
    }

    /// Goes behind the closing quote, which is at the position.
    @inline(__always)
    private mutating func endString(from start: Int, _ isASCII: Bool) throws(Malformed) {
        if !isASCII { try checkUTF8(start, position) }
        position += 1
    }

    /// The text between two offsets, all of which is ASCII.
    @inline(__always)
    private func asciiText(_ start: Int, _ end: Int) -> String {
        // SAFETY: the callers have looked at each of these bytes, and ASCII is valid UTF-8.
        String(copying: unsafe UTF8Span(unchecked: input.extracting(start..<end), isKnownASCII: true))
    }

    /// The text between two offsets, when it is UTF-8.
    private func otherText(_ start: Int, _ end: Int) throws(Malformed) -> String {
        guard let text = try? UTF8Span(validating: input.extracting(start..<end)) else { throw Malformed() }
        return String(copying: text)
    }

    /// Throws where the bytes between two offsets are not UTF-8.
    private func checkUTF8(_ start: Int, _ end: Int) throws(Malformed) {
        guard (try? UTF8Span(validating: input.extracting(start..<end))) != nil else { throw Malformed() }
    }

    /// Bytes that most strings with escapes fit into.
    private static let escapedRoom = 256

    /// The slow way: a string with at least one escape, or with a control character, which is an error, at `end`.
    private mutating func parseEscapedString(from start: Int, plainUntil end: Int) throws(Malformed) -> JSONString {
        hadEscape = true
        try checkUTF8(start, end)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(input.count - start, max(2 * (end - start), Self.escapedRoom)))
        bytes.append(copying: input.extracting(start..<end))
        var isWTF8 = false
        position = end
        while true {
            guard position < input.count else { throw Malformed() }
            let byte = input[position]
            if byte == UInt8(ascii: "\"") { break }
            guard byte == UInt8(ascii: "\\") else { throw Malformed() }
            // What stands for itself behind the backslash is copied with the run that follows it.
            var first = position + 1
            if first < input.count, input[first] == UInt8(ascii: "\"") || input[first] == UInt8(ascii: "\\") {
                position += 2
            } else {
                let codePoint = try parseEscape()
                isWTF8 = isWTF8 || codePoint & 0xFFFF_F800 == 0xD800
                JSONString.append(codePoint, to: &bytes)
                first = position
            }
            let (runEnd, isASCII) = input.plainRun(from: position)
            if !isASCII { try checkUTF8(position, runEnd) }
            bytes.append(copying: input.extracting(first..<runEnd))
            position = runEnd
        }
        position += 1
        if isWTF8 { return JSONString(wtf8: bytes) }
        // SAFETY: each run was checked, and an encoded code point that is no surrogate is UTF-8.
        return JSONString(String(copying: unsafe UTF8Span(unchecked: bytes.span)))
    }

    /// Reads an escape, whose backslash is at `position`; two that make up a surrogate pair are read as one.
    /// - Returns: the code point, which may be a lone surrogate.
    private mutating func parseEscape() throws(Malformed) -> UInt32 {
        guard position + 1 < input.count else { throw Malformed() }
        let byte = input[position + 1]
        position += 2
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt32(byte)
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "u"): break
        default: throw Malformed()
        }
        let unit = try parseHexadecimal()
        guard unit & 0xFFFF_FC00 == 0xD800, position + 1 < input.count, input[position] == UInt8(ascii: "\\"),
            input[position + 1] == UInt8(ascii: "u")
        else { return unit }
        let mark = position
        position += 2
        let low = try parseHexadecimal()
        if low & 0xFFFF_FC00 == 0xDC00 { return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00) }
        position = mark
        return unit
    }

    private mutating func parseHexadecimal() throws(Malformed) -> UInt32 {
        guard position + 4 <= input.count else { throw Malformed() }
        var value: UInt32 = 0
        for offset in 0..<4 {
            let byte = input[position + offset]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 0xF)
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
                value = value << 4 | UInt32(byte & 0xF + 9)
            default: throw Malformed()
            }
        }
        position += 4
        return value
    }
}
