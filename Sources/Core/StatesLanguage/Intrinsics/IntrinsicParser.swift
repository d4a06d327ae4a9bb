import JSON
import JSONPath

extension IntrinsicCall {
    /// How deep calls may stand in calls. Source: Step Functions Developer Guide § Intrinsic functions.
    public static let nestingMax = 10

    /// Parses `States.Name(argument, …)`; arguments are `'text'`, numbers, `true`, `false`, `null`, paths and calls.
    /// - Throws: with the offset, where `text` is no such call: unknown names, wrong numbers of arguments, illegal escapes
    ///   (only `\'`, `\{`, `\}` and `\\` are legal), calls nested deeper than `nestingMax`.
    /// Source: States Language § Intrinsic Functions.
    public init(parsing text: String) throws(IntrinsicSyntaxError) {
        var parser = IntrinsicParser(text)
        self = try parser.parseWhole()
    }
}

/// Recursive descent over the bytes of one call.
struct IntrinsicParser {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func parseWhole() throws(IntrinsicSyntaxError) -> IntrinsicCall {
        let call = try parseCall(depth: 1)
        skipBlanks()
        guard index == bytes.count else { throw error("expected the end of the call") }
        return call
    }

    private mutating func parseCall(depth: Int) throws(IntrinsicSyntaxError) -> IntrinsicCall {
        skipBlanks()
        let start = index
        guard depth <= IntrinsicCall.nestingMax else {
            throw error("intrinsic functions nest at most \(IntrinsicCall.nestingMax) deep")
        }
        while index < bytes.count, Self.isNameByte(bytes[index]) { index += 1 }
        let name = text(from: start, to: index)
        guard let function = IntrinsicFunction(rawValue: name) else {
            throw IntrinsicSyntaxError(message: "'\(name)' is not an intrinsic function", offset: start)
        }
        skipBlanks()
        try expect(UInt8(ascii: "("))
        var arguments: [IntrinsicCall.Argument] = []
        var formatPieces: [JSONString]?
        skipBlanks()
        if peek() != UInt8(ascii: ")") {
            repeat {
                let isTemplate = function == .format && arguments.isEmpty
                arguments.append(try parseArgument(depth: depth, pieces: &formatPieces, isTemplate: isTemplate))
                skipBlanks()
            } while takes(UInt8(ascii: ","))
        }
        try expect(UInt8(ascii: ")"))
        guard function.argumentCounts.contains(arguments.count) else {
            throw IntrinsicSyntaxError(message: "\(name) does not take \(arguments.count) arguments", offset: start)
        }
        return IntrinsicCall(
            text: text(from: start, to: index), function: function, arguments: arguments, formatPieces: formatPieces)
    }

    private mutating func parseArgument(
        depth: Int, pieces: inout [JSONString]?, isTemplate: Bool
    ) throws(IntrinsicSyntaxError) -> IntrinsicCall.Argument {
        skipBlanks()
        switch peek() {
        case UInt8(ascii: "'"):
            let literal = try parseLiteral()
            if isTemplate { pieces = literal.pieces }
            return .value(.string(literal.text))
        case UInt8(ascii: "$"):
            return .path(try parsePath())
        case UInt8(ascii: "S"):
            return .call(try parseCall(depth: depth + 1))
        default:
            return .value(try parseScalar())
        }
    }

    /// A text between single quotes; `pieces` are what its placeholders `{}` part.
    private mutating func parseLiteral() throws(IntrinsicSyntaxError) -> (text: JSONString, pieces: [JSONString]) {
        index += 1
        var whole: [UInt8] = []
        var piece: [UInt8] = []
        var pieces: [JSONString] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "'"):
                pieces.append(JSONString(wtf8: piece))
                return (JSONString(wtf8: whole), pieces)
            case UInt8(ascii: "\\"):
                guard let escaped = peek(), Self.mayBeEscaped(escaped) else {
                    throw error("only ' { } and \\ may follow a backslash")
                }
                index += 1
                whole.append(escaped)
                piece.append(escaped)
            case UInt8(ascii: "{") where peek() == UInt8(ascii: "}"):
                index += 1
                whole += [UInt8(ascii: "{"), UInt8(ascii: "}")]
                pieces.append(JSONString(wtf8: piece))
                piece.removeAll()
            default:
                whole.append(byte)
                piece.append(byte)
            }
        }
        throw error("expected ' at the end of the text")
    }

    /// A path runs to the comma or parenthesis that stands outside its brackets and quotes.
    private mutating func parsePath() throws(IntrinsicSyntaxError) -> RootedPath {
        let start = index
        var depth = 0
        var quote: UInt8?
        while index < bytes.count {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\""), depth > 0 {
                quote = byte
            } else if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") {
                depth += 1
            } else if depth > 0, byte == UInt8(ascii: "]") || byte == UInt8(ascii: ")") {
                depth -= 1
            } else if depth == 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")") {
                break
            }
            index += 1
        }
        var end = index
        while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
        do throws(JSONPathSyntaxError) {
            return try RootedPath(text(from: start, to: end))
        } catch {
            throw IntrinsicSyntaxError(message: error.message, offset: start + error.offset)
        }
    }

    private mutating func parseScalar() throws(IntrinsicSyntaxError) -> JSONValue {
        let start = index
        while let byte = peek(), byte != UInt8(ascii: ","), byte != UInt8(ascii: ")"), !Self.isBlank(byte) {
            index += 1
        }
        let token = text(from: start, to: index)
        guard let value = try? JSONParser.parse(token, depthMax: 1) else {
            throw IntrinsicSyntaxError(
                message: "expected a text in single quotes, a number, true, false, null, a path or a function",
                offset: start)
        }
        switch value {
        case .null, .bool, .number: return value
        case .string, .array, .object:
            throw IntrinsicSyntaxError(message: "a text stands in single quotes", offset: start)
        }
    }
}

// MARK: - Bytes

extension IntrinsicParser {
    private func peek() -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func takes(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(IntrinsicSyntaxError) {
        guard takes(byte) else { throw error("expected '\(String(decoding: [byte], as: UTF8.self))'") }
    }

    private mutating func skipBlanks() {
        while let byte = peek(), Self.isBlank(byte) { index += 1 }
    }

    private func text(from start: Int, to end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    private func error(_ message: String) -> IntrinsicSyntaxError {
        IntrinsicSyntaxError(message: message, offset: index)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func mayBeEscaped(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "'") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
            || byte == UInt8(ascii: "\\")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
