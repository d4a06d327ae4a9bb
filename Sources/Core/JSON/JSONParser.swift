/// Reads one JSON text (RFC 8259). Of members with the same key the last one's value stands, in the first one's place.
public struct JSONParser: ~Copyable, ~Escapable {
    /// Depth of nested arrays and objects that is read at most, unless the caller says otherwise.
    public static let depthMax = 512

    private let input: Span<UInt8>
    private let depthMax: Int
    private var position = 0
    private var depth = 0

    @_lifetime(copy input)
    private init(_ input: Span<UInt8>, depthMax: Int) {
        self.input = input
        self.depthMax = depthMax
    }

    /// - Throws: `JSONSyntaxError` with the first problem.
    public static func parse(_ text: String, depthMax: Int = depthMax) throws(JSONSyntaxError) -> JSONValue {
        try parse(text.utf8Span.span, depthMax: depthMax)
    }

    /// - Parameter bytes: UTF-8.
    public static func parse(_ bytes: [UInt8], depthMax: Int = depthMax) throws(JSONSyntaxError) -> JSONValue {
        try parse(bytes.span, depthMax: depthMax)
    }

    /// - Parameter bytes: UTF-8.
    public static func parse(_ bytes: Span<UInt8>, depthMax: Int = depthMax) throws(JSONSyntaxError) -> JSONValue {
        var parser = JSONParser(bytes, depthMax: depthMax)
        parser.skipWhiteSpace()
        let value = try parser.parseValue()
        parser.skipWhiteSpace()
        guard parser.position == bytes.count else {
            throw parser.unexpected("expected the end of the text")
        }
        return value
    }
}

// MARK: - Values

extension JSONParser {
    private mutating func parseValue() throws(JSONSyntaxError) -> JSONValue {
        guard position < input.count else { throw error("Unexpected end-of-input: expected a value") }
        switch input[position] {
        case UInt8(ascii: "{"): return try parseObject()
        case UInt8(ascii: "["): return try parseArray()
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
        case UInt8(ascii: "t"): return try parseToken("true", .bool(true))
        case UInt8(ascii: "f"): return try parseToken("false", .bool(false))
        case UInt8(ascii: "n"): return try parseToken("null", .null)
        default:
            if isTokenByte(input[position]) { throw unrecognizedToken(from: position) }
            throw unexpected("expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')")
        }
    }

    private mutating func parseObject() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        position += 1
        var object = JSONObject(minimumCapacity: 4)
        skipWhiteSpace()
        if peek() == UInt8(ascii: "}") {
            position += 1
            depth -= 1
            return .object(object)
        }
        while true {
            guard peek() == UInt8(ascii: "\"") else { throw unexpected("was expecting double-quote to start field name") }
            let key = try parseString()
            skipWhiteSpace()
            guard peek() == UInt8(ascii: ":") else { throw unexpected("was expecting a colon to separate field name and value") }
            position += 1
            skipWhiteSpace()
            let value = try parseValue()
            if let index = object.position(of: key) {
                object.setValue(value, at: index)
            } else {
                object.append(key, value)
            }
            skipWhiteSpace()
            switch peek() {
            case UInt8(ascii: ","):
                position += 1
                skipWhiteSpace()
            case UInt8(ascii: "}"):
                position += 1
                depth -= 1
                return .object(object)
            default:
                throw unexpected("was expecting comma to separate Object entries")
            }
        }
    }

    private mutating func parseArray() throws(JSONSyntaxError) -> JSONValue {
        try enter()
        position += 1
        var elements: [JSONValue] = []
        skipWhiteSpace()
        if peek() == UInt8(ascii: "]") {
            position += 1
            depth -= 1
            return .array(elements)
        }
        while true {
            elements.append(try parseValue())
            skipWhiteSpace()
            switch peek() {
            case UInt8(ascii: ","):
                position += 1
                skipWhiteSpace()
            case UInt8(ascii: "]"):
                position += 1
                depth -= 1
                return .array(elements)
            default:
                throw unexpected("was expecting comma to separate Array entries")
            }
        }
    }

    private mutating func parseToken(_ token: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let start = position
        let expected = token.description
        for byte in expected.utf8 {
            guard peek() == byte else { throw unrecognizedToken(from: start) }
            position += 1
        }
        if let next = peek(), isTokenByte(next) { throw unrecognizedToken(from: start) }
        return value
    }

    private mutating func parseNumber() throws(JSONSyntaxError) -> JSONNumber {
        let start = position
        var isInteger = true
        if peek() == UInt8(ascii: "-") { position += 1 }
        let firstDigit = position
        skipDigits()
        guard position > firstDigit else { throw unexpected("expected digit (0-9) to follow minus sign, for valid numeric value") }
        if input[firstDigit] == UInt8(ascii: "0"), position > firstDigit + 1 {
            position = firstDigit + 1
            throw error("Invalid numeric value: Leading zeroes not allowed")
        }
        if peek() == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            let fraction = position
            skipDigits()
            guard position > fraction else { throw unexpected("Decimal point not followed by a digit") }
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            let exponent = position
            skipDigits()
            guard position > exponent else { throw unexpected("Exponent indicator not followed by a digit") }
        }
        if let next = peek(), isTokenByte(next) {
            throw unexpected("Expected space separating root-level values")
        }
        if isInteger, position - firstDigit <= 18 {
            var value: Int64 = 0
            for index in firstDigit..<position { value = value &* 10 &+ Int64(input[index] &- UInt8(ascii: "0")) }
            let isNegative = firstDigit > start
            if !(isNegative && value == 0) { return .integer(isNegative ? -value : value) }
        }
        var text = ""
        text.reserveCapacity(position - start)
        for index in start..<position { text.unicodeScalars.append(Unicode.Scalar(input[index])) }
        return .literal(text)
    }

    private mutating func parseString() throws(JSONSyntaxError) -> JSONString {
        position += 1
        let start = position
        while position < input.count {
            let byte = input[position]
            if byte == UInt8(ascii: "\"") {
                let text = try makeString(start, position)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try parseEscapedString(from: start) }
            if byte < 0x20 { throw controlCharacter(byte) }
            position += 1
        }
        throw error("Unexpected end-of-input in VALUE_STRING")
    }

    private func makeString(_ start: Int, _ end: Int) throws(JSONSyntaxError) -> JSONString {
        do {
            let utf8 = try UTF8Span(validating: input.extracting(start..<end))
            return JSONString(String(copying: utf8))
        } catch {
            throw self.error("Invalid UTF-8", at: start + error.byteOffsets.lowerBound)
        }
    }

    /// The slow way: a string with at least one escape. `position` is at the first.
    private mutating func parseEscapedString(from start: Int) throws(JSONSyntaxError) -> JSONString {
        _ = try makeString(start, position)
        var bytes: [UInt8] = []
        for index in start..<position { bytes.append(input[index]) }
        while position < input.count {
            let byte = input[position]
            if byte == UInt8(ascii: "\"") {
                position += 1
                return JSONString(wtf8: bytes)
            }
            if byte == UInt8(ascii: "\\") {
                try parseEscape(into: &bytes)
                continue
            }
            if byte < 0x20 { throw controlCharacter(byte) }
            let run = position
            while position < input.count, input[position] != UInt8(ascii: "\""), input[position] != UInt8(ascii: "\\"), input[position] >= 0x20 {
                position += 1
            }
            _ = try makeString(run, position)
            for index in run..<position { bytes.append(input[index]) }
        }
        throw error("Unexpected end-of-input in VALUE_STRING")
    }

    private mutating func parseEscape(into bytes: inout [UInt8]) throws(JSONSyntaxError) {
        position += 1
        guard let byte = peek() else { throw error("Unexpected end-of-input in character escape sequence") }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            let unit = try parseHexadecimal()
            guard (0xD800..<0xDC00).contains(unit), peek() == UInt8(ascii: "\\"),
                position + 1 < input.count, input[position + 1] == UInt8(ascii: "u")
            else {
                JSONString.append(unit, to: &bytes)
                return
            }
            let mark = position
            position += 2
            let low = try parseHexadecimal()
            if (0xDC00..<0xE000).contains(low) {
                JSONString.append(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), to: &bytes)
            } else {
                JSONString.append(unit, to: &bytes)
                position = mark
            }
            return
        default:
            throw error("Unrecognized character escape \(Self.describe(byte))")
        }
        position += 1
    }

    private mutating func parseHexadecimal() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek() else { throw error("Unexpected end-of-input in character escape sequence") }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: throw unexpected("expected a hex-digit for character escape sequence")
            }
            position += 1
        }
        return value
    }
}

// MARK: - Bytes

extension JSONParser {
    private func peek() -> UInt8? {
        position < input.count ? input[position] : nil
    }

    private mutating func skipWhiteSpace() {
        while position < input.count {
            switch input[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func skipDigits() {
        while position < input.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(input[position]) { position += 1 }
    }

    private mutating func enter() throws(JSONSyntaxError) {
        depth += 1
        guard depth <= depthMax else {
            throw error("Document nesting depth (\(depth)) exceeds the maximum allowed (\(depthMax))")
        }
    }

    private func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...0xFF:
            true
        default: false
        }
    }
}

// MARK: - Errors

extension JSONParser {
    private func unrecognizedToken(from start: Int) -> JSONSyntaxError {
        var token: [UInt8] = []
        var index = start
        while index < input.count, isTokenByte(input[index]), token.count < 256 {
            token.append(input[index])
            index += 1
        }
        let name = String(decoding: token, as: UTF8.self)
        return error(
            "Unrecognized token '\(name)': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", at: start)
    }

    private func unexpected(_ expectation: String) -> JSONSyntaxError {
        guard position < input.count else { return error("Unexpected end-of-input: \(expectation)") }
        return error("Unexpected character (\(Self.describe(input[position]))): \(expectation)")
    }

    private func controlCharacter(_ byte: UInt8) -> JSONSyntaxError {
        error("Illegal unquoted character (\(Self.describe(byte))): has to be escaped using backslash to be included in string value")
    }

    private static func describe(_ byte: UInt8) -> String {
        byte < 0x20 ? "(CTRL-CHAR, code \(byte))" : "'\(Character(Unicode.Scalar(byte)))' (code \(byte))"
    }

    private func error(_ message: String) -> JSONSyntaxError { error(message, at: position) }

    private func error(_ message: String, at offset: Int) -> JSONSyntaxError {
        var line = 1
        var column = 1
        for index in 0..<min(offset, input.count) {
            let byte = input[index]
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONSyntaxError(message: message, offset: offset, line: line, column: column)
    }
}
