import JSON

/// Appends the members of JSON objects to bytes; it sets the commas.
struct MemberWriter {
    private(set) var bytes: [UInt8]
    private var needsComma = false

    /// - Parameter bytes: where to append; its storage is used on.
    init(appendingTo bytes: consuming [UInt8]) { self.bytes = bytes }

    /// - Parameter bytes: as for `init(appendingTo:)`; they end with a member of an object.
    init(afterMemberIn bytes: consuming [UInt8]) {
        self.bytes = bytes
        needsComma = true
    }

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
        let comma = needsComma
        needsComma = true
        bytes.append(addingCapacity: name.utf8CodeUnitCount + 4) { span in
            if comma { span.append(UInt8(ascii: ",")) }
            span.append(UInt8(ascii: "\""))
            // SAFETY: a static string's bytes live for ever.
            name.withUTF8Buffer { text in unsafe span.append(copying: text.span) }
            span.append(UInt8(ascii: "\""))
            span.append(UInt8(ascii: ":"))
        }
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

    /// A string member of hexadecimal digits, without leading zeros.
    mutating func hexadecimal(_ name: StaticString, _ value: UInt64) {
        key(name)
        bytes.append(addingCapacity: 18) { span in
            span.append(UInt8(ascii: "\""))
            var shift = max(0, (64 - value.leadingZeroBitCount + 3) / 4 * 4 - 4)
            while shift >= 0 {
                let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift) & 0xF)
                span.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
                shift -= 4
            }
            span.append(UInt8(ascii: "\""))
        }
    }

    mutating func integer(_ name: StaticString, _ value: Int) { integer(name, Int64(value)) }

    /// Seconds since the epoch with three decimals, as AWS's API writes times.
    mutating func seconds(_ name: StaticString, epochMilliseconds: Int64) {
        key(name)
        JSONWriter.write(epochMilliseconds / 1_000, to: &bytes)
        let fraction = Int(epochMilliseconds % 1_000)
        bytes.append(addingCapacity: 4) { span in
            span.append(UInt8(ascii: "."))
            span.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / 100))
            span.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / 10 % 10))
            span.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction % 10))
        }
    }

    /// A string value behind a key that was written.
    mutating func text(_ value: String) { JSONWriter.write(value, to: &bytes) }

    /// A string member whose value is written already, escapes and quotes included.
    mutating func written(_ name: StaticString, _ json: [UInt8]) {
        key(name)
        bytes.append(contentsOf: json)
    }

    /// JSON text as it stands.
    mutating func raw(_ name: StaticString, _ json: StaticString) {
        key(name)
        json.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }  // SAFETY: a static string's bytes live for ever.
    }

    /// AWS's `inputDetails` and `outputDetails`; nothing is ever truncated.
    mutating func notTruncated(_ name: StaticString) { raw(name, #"{"truncated":false}"#) }
}
