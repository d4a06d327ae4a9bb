/// A request as it came over HTTP, without its body.
struct WireRequest: Sendable {
    /// One header line.
    struct Field: Sendable, Equatable {
        /// In lower case.
        var name: String
        var value: String
    }

    var method = "POST"
    /// As it was sent, percent-encoded.
    var path = "/"
    /// Behind the `?`, as it was sent; "" without one.
    var query = ""
    /// With `host`, in the order they came.
    var fields: [Field] = []
    /// The client's IP address; nil when the connection has none.
    var sourceAddress: String?

    /// The first field of a name, which is given in lower case.
    func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The parameters of the query, decoded, in their order.
    var parameters: [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (PercentCoding.decode(parts[0]), parts.count == 2 ? PercentCoding.decode(parts[1]) : "")
        }
    }
}

/// Percent-encoding as SigV4 has it: everything but letters, digits and `-._~`. Source: RFC 3986 § 2.3.
enum PercentCoding {
    /// - Parameter kept: further bytes that stay as they are.
    static func encode(_ text: String, keeping kept: String = "") -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                if kept.utf8.contains(byte) {
                    bytes.append(byte)
                } else {
                    let digits = Array("0123456789ABCDEF".utf8)
                    bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A `%` without two digits behind it stands for itself.
    static func decode(_ text: some StringProtocol) -> String {
        let source = Array(text.utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
                let byte = UInt8(String(decoding: source[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
