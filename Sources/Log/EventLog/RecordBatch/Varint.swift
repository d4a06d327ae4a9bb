/// Zigzag variable-length integers, as in Kafka's record format.
enum Varint {
    /// How many bytes `append` writes for `value`, 1 to 10.
    @inline(__always)
    static func width(_ value: Int64) -> Int {
        let zigzag = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        return (70 - (zigzag | 1).leadingZeroBitCount) / 7
    }

    @inline(__always)
    static func append(_ value: Int64, to output: inout [UInt8]) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        while rest > 0x7f {
            output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Overwrites `width(value)` bytes from `position` on.
    @inline(__always)
    static func write(_ value: Int64, to output: inout [UInt8], at position: Int) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        var position = position
        while rest > 0x7f {
            output[position] = UInt8(truncatingIfNeeded: rest) | 0x80
            rest >>= 7
            position += 1
        }
        output[position] = UInt8(truncatingIfNeeded: rest)
    }

    /// Reads one integer before `end` and moves `position` behind it; nil when there is none that fits 64 bits.
    @inline(__always)
    static func read(_ bytes: [UInt8], at position: inout Int, end: Int) -> Int64? {
        var zigzag: UInt64 = 0
        var shift: UInt64 = 0
        while position < end, shift < 64 {
            let byte = bytes[position]
            position += 1
            zigzag |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return Int64(bitPattern: (zigzag >> 1) ^ (0 &- (zigzag & 1))) }
            shift += 7
        }
        return nil
    }
}
