/// Work on bytes eight at a time.
extension Span<UInt8> {
    /// Eight bytes from `index`, the first in the lowest bits; the caller knows that there are as many.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        // SAFETY: the load checks its bounds, and any eight bytes are a UInt64.
        UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The bytes from `start` that stand for themselves in a JSON string.
    /// - Returns: the offset of the first `"`, `\` or byte below 0x20, or the count; and whether all before it are ASCII.
    @inline(__always)
    func plainRun(from start: Int) -> (end: Int, isASCII: Bool) {
        var index = start
        var all: UInt64 = 0
        while index + 8 <= count {
            let word = word(at: index)
            let marks = word.marksOfSpecialBytes
            if marks != 0 {
                let plain = marks.trailingZeroBitCount & ~7
                all |= word & ((1 << UInt64(plain)) - 1)
                return (index + plain >> 3, all & .highBits == 0)
            }
            all |= word
            index += 8
        }
        while index < count {
            let byte = self[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            all |= UInt64(byte)
            index += 1
        }
        return (index, all & .highBits == 0)
    }

    /// True when both hold the same bytes.
    func hasSameBytes(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var index = 0
        while index + 8 <= count {
            if word(at: index) != other.word(at: index) { return false }
            index += 8
        }
        while index < count {
            if self[index] != other[index] { return false }
            index += 1
        }
        return true
    }

    /// Feeds the bytes and their count to `hasher`.
    func hash(into hasher: inout Hasher) {
        var index = 0
        while index + 8 <= count {
            hasher.combine(word(at: index))
            index += 8
        }
        var rest: UInt64 = 0
        while index < count {
            rest = rest << 8 | UInt64(self[index])
            index += 1
        }
        hasher.combine(rest)
        hasher.combine(count)
    }
}

extension UInt64 {
    /// The highest bit of each byte.
    fileprivate static var highBits: UInt64 { 0x8080_8080_8080_8080 }
    private static var ones: UInt64 { 0x0101_0101_0101_0101 }

    /// The highest bit is set in each byte that is `"`, `\` or below 0x20. Bytes above the first such may be marked without cause.
    @inline(__always)
    fileprivate var marksOfSpecialBytes: UInt64 {
        let quote = self ^ Self.ones &* 0x22
        let backslash = self ^ Self.ones &* 0x5C
        return ((quote &- Self.ones) & ~quote | (backslash &- Self.ones) & ~backslash | (self &- Self.ones &* 0x20) & ~self)
            & Self.highBits
    }
}

extension [UInt8] {
    /// Appends all of `bytes` in one piece.
    @inline(__always)
    mutating func append(copying bytes: Span<UInt8>) {
        // SAFETY: the pointer does not leave the closure, and is to other memory than the array's.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
