/// The checksum of record batches: CRC-32 with Castagnoli's polynomial, sixteen bytes a step.
/// Source: RFC 3720 § 12.1; M. Kounavis and F. Berry, "A Systematic Approach to Building High Performance CRC".
public enum CRC32C {
    /// The checksum of the bytes of `bytes` from `start` on.
    public static func checksum(_ bytes: [UInt8], from start: Int = 0) -> UInt32 {
        checksum(bytes.span.extracting(min(start, bytes.count)..<bytes.count))
    }

    /// The checksum of `bytes`.
    public static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        checksum(bytes, table: table.span)
    }

    private static func checksum(_ bytes: Span<UInt8>, table: Span<UInt32>) -> UInt32 {
        var checksum: UInt32 = .max
        var position = 0
        let count = bytes.count
        while count - position >= 16 {
            checksum =
                contribution(checksum ^ word(bytes, position), row: 12, table)
                ^ contribution(word(bytes, position + 4), row: 8, table)
                ^ contribution(word(bytes, position + 8), row: 4, table)
                ^ contribution(word(bytes, position + 12), row: 0, table)
            position += 16
        }
        while position < count {
            checksum = (checksum >> 8) ^ table[Int((checksum ^ UInt32(bytes[position])) & 0xff)]
            position += 1
        }
        return ~checksum
    }

    /// What four bytes add that lie `row` to `row` + 3 bytes before the end of the step.
    @inline(__always)
    private static func contribution(_ word: UInt32, row: Int, _ table: Span<UInt32>) -> UInt32 {
        table[(row + 3) * 256 + Int(word & 0xff)] ^ table[(row + 2) * 256 + Int((word >> 8) & 0xff)]
            ^ table[(row + 1) * 256 + Int((word >> 16) & 0xff)] ^ table[row * 256 + Int(word >> 24)]
    }

    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ position: Int) -> UInt32 {
        UInt32(bytes[position]) | UInt32(bytes[position + 1]) << 8
            | UInt32(bytes[position + 2]) << 16 | UInt32(bytes[position + 3]) << 24
    }

    /// Sixteen rows of 256: row n gives what a byte adds that lies n bytes before the end of the step.
    private static let table: [UInt32] = {
        var table = (0..<256).map { index in
            (0..<8).reduce(UInt32(index)) { value, _ in (value >> 1) ^ (value & 1 == 1 ? 0x82f6_3b78 : 0) }
        }
        for index in 0..<15 * 256 {
            table.append((table[index] >> 8) ^ table[Int(table[index] & 0xff)])
        }
        return table
    }()
}
