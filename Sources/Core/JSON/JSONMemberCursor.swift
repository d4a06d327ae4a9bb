/// Reads the members of a JSON object where they stand.
///
///     var cursor = try JSONMemberCursor(bytes)
///     if try cursor.seek("id") { id = try cursor.readInteger() }
///     try cursor.finish()
///
/// Members that are asked for in the order in which they are written are found in one pass, without building anything; any other
/// order works too, only slower. Of members with the same key one is found. A key that is written with an escape is found by its
/// escaped spelling only.
public struct JSONMemberCursor: ~Escapable {
    /// What a value is.
    public enum Kind: UInt8, Sendable {
        case object, array, string, number, bool, null
    }

    /// Its position is behind the member that was read last, or at the value that `seek` found.
    var parser: JSONParser
    /// Behind the object's opening bracket.
    private let start: Int
    /// No member stands before the position.
    private var isFirst = true
    /// Members before the position were passed over, so they are to be looked at too.
    private var hasPassedOver = false

    /// - Parameter input: one JSON object, UTF-8. What stands behind what is read is looked at by `finish` only.
    /// - Throws: `JSONSyntaxError` where it does not begin with an object.
    @_lifetime(copy input)
    public init(_ input: Span<UInt8>) throws(JSONSyntaxError) {
        try self.init(input, at: 0)
    }

    @_lifetime(copy input)
    init(_ input: Span<UInt8>, at position: Int) throws(JSONSyntaxError) {
        parser = JSONParser(input, depthMax: JSONParser.depthMax)
        parser.position = position
        parser.skipWhiteSpace()
        guard parser.position < input.count, input[parser.position] == UInt8(ascii: "{") else {
            throw JSONDiagnosis.error(in: input, depthMax: JSONParser.depthMax)
        }
        parser.position += 1
        start = parser.position
    }

    /// The byte at the position; zero, which begins nothing, at the end.
    private var byte: UInt8 { parser.position < parser.input.count ? parser.input[parser.position] : 0 }

    func syntaxError() -> JSONSyntaxError {
        JSONDiagnosis.error(in: parser.input, depthMax: JSONParser.depthMax)
    }

    // MARK: - Members

    /// Goes to the value of a member, which then must be read, or left as an object.
    /// - Returns: false, and stays, when there is no such member.
    /// - Throws: `JSONSyntaxError` for what is no JSON on the way.
    public mutating func seek(_ key: StaticString) throws(JSONSyntaxError) -> Bool {
        let quote = parser.position + (isFirst ? 0 : 1)
        let end = quote + 1 + key.utf8CodeUnitCount
        if end + 1 < parser.input.count, isFirst || parser.input[parser.position] == UInt8(ascii: ","),
            parser.input[quote] == UInt8(ascii: "\""), parser.input[end] == UInt8(ascii: "\""),
            parser.input[end + 1] == UInt8(ascii: ":"), isKey(key, from: quote + 1)
        {
            parser.position = end + 2
            isFirst = false
            parser.skipWhiteSpace()
            return true
        }
        do {
            return try search(key)
        } catch {
            throw syntaxError()
        }
    }

    /// What came of a search for a member whose value is to be of one kind.
    public enum Sought: Sendable {
        case found, missing
        /// It is there, and its value is of another kind.
        case mistyped
    }

    /// The same, with a look at what the value is.
    /// - Throws: `JSONSyntaxError` for what is no JSON on the way.
    public mutating func seek(_ key: StaticString, _ kind: Kind) throws(JSONSyntaxError) -> Sought {
        guard try seek(key) else { return .missing }
        return self.kind == kind ? .found : .mistyped
    }

    /// Passes over members that are written just so, a comma before each. Any other way of writing is left where it is.
    public mutating func skip(written members: StaticString) {
        let end = parser.position + members.utf8CodeUnitCount
        guard !isFirst, end < parser.input.count, isKey(members, from: parser.position),
            parser.input[end] == UInt8(ascii: ",") || parser.input[end] == UInt8(ascii: "}")
        else { return }
        parser.position = end
        hasPassedOver = true
    }

    /// Whether there is such a member. Stays.
    public mutating func contains(_ key: StaticString) throws(JSONSyntaxError) -> Bool {
        let (origin, wasFirst, hadPassedOver) = (parser.position, isFirst, hasPassedOver)
        let isThere = try seek(key)
        (parser.position, isFirst, hasPassedOver) = (origin, wasFirst, hadPassedOver)
        return isThere
    }

    /// The slow way: looks at every member behind the position, then at those before it that were passed over.
    private mutating func search(_ key: StaticString) throws(JSONParser.Malformed) -> Bool {
        let (origin, wasFirst, end) = (parser.position, isFirst, parser.input.count)
        if try passOver(until: key, from: origin, before: end) { return true }
        if hasPassedOver {
            isFirst = true
            if try passOver(until: key, from: start, before: origin) { return true }
        }
        (parser.position, isFirst) = (origin, wasFirst)
        return false
    }

    private mutating func passOver(
        until key: StaticString, from first: Int, before limit: Int
    ) throws(JSONParser.Malformed) -> Bool {
        parser.position = first
        var passed = false
        while parser.position < limit, try goToKey() {
            let begin = parser.position + 1
            try parser.skipString()
            let isFound = parser.position - 1 - begin == key.utf8CodeUnitCount && isKey(key, from: begin)
            try parser.skipColon()
            isFirst = false
            if isFound {
                hasPassedOver = hasPassedOver || passed
                return true
            }
            try parser.skipValue()
            passed = true
        }
        return false
    }

    /// Goes to the next member's opening quote.
    /// - Returns: false at the object's end, its closing bracket at the position.
    private mutating func goToKey() throws(JSONParser.Malformed) -> Bool {
        parser.skipWhiteSpace()
        guard byte != UInt8(ascii: "}") else { return false }
        if !isFirst {
            guard byte == UInt8(ascii: ",") else { throw JSONParser.Malformed() }
            parser.position += 1
            parser.skipWhiteSpace()
        }
        guard byte == UInt8(ascii: "\"") else { throw JSONParser.Malformed() }
        return true
    }

    @inline(__always)
    private func isKey(_ key: StaticString, from start: Int) -> Bool {
        let count = key.utf8CodeUnitCount
        // SAFETY: a static string's bytes live for ever, as many as it says, and the span does not leave this function.
        let wanted = unsafe Span(_unsafeStart: key.utf8Start, count: count)
        return parser.input.extracting(start..<(start + count)).hasSameBytes(as: wanted)
    }

    /// Goes to the next member.
    /// - Returns: its key, its value being at the position; nil at the object's end.
    public mutating func nextKey() throws(JSONSyntaxError) -> String? {
        do {
            guard try goToKey() else { return nil }
            let key = try parser.parseString().text
            try parser.skipColon()
            isFirst = false
            return key
        } catch {
            throw syntaxError()
        }
    }

    /// Passes over the rest of the object.
    /// - Returns: the offset behind its closing bracket.
    /// - Throws: `JSONSyntaxError` for what is no JSON.
    @discardableResult
    public mutating func finish() throws(JSONSyntaxError) -> Int {
        do {
            while try goToKey() {
                try parser.skipString()
                try parser.skipColon()
                try parser.skipValue()
                isFirst = false
            }
            parser.position += 1
            return parser.position
        } catch {
            throw syntaxError()
        }
    }

    /// Passes over the rest of the outermost object, behind which nothing may stand.
    public mutating func finishText() throws(JSONSyntaxError) {
        try finish()
        parser.skipWhiteSpace()
        guard parser.position == parser.input.count else { throw syntaxError() }
    }
}
