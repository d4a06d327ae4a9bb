import JSON

/// Why a record of ours can't be read.
public struct CodecError: Error, Sendable, Equatable, CustomStringConvertible {
    public var message: String
    public var description: String { message }

    /// - Parameter message: one sentence: what, and what was expected.
    public init(message: String) { self.message = message }
}

/// Reads the members of a JSON object; a missing or mistyped one is an error that names it.
struct MemberReader {
    private let object: JSONObject
    private let name: String

    init(_ value: JSONValue, _ name: String) throws(CodecError) {
        guard case .object(let object) = value else { throw CodecError(message: "\(name) is not an object") }
        self.object = object
        self.name = name
    }

    var members: [JSONObject.Member] { object.members }

    func optionalString(_ key: String) throws(CodecError) -> String? {
        guard let value = object[JSONString(key)] else { return nil }
        guard case .string(let string) = value else { throw mistyped(key, "a string") }
        return string.text
    }

    func string(_ key: String) throws(CodecError) -> String {
        guard let value = try optionalString(key) else { throw missing(key) }
        return value
    }

    func optionalInt64(_ key: String) throws(CodecError) -> Int64? {
        guard let value = object[JSONString(key)] else { return nil }
        guard case .number(let number) = value, let integer = number.int64 else { throw mistyped(key, "an integer") }
        return integer
    }

    func int64(_ key: String) throws(CodecError) -> Int64 {
        guard let value = try optionalInt64(key) else { throw missing(key) }
        return value
    }

    /// Far from any deadline, and so near that sums of a few do not overflow.
    static let millisecondsMax: Int64 = 1 << 53

    func optionalMilliseconds(_ key: String) throws(CodecError) -> Int64? {
        guard let value = try optionalInt64(key) else { return nil }
        guard value.magnitude <= Self.millisecondsMax.magnitude else { throw mistyped(key, "a time") }
        return value
    }

    func milliseconds(_ key: String) throws(CodecError) -> Int64 {
        guard let value = try optionalMilliseconds(key) else { throw missing(key) }
        return value
    }

    func double(_ key: String) throws(CodecError) -> Double {
        guard let value = object[JSONString(key)] else { throw missing(key) }
        guard case .number(let number) = value else { throw mistyped(key, "a number") }
        return number.double
    }

    func optionalObject(_ key: String) throws(CodecError) -> MemberReader? {
        guard let value = object[JSONString(key)] else { return nil }
        return try MemberReader(value, key)
    }

    func object(_ key: String) throws(CodecError) -> MemberReader {
        guard let reader = try optionalObject(key) else { throw missing(key) }
        return reader
    }

    private func missing(_ key: String) -> CodecError { CodecError(message: "\(name) has no member \"\(key)\"") }

    private func mistyped(_ key: String, _ expected: String) -> CodecError {
        CodecError(message: "\(name).\(key) is not \(expected)")
    }
}
