// MARK: - Names and numbers

extension JSONDiagnosis {
    mutating func readToken(_ expected: String) throws(JSONSyntaxError) {
        let start = position
        for byte in expected.utf8 {
            guard peek() == byte else { throw unrecognizedToken(from: start, end: identifierEnd(from: position)) }
            position += 1
        }
        if let (scalar, _) = scalar(at: position), scalar.value >= 0x30, scalar.isJavaIdentifierPart {
            throw unrecognizedToken(from: start, end: identifierEnd(from: position))
        }
    }

    /// - Returns: the name that Jackson gives the token.
    mutating func readNumber() throws(JSONSyntaxError) -> String {
        var token = "VALUE_NUMBER_INT"
        if peek() == UInt8(ascii: "-") {
            position += 1
            guard let byte = peek() else { throw endOfInput("Unexpected end-of-inputNo digit following minus sign") }
            if byte == UInt8(ascii: ".") { throw unexpectedCharacter(Self.validValues) }
            guard isDigit(byte) else {
                throw unexpectedCharacter(
                    "expected digit (0-9) to follow minus sign, for valid numeric value", in: " in numeric value")
            }
        }
        if peek() == UInt8(ascii: "0"), position + 1 < validEnd, isDigit(input[position + 1]) {
            throw unexpected("Invalid numeric value: Leading zeroes not allowed")
        }
        skipDigits()
        if peek() == UInt8(ascii: ".") {
            token = "VALUE_NUMBER_FLOAT"
            position += 1
            if !skipDigits() {
                if peek() == nil, validEnd == input.count { position -= 1 }
                throw unexpectedCharacter("Decimal point not followed by a digit", in: " in numeric value")
            }
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            token = "VALUE_NUMBER_FLOAT"
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            if !skipDigits() {
                guard peek() != nil else {
                    throw endOfInput("Unexpected end-of-inputexpected a digit for number exponent")
                }
                throw unexpectedCharacter("Exponent indicator not followed by a digit", in: " in numeric value")
            }
        }
        if isAtRoot, let next = peek(), ![0x20, 0x09, 0x0A, 0x0D].contains(next) {
            throw unexpectedCharacter("Expected space separating root-level values")
        }
        return token
    }

    /// - Returns: whether there was a digit.
    @discardableResult
    private mutating func skipDigits() -> Bool {
        let start = position
        while let byte = peek(), isDigit(byte) { position += 1 }
        return position > start
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

// MARK: - Strings

extension JSONDiagnosis {
    /// - Parameter isName: whether the string is the name of an object's member.
    mutating func readString(isName: Bool) throws(JSONSyntaxError) {
        position += 1
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): try readEscape()
            case 0..<0x20:
                let place = isName ? "name" : "string value"
                let expectation = "has to be escaped using backslash to be included in \(place)"
                throw unexpected("Illegal unquoted character ((CTRL-CHAR, code \(byte))): \(expectation)")
            default: position += 1
            }
        }
        throw endOfInput(
            "Unexpected end-of-input\(isName ? " in field name" : ": was expecting closing quote for a string value")")
    }

    private mutating func readEscape() throws(JSONSyntaxError) {
        let start = position
        position += 1
        guard let (scalar, _) = scalar(at: position) else {
            throw endOfInput("Unexpected end-of-input in character escape sequence")
        }
        switch scalar {
        case "\"", "\\", "/", "b", "f", "n", "r", "t": position += 1
        case "u":
            position += 1
            for _ in 0..<4 {
                guard let byte = peek() else {
                    throw endOfInput("Unexpected end-of-input in character escape sequence")
                }
                guard Unicode.Scalar(byte).properties.isASCIIHexDigit else {
                    throw unexpectedCharacter("expected a hex-digit for character escape sequence")
                }
                position += 1
            }
        default:
            throw unexpected("Unrecognized character escape \(Self.describe(scalar))", at: start)
        }
    }
}
