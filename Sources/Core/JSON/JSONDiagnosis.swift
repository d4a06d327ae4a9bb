/// Finds out what is wrong with a text that `JSONParser` refused, in the words of Jackson, the parser that AWS runs.
///
/// A reader of its own, because it has another aim: the parser is fast and only says no; this one follows Jackson's tokens,
/// keeps the open brackets, and never recurs. Source: reference/step-functions-surface § 1.6; Jackson 2.14, asked text by text.
struct JSONDiagnosis: ~Copyable, ~Escapable {
    /// An array or object that is not closed yet.
    private struct Container {
        let isObject: Bool
        /// Offset of its opening bracket.
        let start: Int
        var isEmpty = true

        var name: String { isObject ? "Object" : "Array" }
        var closing: UInt8 { UInt8(ascii: isObject ? "}" : "]") }
    }

    static let validValues =
        "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"

    let input: Span<UInt8>
    /// Offset behind the last byte up to which the input is valid UTF-8.
    let validEnd: Int
    var position = 0
    private let depthMax: Int
    private var containers: [Container] = []

    @_lifetime(copy input)
    private init(_ input: Span<UInt8>, depthMax: Int) {
        self.input = input
        self.depthMax = depthMax
        validEnd = Self.validEnd(of: input)
    }

    /// The first problem of a text that is not JSON.
    static func error(in input: Span<UInt8>, depthMax: Int) -> JSONSyntaxError {
        var diagnosis = JSONDiagnosis(input, depthMax: depthMax)
        do {
            try diagnosis.readText()
        } catch {
            return error
        }
        return diagnosis.error("Not one JSON value", at: 0)
    }

    /// Whether the value that is read now stands in no array or object.
    var isAtRoot: Bool { containers.isEmpty }
}

// MARK: - Structure

extension JSONDiagnosis {
    private mutating func readText() throws(JSONSyntaxError) {
        try skipWhiteSpace()
        guard peek() != nil else { throw endOfInput("No content to map due to end-of-input") }
        try readValue()
        while let container = containers.last { try readEntry(of: container) }
        try skipWhiteSpace()
        let start = position
        guard peek() != nil else {
            if validEnd < input.count { throw endOfInput("") }
            return
        }
        let token = try readValue()
        throw error("Trailing token (of type \(token)) found after value: not allowed", at: start)
    }

    /// Reads the next entry of the innermost container, or its end.
    private mutating func readEntry(of container: Container) throws(JSONSyntaxError) {
        try skipWhiteSpace()
        guard var byte = peek() else {
            throw endOfInput(
                "Unexpected end-of-input: expected close marker for \(container.name) (start marker at \(source(container.start)))"
            )
        }
        if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
            guard byte == container.closing else {
                throw mismatchedClosing(
                    byte, container.closing, "for \(container.name) starting at \(source(container.start))")
            }
            position += 1
            containers.removeLast()
            return
        }
        if !container.isEmpty {
            guard byte == UInt8(ascii: ",") else {
                throw unexpectedCharacter("was expecting comma to separate \(container.name) entries")
            }
            position += 1
            byte = try skipWhiteSpaceWithin(container)
        }
        containers[containers.count - 1].isEmpty = false
        if container.isObject {
            guard byte == UInt8(ascii: "\"") else {
                throw unexpectedCharacter("was expecting double-quote to start field name")
            }
            try readString(isName: true)
            guard try skipWhiteSpaceWithin(container) == UInt8(ascii: ":") else {
                throw unexpectedCharacter("was expecting a colon to separate field name and value")
            }
            position += 1
            _ = try skipWhiteSpaceWithin(container)
        }
        try readValue()
    }

    /// Reads one value, or only the opening bracket of an array or object.
    /// - Returns: the name that Jackson gives the token.
    @discardableResult
    private mutating func readValue() throws(JSONSyntaxError) -> String {
        guard let byte = peek() else { throw noValue() }
        switch byte {
        case UInt8(ascii: "\""):
            try readString(isName: false)
            return "VALUE_STRING"
        case UInt8(ascii: "{"):
            try open(isObject: true)
            return "START_OBJECT"
        case UInt8(ascii: "["):
            try open(isObject: false)
            return "START_ARRAY"
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
        case UInt8(ascii: "t"):
            try readToken("true")
            return "VALUE_TRUE"
        case UInt8(ascii: "f"):
            try readToken("false")
            return "VALUE_FALSE"
        case UInt8(ascii: "n"):
            try readToken("null")
            return "VALUE_NULL"
        default: throw noValue()
        }
    }

    private mutating func open(isObject: Bool) throws(JSONSyntaxError) {
        guard containers.count < depthMax else {
            throw unexpected(
                "Document nesting depth (\(containers.count + 1)) exceeds the maximum allowed (\(depthMax))")
        }
        containers.append(Container(isObject: isObject, start: position))
        position += 1
    }

    private func noValue() -> JSONSyntaxError {
        guard let byte = peek() else { return endOfInput("Unexpected end-of-input: \(Self.validValues)") }
        if byte == UInt8(ascii: "}"), !isAtRoot { return unexpectedCharacter("expected a value") }
        if isAtRoot, byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
            let other = UInt8(ascii: byte == UInt8(ascii: "]") ? "}" : "]")
            return mismatchedClosing(byte, other, "for root starting at \(Self.source(input, line: 1, column: 0))")
        }
        guard let (scalar, _) = scalar(at: position), scalar.isJavaIdentifierStart else {
            return unexpectedCharacter(Self.validValues)
        }
        let end = identifierEnd(from: position)
        switch String(describing: name(position, end)) {
        case "NaN", "Infinity":
            return error(
                "Non-standard token '\(name(position, end))': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow",
                at: position, readTo: end)
        default: return unrecognizedToken(from: position, end: end)
        }
    }

    private func mismatchedClosing(_ byte: UInt8, _ expected: UInt8, _ start: String) -> JSONSyntaxError {
        let (found, wanted) = (Unicode.Scalar(byte), Unicode.Scalar(expected))
        return unexpected("Unexpected close marker '\(found)': expected '\(wanted)' (\(start))")
    }

    /// Skips white space where an array or object must go on.
    /// - Returns: the byte that follows.
    private mutating func skipWhiteSpaceWithin(_ container: Container) throws(JSONSyntaxError) -> UInt8 {
        try skipWhiteSpace()
        guard let byte = peek() else {
            throw endOfInput("Unexpected end-of-input within/between \(container.name) entries")
        }
        return byte
    }

    private mutating func skipWhiteSpace() throws(JSONSyntaxError) {
        while let byte = peek() {
            switch byte {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            case UInt8(ascii: "/"):
                throw unexpectedCharacter(
                    "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)"
                )
            case 0..<0x20:
                let expectation = #"only regular white space (\r, \n, \t) is allowed between tokens"#
                throw unexpected("Illegal character ((CTRL-CHAR, code \(byte))): \(expectation)")
            default: return
            }
        }
    }
}
