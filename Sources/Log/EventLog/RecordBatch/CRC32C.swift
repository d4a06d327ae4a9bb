/// The checksum of record batches: CRC-32 with Castagnoli's polynomial, eight bytes a step.
/// Source: RFC 3720 § 12.1; M. Kounavis and F. Berry, "A Systematic Approach to Building High Performance CRC".
public enum CRC32C {
    /// The checksum of the bytes of `bytes` from `start` on.
    public static func checksum(_ bytes: [UInt8], from start: Int = 0) -> UInt32 {
        checksum(bytes.span.extracting(min(start, bytes.count)..<bytes.count))
    }

    /// The checksum of `bytes`.
    public static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        var checksum: UInt32 = .max
        let tables = tables
        var position = 0
        let count = bytes.count
        while count - position >= 8 {
            let low = checksum ^ word(bytes, position)
            let high = word(bytes, position + 4)
            checksum = tables.seventh[Int(low & 0xff)]
            checksum ^= tables.sixth[Int((low >> 8) & 0xff)]
            checksum ^= tables.fifth[Int((low >> 16) & 0xff)]
            checksum ^= tables.fourth[Int(low >> 24)]
            checksum ^= tables.third[Int(high & 0xff)]
            checksum ^= tables.second[Int((high >> 8) & 0xff)]
            checksum ^= tables.first[Int((high >> 16) & 0xff)]
            checksum ^= tables.zeroth[Int(high >> 24)]
            position += 8
        }
        while position < count {
            checksum = (checksum >> 8) ^ tables.zeroth[Int((checksum ^ UInt32(bytes[position])) & 0xff)]
            position += 1
        }
        return ~checksum
    }

    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ position: Int) -> UInt32 {
        UInt32(bytes[position]) | UInt32(bytes[position + 1]) << 8
            | UInt32(bytes[position + 2]) << 16 | UInt32(bytes[position + 3]) << 24
    }

    private typealias Table = InlineArray<256, UInt32>

    /// Table n gives what a byte that lies n bytes back contributes.
    private struct Tables: Sendable {
        var zeroth = Table(repeating: 0)
        var first = Table(repeating: 0)
        var second = Table(repeating: 0)
        var third = Table(repeating: 0)
        var fourth = Table(repeating: 0)
        var fifth = Table(repeating: 0)
        var sixth = Table(repeating: 0)
        var seventh = Table(repeating: 0)

        init() {
            for index in 0..<256 {
                var value = UInt32(index)
                for _ in 0..<8 { value = (value >> 1) ^ (value & 1 == 1 ? 0x82f6_3b78 : 0) }
                zeroth[index] = value
            }
            first = next(zeroth)
            second = next(first)
            third = next(second)
            fourth = next(third)
            fifth = next(fourth)
            sixth = next(fifth)
            seventh = next(sixth)
        }

        private func next(_ table: Table) -> Table {
            var result = table
            for index in 0..<256 { result[index] = (table[index] >> 8) ^ zeroth[Int(table[index] & 0xff)] }
            return result
        }
    }

    private static let tables = Tables()
}
