/// Reads one JSON text (RFC 8259). Of members with the same key the last one's value stands, in the first one's place.
///
/// The parser only finds that a text is not JSON; what is wrong with it, and where, is then found by `JSONDiagnosis`.
public struct JSONParser: ~Escapable {
    /// Depth of nested arrays and objects that is read at most, unless the caller says otherwise.
    /// Source: design/MEASURED-COSTS § 5; a thread's stack holds some 40,000.
    public static let depthMax = 512

    let input: Span<UInt8>
    var position = 0
    /// Whether a string was read since this was last set to false that had an escape.
    var hadEscape = false
    private let depthMax: Int
    private var depth = 0
    /// How many members the last object of each depth had: mostly its sibling has as many.
    private var memberCounts = RecentCounts()
    /// The same of arrays.
    private var elementCounts = RecentCounts()

    /// Most members or elements for which room is made before they are read.
    private static let reservedMax = 32

    /// The text is not JSON, or too deeply nested.
    struct Malformed: Error {}

    @_lifetime(copy input)
    init(_ input: Span<UInt8>, depthMax: Int) {
        self.input = input
        self.depthMax = depthMax
    }

    /// - Throws: `JSONSyntaxError` with the first problem.
    public static func parse(_ text: String, depthMax: Int = depthMax) throws(JSONSyntaxError) -> JSONValue {
        try parse(text.utf8Span.span, depthMax: depthMax)
    }

    /// - Parameter bytes: UTF-8.
    /// - Throws: `JSONSyntaxError` with the first problem.
    public static func parse(_ bytes: [UInt8], depthMax: Int = depthMax) throws(JSONSyntaxError) -> JSONValue {
        try parse(bytes.span, depthMax: depthMax)
    }

    /// - Parameter bytes: UTF-8.
    /// - Throws: `JSONSyntaxError` with the first problem.
    public static func parse(_ bytes: Span<UInt8>, depthMax: Int = depthMax) throws(JSONSyntaxError) -> JSONValue {
        do {
            var parser = JSONParser(bytes, depthMax: depthMax)
            return try parser.parseText()
        } catch {
            throw JSONDiagnosis.error(in: bytes, depthMax: depthMax)
        }
    }
}

// MARK: - Values

extension JSONParser {
    private mutating func parseText() throws(Malformed) -> JSONValue {
        skipWhiteSpace()
        let value = try parseValue()
        skipWhiteSpace()
        guard position == input.count else { throw Malformed() }
        return value
    }

    private mutating func parseValue() throws(Malformed) -> JSONValue {
        guard position < input.count else { throw Malformed() }
        let first = input[position]
        switch first {
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "{"): return try parseObject()
        case UInt8(ascii: "["): return try parseArray()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
        case UInt8(ascii: "t"):
            try skipTrue()
            return .bool(true)
        case UInt8(ascii: "f"):
            try skipFalse()
            return .bool(false)
        case UInt8(ascii: "n"):
            try skipNull()
            return .null
        default: throw Malformed()
        }
    }

    private mutating func parseObject() throws(Malformed) -> JSONValue {
        try enter()
        guard !skipClosing(UInt8(ascii: "}")) else { return .object(JSONObject()) }
        var object = JSONObject(minimumCapacity: memberCounts[depth])
        var seen = SeenKeys()
        repeat {
            guard peek() == UInt8(ascii: "\"") else { throw Malformed() }
            let start = position + 1
            hadEscape = false
            let key = try parseString()
            let mayBeKnown = hadEscape ? seen.insertAny() : seen.insert(input, start, position - 1)
            try skipColon()
            let value = try parseValue()
            if mayBeKnown, let index = object.position(of: key) {
                object.setValue(value, at: index)
            } else {
                object.append(key, value)
            }
        } while try skipSeparator(closing: UInt8(ascii: "}"))
        memberCounts[depth + 1] = min(object.count, Self.reservedMax)
        return .object(object)
    }

    private mutating func parseArray() throws(Malformed) -> JSONValue {
        try enter()
        guard !skipClosing(UInt8(ascii: "]")) else { return .array([]) }
        var elements: [JSONValue] = []
        elements.reserveCapacity(elementCounts[depth])
        repeat {
            elements.append(try parseValue())
        } while try skipSeparator(closing: UInt8(ascii: "]"))
        elementCounts[depth + 1] = min(elements.count, Self.reservedMax)
        return .array(elements)
    }
}

// MARK: - Structure

extension JSONParser {
    /// Skips a literal name of four bytes, or of five the first of which the caller has read.
    /// - Parameter word: the four bytes, the first in the lowest bits.
    @inline(__always)
    private mutating func skipWord(_ word: UInt32, at offset: Int) throws(Malformed) {
        let start = position + offset
        guard start + 4 <= input.count else { throw Malformed() }
        let found =
            UInt32(input[start]) | UInt32(input[start + 1]) << 8 | UInt32(input[start + 2]) << 16 | UInt32(
                input[start + 3]) << 24
        guard found == word else { throw Malformed() }
        position = start + 4
    }

    mutating func skipTrue() throws(Malformed) { try skipWord(0x6575_7274, at: 0) }
    mutating func skipFalse() throws(Malformed) { try skipWord(0x6573_6C61, at: 1) }
    mutating func skipNull() throws(Malformed) { try skipWord(0x6C6C_756E, at: 0) }

    /// Skips an opening bracket.
    mutating func enter() throws(Malformed) {
        depth += 1
        guard depth <= depthMax else { throw Malformed() }
        position += 1
        skipWhiteSpace()
    }

    /// Skips `closing`, if it is next.
    mutating func skipClosing(_ closing: UInt8) -> Bool {
        guard peek() == closing else { return false }
        position += 1
        depth -= 1
        return true
    }

    /// Skips the comma before another entry, or `closing`.
    /// - Returns: whether another entry follows.
    mutating func skipSeparator(closing: UInt8) throws(Malformed) -> Bool {
        skipWhiteSpace()
        guard position < input.count else { throw Malformed() }
        let byte = input[position]
        position += 1
        if byte == UInt8(ascii: ",") {
            skipWhiteSpace()
            return true
        }
        guard byte == closing else { throw Malformed() }
        depth -= 1
        return false
    }

    mutating func skipColon() throws(Malformed) {
        skipWhiteSpace()
        guard peek() == UInt8(ascii: ":") else { throw Malformed() }
        position += 1
        skipWhiteSpace()
    }

    @inline(__always)
    func peek() -> UInt8? { position < input.count ? input[position] : nil }

    @inline(__always)
    mutating func skipWhiteSpace() {
        while position < input.count {
            let byte = input[position]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }
}

/// A count below 256 for each depth, modulo 8; four to begin with.
private struct RecentCounts {
    private var packed: UInt64 = 0x0404_0404_0404_0404

    subscript(depth: Int) -> Int {
        get { Int(packed >> UInt64(8 * (depth & 7)) & 0xFF) }
        set {
            let shift = UInt64(8 * (depth & 7))
            packed = packed & ~(0xFF << shift) | UInt64(newValue) << shift
        }
    }
}

/// A filter before the search for a key among those that an object has so far: mostly it says that there is no need.
private struct SeenKeys {
    private var bits: UInt64 = 0

    /// - Returns: false where the key, in the input from `start` to `end` without an escape, is certainly new.
    @inline(__always)
    mutating func insert(_ input: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let count = end - start
        let print = count == 0 ? 0 : count &* 7 &+ Int(input[start]) &* 3 &+ Int(input[end - 1]) &* 11
        let bit: UInt64 = 1 << UInt64(truncatingIfNeeded: print & 63)
        defer { bits |= bit }
        return bits & bit != 0
    }

    /// For a key with an escape, which may be the same as one that is written otherwise.
    mutating func insertAny() -> Bool {
        bits = .max
        return true
    }
}
