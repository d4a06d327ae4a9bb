import JSON

/// Reads the members of an object in the bytes of an event; a missing or mistyped one is an error that names it.
struct EventFields: ~Escapable {
    private let index: JSONMemberIndex
    private let object: Int

    @_lifetime(copy index)
    private init(_ index: borrowing JSONMemberIndex, _ object: Int) {
        self.index = copy index
        self.object = object
    }

    /// Of the event itself.
    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) throws(CodecError) {
        do {
            index = try JSONMemberIndex(bytes)
        } catch {
            throw CodecError(message: "the event is not valid JSON: \(error)")
        }
        object = JSONMemberIndex.root
    }

    func optionalString(_ key: StaticString) throws(CodecError) -> String? {
        guard let place = index.member(key, of: object) else { return nil }
        guard let string = index.string(at: place) else { throw mistyped(key, "a string") }
        return string
    }

    func string(_ key: StaticString) throws(CodecError) -> String {
        guard let value = try optionalString(key) else { throw missing(key) }
        return value
    }

    /// JSON text in a string; it is read when it is needed.
    func optionalPayload(_ key: StaticString) throws(CodecError) -> Payload? {
        guard let place = index.member(key, of: object) else { return nil }
        guard index.kind(at: place) == .string else { throw mistyped(key, "a string") }
        return payload(place)
    }

    func payload(_ key: StaticString) throws(CodecError) -> Payload {
        guard let payload = try optionalPayload(key) else { throw missing(key) }
        return payload
    }

    /// All members, which are JSON texts in strings.
    func payloads() throws(CodecError) -> [(name: String, value: Payload)] {
        var payloads: [(name: String, value: Payload)] = []
        for place in index.members(of: object) {
            guard index.kind(at: place) == .string else { throw CodecError(message: "\(name) holds JSON texts") }
            payloads.append((index.key(at: place), payload(place)))
        }
        return payloads
    }

    private func payload(_ place: Int) -> Payload {
        var bytes: [UInt8] = []
        let quoted = index.quoted(at: place)
        bytes.reserveCapacity(quoted.count)
        bytes.append(copying: quoted)
        return Payload(quoted: bytes)
    }

    func optionalInt64(_ key: StaticString) throws(CodecError) -> Int64? {
        guard let place = index.member(key, of: object) else { return nil }
        guard let integer = index.integer(at: place) else { throw mistyped(key, "an integer") }
        return integer
    }

    func int64(_ key: StaticString) throws(CodecError) -> Int64 {
        guard let value = try optionalInt64(key) else { throw missing(key) }
        return value
    }

    func optionalMilliseconds(_ key: StaticString) throws(CodecError) -> Int64? {
        guard let value = try optionalInt64(key) else { return nil }
        guard value.magnitude <= MemberReader.millisecondsMax.magnitude else { throw mistyped(key, "a time") }
        return value
    }

    func milliseconds(_ key: StaticString) throws(CodecError) -> Int64 {
        guard let value = try optionalMilliseconds(key) else { throw missing(key) }
        return value
    }

    /// Of a time in seconds since 1970: the nearest millisecond.
    func millisecondsOfSeconds(_ key: StaticString) throws(CodecError) -> Int64 {
        guard let place = index.member(key, of: object) else { throw missing(key) }
        if let exact = index.thousandths(at: place), exact.magnitude <= MemberReader.millisecondsMax.magnitude {
            return exact
        }
        guard let number = index.number(at: place) else { throw mistyped(key, "a number") }
        let milliseconds = (number.double * 1_000).rounded()
        guard abs(milliseconds) <= Double(MemberReader.millisecondsMax) else { throw mistyped(key, "a time") }
        return Int64(milliseconds)
    }

    func contains(_ key: StaticString) -> Bool { index.member(key, of: object) != nil }

    /// What `type` names.
    func type() throws(CodecError) -> EventType {
        guard let place = index.member("type", of: object) else { throw missing("type") }
        guard index.kind(at: place) == .string else { throw mistyped("type", "a string") }
        guard let type = EventType(index.quoted(at: place)) else {
            throw CodecError(
                message: "\"\(index.string(at: place) ?? "")\" is no type of event that this release knows; a newer one may have written it")
        }
        return type
    }

    /// The members of an object in this one.
    @_lifetime(copy self)
    func fields(_ key: StaticString) throws(CodecError) -> EventFields {
        guard let place = index.member(key, of: object) else { throw missing(key) }
        guard index.kind(at: place) == .object else { throw CodecError(message: "\(key) is not an object") }
        return EventFields(index, place)
    }

    private var name: String { object == JSONMemberIndex.root ? "event" : index.key(at: object) }

    private func missing(_ key: StaticString) -> CodecError { CodecError(message: "\(name) has no member \"\(key)\"") }

    private func mistyped(_ key: StaticString, _ expected: String) -> CodecError {
        CodecError(message: "\(name).\(key) is not \(expected)")
    }
}
