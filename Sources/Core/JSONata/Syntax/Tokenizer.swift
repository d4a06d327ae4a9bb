import JSON

/// Cuts an expression's text into tokens.
struct Tokenizer {
    private let units: [UInt16]
    private(set) var position = 0

    init(_ text: JSONString) { units = Text.units(text) }

    /// Number of UTF-16 code units.
    var length: Int { units.count }

    /// - Parameter afterOperand: whether an operand stands before, so that `/` divides and does not open a regular expression.
    mutating func next(afterOperand: Bool) throws(JSONataError) -> Token {
        try skipSpaceAndComments()
        guard position < units.count else { return Token(kind: .end, text: "(end)", position: units.count) }
        let unit = units[position]
        if unit == ascii("/"), !afterOperand {
            position += 1
            return try scanRegex()
        }
        if let two = pair(), Self.doubleOperators.contains(two) {
            position += 2
            return Token(kind: .operation, text: JSONString(two), position: position)
        }
        if Self.isOperator(unit) {
            position += 1
            return Token(kind: .operation, text: JSONString(utf16: [unit]), position: position)
        }
        if unit == ascii("\"") || unit == ascii("'") { return try scanString(quote: unit) }
        if isDigit(unit) { return try scanNumber() }
        if unit == ascii("`") { return try scanQuotedName() }
        return scanName()
    }

    // MARK: - Kinds of token

    private mutating func scanName() -> Token {
        let start = position
        while position < units.count, !Self.isSpace(units[position]), !Self.isOperator(units[position]) {
            position += 1
        }
        if units[start] == ascii("$") {
            return Token(kind: .variable, text: JSONString(utf16: units[start + 1..<position]), position: position)
        }
        let text = JSONString(utf16: units[start..<position])
        let kind: Token.Kind =
            switch text.text {
            case "and", "or", "in": .operation
            case "true", "false", "null": .value
            default: .name
            }
        return Token(kind: kind, text: text, position: position)
    }

    private mutating func scanQuotedName() throws(JSONataError) -> Token {
        position += 1
        guard let end = units[position...].firstIndex(of: ascii("`")) else {
            position = units.count
            throw JSONataError("S0105", position: position)
        }
        let text = JSONString(utf16: units[position..<end])
        position = end + 1
        return Token(kind: .name, text: text, position: position)
    }

    private mutating func scanString(quote: UInt16) throws(JSONataError) -> Token {
        position += 1
        var content: [UInt16] = []
        while position < units.count {
            var unit = units[position]
            if unit == ascii("\\") {
                position += 1
                unit = position < units.count ? units[position] : 0
                if unit == ascii("u") {
                    guard let escaped = hexadecimal(from: position + 1) else {
                        throw JSONataError("S0104", position: position)
                    }
                    content.append(escaped)
                    position += 4
                } else if let escaped = Self.escape(unit) {
                    content.append(escaped)
                } else {
                    let token = position < units.count ? JSONString(utf16: [unit]).text : ""
                    throw JSONataError("S0103", position: position, token: token)
                }
            } else if unit == quote {
                position += 1
                return Token(kind: .string, text: JSONString(utf16: content), position: position)
            } else {
                content.append(unit)
            }
            position += 1
        }
        throw JSONataError("S0101", position: position)
    }

    private mutating func scanNumber() throws(JSONataError) -> Token {
        let start = position
        if units[position] == ascii("0") {
            position += 1
        } else {
            skipDigits()
        }
        if peek(0) == ascii("."), isDigit(peek(1)) {
            position += 1
            skipDigits()
        }
        if peek(0) == ascii("e") || peek(0) == ascii("E") {
            let signed = peek(1) == ascii("-") || peek(1) == ascii("+")
            if isDigit(peek(signed ? 2 : 1)) {
                position += signed ? 2 : 1
                skipDigits()
            }
        }
        let text = String(decoding: units[start..<position], as: UTF16.self)
        guard let number = Double(text), number.isFinite else {
            throw JSONataError("S0102", position: position, token: text)
        }
        return Token(kind: .number, text: JSONString(text), number: number, position: position)
    }

    private mutating func scanRegex() throws(JSONataError) -> Token {
        let start = position
        var depth = 0
        while position < units.count {
            let unit = units[position]
            if unit == ascii("/"), depth == 0, !isEscaped(position) {
                let pattern = Array(units[start..<position])
                guard !pattern.isEmpty else { throw JSONataError("S0301", position: position) }
                position += 1
                let flagsStart = position
                while peek(0) == ascii("i") || peek(0) == ascii("m") { position += 1 }
                let flags = units[flagsStart..<position]
                let regex = try RegularExpression(
                    pattern: pattern, ignoresCase: flags.contains(ascii("i")), isMultiline: flags.contains(ascii("m")),
                    position: position)
                return Token(kind: .regex, text: JSONString(utf16: pattern), regex: regex, position: position)
            }
            let escaped = position > 0 && units[position - 1] == ascii("\\")
            if !escaped, unit == ascii("(") || unit == ascii("[") || unit == ascii("{") { depth += 1 }
            if !escaped, unit == ascii(")") || unit == ascii("]") || unit == ascii("}") { depth -= 1 }
            position += 1
        }
        throw JSONataError("S0302", position: position)
    }

    private func isEscaped(_ index: Int) -> Bool {
        var count = 0
        while index - count - 1 >= 0, units[index - count - 1] == ascii("\\") { count += 1 }
        return count % 2 == 1
    }

    // MARK: - Characters

    private mutating func skipSpaceAndComments() throws(JSONataError) {
        while position < units.count {
            if Self.isSpace(units[position]) {
                position += 1
            } else if units[position] == ascii("/"), peek(1) == ascii("*") {
                let start = position
                position += 2
                while !(peek(0) == ascii("*") && peek(1) == ascii("/")) {
                    guard position < units.count else { throw JSONataError("S0106", position: start) }
                    position += 1
                }
                position += 2
            } else {
                return
            }
        }
    }

    private mutating func skipDigits() {
        while isDigit(peek(0)) { position += 1 }
    }

    private func peek(_ offset: Int) -> UInt16? {
        position + offset < units.count ? units[position + offset] : nil
    }

    private func pair() -> String? {
        guard let first = peek(0), let second = peek(1), first < 0x80, second < 0x80 else { return nil }
        return String(decoding: [first, second], as: UTF16.self)
    }

    private func hexadecimal(from start: Int) -> UInt16? {
        guard start + 4 <= units.count else { return nil }
        var value: UInt16 = 0
        for unit in units[start..<start + 4] {
            guard
                let digit = Unicode.Scalar(unit).flatMap({ Character($0).isASCII ? Character($0).hexDigitValue : nil })
            else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    private static func escape(_ unit: UInt16) -> UInt16? {
        switch unit {
        case ascii("\""), ascii("\\"), ascii("/"): unit
        case ascii("b"): 0x08
        case ascii("f"): 0x0C
        case ascii("n"): 0x0A
        case ascii("r"): 0x0D
        case ascii("t"): 0x09
        default: nil
        }
    }

    private static let doubleOperators: Set<String> = ["..", ":=", "!=", ">=", "<=", "**", "~>"]

    private static func isSpace(_ unit: UInt16) -> Bool {
        unit == 0x20 || (0x09...0x0B).contains(unit) || unit == 0x0D
    }

    private static func isOperator(_ unit: UInt16) -> Bool {
        switch unit {
        case ascii("."), ascii("["), ascii("]"), ascii("{"), ascii("}"), ascii("("), ascii(")"), ascii(","), ascii("@"),
            ascii("#"),
            ascii(";"), ascii(":"), ascii("?"), ascii("+"), ascii("-"), ascii("*"), ascii("/"), ascii("%"), ascii("|"),
            ascii("="),
            ascii("<"), ascii(">"), ascii("^"), ascii("&"), ascii("!"), ascii("~"):
            true
        default: false
        }
    }
}

/// The UTF-16 code unit of an ASCII character.
@inline(__always)
func ascii(_ scalar: Unicode.Scalar) -> UInt16 { UInt16(truncatingIfNeeded: scalar.value) }

@inline(__always)
func isDigit(_ unit: UInt16?) -> Bool {
    guard let unit else { return false }
    return unit >= 0x30 && unit <= 0x39
}
