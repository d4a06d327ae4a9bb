import JSON

/// Reads the members of an object in the bytes of an event; a missing or mistyped one is an error that names it. Fastest in the
/// order in which `EventEncoder` writes them.
struct EventFields: ~Escapable {
    private var cursor: JSONMemberCursor
    private let name: StaticString

    @_lifetime(copy cursor)
    private init(_ cursor: consuming JSONMemberCursor, _ name: StaticString) {
        self.cursor = cursor
        self.name = name
    }

    /// Of the event itself.
    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) throws(CodecError) {
        do {
            cursor = try JSONMemberCursor(bytes)
        } catch {
            throw Self.malformed(error)
        }
        name = "event"
    }

    // MARK: - Objects

    /// The members of an object in this one, which has to be left before another member of this one is asked for.
    @_lifetime(copy self)
    mutating func fields(_ key: StaticString) throws(CodecError) -> EventFields {
        guard try seek(key, .object, "an object") else { throw missing(key) }
        do {
            return EventFields(try cursor.object(), key)
        } catch {
            throw Self.malformed(error)
        }
    }

    /// Goes behind an object that `fields` gave.
    mutating func leave(_ fields: consuming EventFields) throws(CodecError) {
        do {
            try cursor.leave(fields.cursor)
        } catch {
            throw Self.malformed(error)
        }
    }

    /// Looks at what was not read yet of the event itself.
    mutating func finish() throws(CodecError) {
        do {
            try cursor.finishText()
        } catch {
            throw Self.malformed(error)
        }
    }

    /// Passes over what AWS has behind an input or output, as `EventEncoder` writes it.
    mutating func skipNotTruncated(_ members: StaticString) { cursor.skip(written: members) }

    mutating func contains(_ key: StaticString) throws(CodecError) -> Bool {
        do {
            return try cursor.contains(key)
        } catch {
            throw Self.malformed(error)
        }
    }

    /// Goes to a member's value.
    /// - Returns: false when there is no such member.
    private mutating func seek(
        _ key: StaticString, _ kind: JSONMemberCursor.Kind, _ expected: StaticString
    ) throws(CodecError) -> Bool {
        let sought: JSONMemberCursor.Sought
        do {
            sought = try cursor.seek(key, kind)
        } catch {
            throw Self.malformed(error)
        }
        if sought == .mistyped { throw mistyped(key, expected) }
        return sought == .found
    }

    // MARK: - Strings

    mutating func optionalString(_ key: StaticString) throws(CodecError) -> String? {
        guard try seek(key, .string, "a string") else { return nil }
        do {
            return try cursor.readString()
        } catch {
            throw Self.malformed(error)
        }
    }

    mutating func string(_ key: StaticString) throws(CodecError) -> String {
        guard let value = try optionalString(key) else { throw missing(key) }
        return value
    }

    /// A string as it is written, without its quotes.
    /// - Returns: nil when it is written like `known`.
    mutating func quoted(_ key: StaticString, unless known: [UInt8]) throws(CodecError) -> [UInt8]? {
        guard try seek(key, .string, "a string") else { throw missing(key) }
        return try readQuoted(unless: known)
    }

    private mutating func readQuoted(unless known: [UInt8]) throws(CodecError) -> [UInt8]? {
        if cursor.skip(quoted: known.span) { return nil }
        do {
            let range = try cursor.readQuoted()
            var bytes: [UInt8] = []
            bytes.reserveCapacity(range.count)
            bytes.append(copying: cursor.input.extracting(range))
            return bytes
        } catch {
            throw Self.malformed(error)
        }
    }

    /// JSON text in a string; it is read when it is needed.
    /// - Parameter last: the payload before it, which it mostly is like; replaced by it.
    mutating func optionalPayload(
        _ key: StaticString, after last: inout Payload?
    ) throws(CodecError) -> Payload? {
        guard try seek(key, .string, "a string") else { return nil }
        if let last, !last.quoted.isEmpty, cursor.skip(quoted: last.quoted.span) { return last }
        guard let bytes = try readQuoted(unless: []) else { throw mistyped(key, "JSON text") }
        let payload = Payload(quoted: bytes)
        last = payload
        return payload
    }

    mutating func payload(_ key: StaticString, after last: inout Payload?) throws(CodecError) -> Payload {
        guard let payload = try optionalPayload(key, after: &last) else { throw missing(key) }
        return payload
    }

    /// All members that were not read yet, which are JSON texts in strings.
    mutating func payloads() throws(CodecError) -> [(name: String, value: Payload)] {
        var payloads: [(name: String, value: Payload)] = []
        while true {
            let key: String
            do {
                guard let next = try cursor.nextKey() else { return payloads }
                key = next
            } catch {
                throw Self.malformed(error)
            }
            guard cursor.kind == .string, let bytes = try readQuoted(unless: []) else {
                throw CodecError(message: "\(name) holds JSON texts")
            }
            payloads.append((key, Payload(quoted: bytes)))
        }
    }

    /// What `type` names.
    mutating func type() throws(CodecError) -> EventType {
        guard try seek("type", .string, "a string") else { throw missing("type") }
        let range: Range<Int>
        do {
            range = try cursor.readQuoted()
        } catch {
            throw Self.malformed(error)
        }
        if let type = EventType(cursor.input.extracting(range)) { return type }
        let name = String(decoding: range.map { cursor.input[$0] }, as: UTF8.self)
        throw CodecError(
            message: "\"\(name)\" is no type of event that this release knows; a newer one may have written it")
    }

    // MARK: - Numbers

    mutating func optionalInt64(_ key: StaticString) throws(CodecError) -> Int64? {
        guard try seek(key, .number, "an integer") else { return nil }
        do {
            if let integer = try cursor.readNumber().int64 { return integer }
        } catch {
            throw Self.malformed(error)
        }
        throw mistyped(key, "an integer")
    }

    mutating func int64(_ key: StaticString) throws(CodecError) -> Int64 {
        guard let value = try optionalInt64(key) else { throw missing(key) }
        return value
    }

    mutating func optionalMilliseconds(_ key: StaticString) throws(CodecError) -> Int64? {
        guard let value = try optionalInt64(key) else { return nil }
        guard value.magnitude <= MemberReader.millisecondsMax.magnitude else { throw mistyped(key, "a time") }
        return value
    }

    mutating func milliseconds(_ key: StaticString) throws(CodecError) -> Int64 {
        guard let value = try optionalMilliseconds(key) else { throw missing(key) }
        return value
    }

    /// Of a time in seconds since 1970: the nearest millisecond.
    mutating func millisecondsOfSeconds(_ key: StaticString) throws(CodecError) -> Int64 {
        guard try seek(key, .number, "a number") else { throw missing(key) }
        do {
            if let milliseconds = try cursor.readThousandths(),
                milliseconds.magnitude <= MemberReader.millisecondsMax.magnitude
            {
                return milliseconds
            }
        } catch {
            throw Self.malformed(error)
        }
        throw mistyped(key, "a time")
    }

    // MARK: - Errors

    private static func malformed(_ error: JSONSyntaxError) -> CodecError {
        CodecError(message: "the event is not valid JSON: \(error)")
    }

    private func missing(_ key: StaticString) -> CodecError { CodecError(message: "\(name) has no member \"\(key)\"") }

    private func mistyped(_ key: StaticString, _ expected: StaticString) -> CodecError {
        CodecError(message: "\(name).\(key) is not \(expected)")
    }
}
