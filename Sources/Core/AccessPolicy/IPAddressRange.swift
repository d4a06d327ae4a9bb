/// An IPv4 or IPv6 address with the number of its leading bits that count: `10.0.0.0/8`, `2001:db8::/32`, `192.0.2.1`.
struct IPAddressRange: Sendable, Equatable {
    private let bytes: [UInt8]
    private let prefixBits: Int

    /// nil for what is no address or range.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let bytes = Self.bytes(String(parts[0])) else { return nil }
        var bits = bytes.count * 8
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...bits).contains(given) else { return nil }
            bits = given
        }
        self.bytes = bytes
        prefixBits = bits
    }

    /// An address of the other family is outside.
    func contains(_ address: [UInt8]) -> Bool {
        guard address.count == bytes.count else { return false }
        for index in bytes.indices {
            let bits = min(max(prefixBits - index * 8, 0), 8)
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            if (bytes[index] ^ address[index]) & mask != 0 { return false }
        }
        return true
    }

    /// 4 or 16 bytes; an IPv4 address within IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
    static func bytes(_ text: String) -> [UInt8]? {
        guard text.contains(":") else { return version4(text) }
        var groups = text
        var tail: [UInt8] = []
        if text.contains("."), let colon = text.lastIndex(of: ":") {
            guard let embedded = version4(String(text[text.index(after: colon)...])) else { return nil }
            tail = embedded
            groups = String(text[...colon])
            if !groups.hasSuffix("::") { groups.removeLast() }
        }
        let halves = groups.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        var sides: [[UInt8]] = []
        for half in halves {
            var side: [UInt8] = []
            for group in half.split(separator: ":", omittingEmptySubsequences: false) where !half.isEmpty {
                guard (1...4).contains(group.utf8.count), let value = UInt16(group, radix: 16) else { return nil }
                side += [UInt8(value >> 8), UInt8(value & 0xFF)]
            }
            sides.append(side)
        }
        sides[sides.count - 1] += tail
        let known = sides.reduce(0) { $0 + $1.count }
        guard sides.count == 2 ? known <= 14 : known == 16 else { return nil }
        let result = (sides.first ?? []) + Array(repeating: 0, count: 16 - known) + (sides.count == 2 ? sides[1] : [])
        let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
        return result.starts(with: mapped) ? Array(result.suffix(4)) : result
    }

    private static func version4(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt8(part) : nil
        }
        return bytes.count == 4 ? bytes : nil
    }
}
