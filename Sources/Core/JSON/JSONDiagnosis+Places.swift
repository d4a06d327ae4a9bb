// MARK: - Characters

extension JSONDiagnosis {
    func peek() -> UInt8? { position < validEnd ? input[position] : nil }

    /// The character at an offset, and its count of bytes; nil at the end.
    func scalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        guard offset < validEnd else { return nil }
        let lead = input[offset]
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard let scalar = name(offset, offset + length).unicodeScalars.first else { return nil }
        return (scalar, length)
    }

    /// The text between two offsets.
    func name(_ start: Int, _ end: Int) -> String {
        var bytes: [UInt8] = []
        bytes.append(copying: input.extracting(start..<min(end, validEnd)))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The offset behind the characters from `start` that can be part of a Java identifier.
    func identifierEnd(from start: Int) -> Int {
        var end = start
        while let (scalar, length) = scalar(at: end), scalar.isJavaIdentifierPart { end += length }
        return end
    }

    /// How many of the first bytes are valid UTF-8.
    static func validEnd(of input: Span<UInt8>) -> Int {
        do {
            _ = try UTF8Span(validating: input)
            return input.count
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    /// A character as Jackson shows it: `'a' (code 97)`, `'€' (code 8364 / 0x20ac)` or `(CTRL-CHAR, code 1)`.
    /// Of two UTF-16 units it sees the first, which Java prints as a question mark.
    static func describe(_ scalar: Unicode.Scalar) -> String {
        let unit = scalar.utf16.first ?? 0
        if scalar.properties.generalCategory == .control { return "(CTRL-CHAR, code \(unit))" }
        let shown = scalar.value > 0xFFFF ? "?" : scalar
        return "'\(shown)' (code \(unit)\(unit > 255 ? " / 0x" + String(unit, radix: 16) : ""))"
    }
}

extension Unicode.Scalar {
    /// Source: Java's Character.isJavaIdentifierStart, which Jackson asks about UTF-16 units.
    var isJavaIdentifierStart: Bool {
        guard value <= 0xFFFF else { return false }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
            .currencySymbol,
            .connectorPunctuation:
            true
        default: false
        }
    }

    /// Source: Java's Character.isJavaIdentifierPart.
    var isJavaIdentifierPart: Bool {
        guard value <= 0xFFFF else { return false }
        return switch properties.generalCategory {
        case .decimalNumber, .spacingMark, .nonspacingMark, .format: true
        case .control: !(0x09...0x0D).contains(value) && !(0x1C...0x1F).contains(value)
        default: isJavaIdentifierStart
        }
    }
}

// MARK: - Errors

extension JSONDiagnosis {
    /// The character at `position` is none of those that can stand there.
    func unexpectedCharacter(_ expectation: String, in place: String = "") -> JSONSyntaxError {
        guard let (scalar, _) = scalar(at: position) else {
            return endOfInput("Unexpected end-of-input\(place): \(expectation)")
        }
        return unexpected("Unexpected character (\(Self.describe(scalar)))\(place): \(expectation)")
    }

    /// The problem is the character at `position`, which Jackson has read: one UTF-16 unit, which is no end of a line to it.
    /// - Parameter offset: where the problem starts; `position`, unless given.
    func unexpected(_ message: String, at offset: Int? = nil) -> JSONSyntaxError {
        var problem = error(message, at: offset ?? position, readTo: position)
        problem.parserColumn += 1
        return problem
    }

    /// The text ends too early, or is not UTF-8 from here.
    func endOfInput(_ message: String) -> JSONSyntaxError {
        guard validEnd < input.count else { return error(message, at: position) }
        let lead = input[validEnd]
        guard (0xC2...0xF4).contains(lead) else {
            return error("Invalid UTF-8 start byte 0x\(String(lead, radix: 16))", at: validEnd)
        }
        var offset = validEnd + 1
        // Of a lead byte that is in order, at least the second or a later byte is not.
        let isSecondBad = offset < input.count && !Self.isSecondByte(input[offset], after: lead)
        if !isSecondBad { while offset < input.count, input[offset] & 0xC0 == 0x80 { offset += 1 } }
        guard offset < input.count else { return error("Unexpected end-of-input in a UTF-8 character", at: validEnd) }
        return error("Invalid UTF-8 middle byte 0x\(String(input[offset], radix: 16))", at: validEnd)
    }

    private static func isSecondByte(_ byte: UInt8, after lead: UInt8) -> Bool {
        switch lead {
        case 0xE0: (0xA0...0xBF).contains(byte)
        case 0xED: (0x80...0x9F).contains(byte)
        case 0xF0: (0x90...0xBF).contains(byte)
        case 0xF4: (0x80...0x8F).contains(byte)
        default: (0x80...0xBF).contains(byte)
        }
    }

    func unrecognizedToken(from start: Int, end: Int) -> JSONSyntaxError {
        let token = name(start, end).unicodeScalars
        // Jackson reads at most 256 characters of it.
        let isLong = token.count > 256
        let shown = String(String.UnicodeScalarView(token.prefix(256))) + (isLong ? "..." : "")
        let expectation = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
        return error(
            "Unrecognized token '\(shown)': \(expectation)", at: start,
            readTo: isLong ? start + String(String.UnicodeScalarView(token.prefix(256))).utf8.count : end)
    }

    /// - Parameter readTo: the offset behind what Jackson has read; `offset`, unless given.
    func error(_ message: String, at offset: Int, readTo: Int? = nil) -> JSONSyntaxError {
        let place = Self.place(of: offset, in: input)
        let parser = Self.place(of: readTo ?? offset, in: input)
        return JSONSyntaxError(
            message: message, offset: offset, line: place.line, column: place.column, parserLine: parser.line,
            parserColumn: parser.utf16Column)
    }
}

// MARK: - Places

extension JSONDiagnosis {
    /// Jackson's name for the place at an offset of the input.
    func source(_ offset: Int) -> String {
        let place = Self.place(of: offset, in: input)
        return Self.source(input, line: place.line, column: place.utf16Column)
    }

    /// `[Source: (String)"…"; line: 1, column: 4]`, with the first 500 UTF-16 units of the text, in which control characters are escaped.
    static func source(_ input: Span<UInt8>, line: Int, column: Int) -> String {
        let unitsMax = 500
        var units = 0
        var shown: [UInt8] = []
        for index in 0..<input.count {
            let byte = input[index]
            units += utf16Units(startedBy: byte)
            guard units <= unitsMax else { continue }
            if byte < 0x20 && byte != 0x0A && byte != 0x0D || byte == 0x7F {
                shown += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8
            } else {
                shown.append(byte)
            }
        }
        let truncated = units > unitsMax ? "[truncated \(units - unitsMax) chars]" : ""
        return
            "[Source: (String)\"\(String(decoding: shown, as: UTF8.self))\"\(truncated); line: \(line), column: \(column)]"
    }

    /// Line and column, from 1, of an offset; the column in characters and in UTF-16 units.
    private static func place(of offset: Int, in input: Span<UInt8>) -> (line: Int, column: Int, utf16Column: Int) {
        var place = (line: 1, column: 1, utf16Column: 1)
        for index in 0..<min(offset, input.count) {
            let byte = input[index]
            let isLineEnd = byte == 0x0A || byte == 0x0D && !(index + 1 < input.count && input[index + 1] == 0x0A)
            if isLineEnd {
                place = (place.line + 1, 1, 1)
            } else {
                place.column += byte & 0xC0 == 0x80 ? 0 : 1
                place.utf16Column += utf16Units(startedBy: byte)
            }
        }
        return place
    }

    /// UTF-16 units of the character that starts with `byte`; 0 for a byte in the middle of one.
    private static func utf16Units(startedBy byte: UInt8) -> Int { byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1 }
}
