import JSON

/// Appends the members of JSON objects to bytes; it sets the commas.
struct MemberWriter {
    private(set) var bytes: [UInt8]
    private var needsComma = false

    /// - Parameter bytes: where to append; its storage is used on.
    init(appendingTo bytes: consuming [UInt8]) { self.bytes = bytes }

    mutating func open() {
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    mutating func close() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// The key of the member that follows; only letters.
    mutating func key(_ name: StaticString) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }  // SAFETY: a static string's bytes live for ever.
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func key(named name: String) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
        JSONWriter.write(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func object(_ name: StaticString) {
        key(name)
        open()
    }

    mutating func object(named name: String) {
        key(named: name)
        open()
    }

    mutating func string(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        key(name)
        JSONWriter.write(value, to: &bytes)
    }

    mutating func integer(_ name: StaticString, _ value: Int64?) {
        guard let value else { return }
        key(name)
        JSONWriter.write(value, to: &bytes)
    }

    mutating func integer(_ name: StaticString, _ value: Int) { integer(name, Int64(value)) }

    /// Seconds since the epoch with three decimals, as AWS's API writes times.
    mutating func seconds(_ name: StaticString, epochMilliseconds: Int64) {
        key(name)
        JSONWriter.write(epochMilliseconds / 1_000, to: &bytes)
        let fraction = Int(epochMilliseconds % 1_000)
        bytes.append(UInt8(ascii: "."))
        for divisor in [100, 10, 1] { bytes.append(UInt8(ascii: "0") + UInt8(fraction / divisor % 10)) }
    }

    /// A string value behind a key that was written.
    mutating func text(_ value: String) { JSONWriter.write(value, to: &bytes) }

    /// JSON text as it stands.
    mutating func raw(_ name: StaticString, _ json: String) {
        key(name)
        bytes.append(contentsOf: json.utf8)
    }

    /// AWS's `inputDetails` and `outputDetails`; nothing is ever truncated.
    mutating func notTruncated(_ name: StaticString) { raw(name, #"{"truncated":false}"#) }
}
