/// Work on bytes eight at a time.
extension Span<UInt8> {
    /// Eight bytes from `index`, the first in the lowest bits.
    /// - Precondition: there are as many.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        assert(index >= 0 && index + 8 <= count)
        // SAFETY: each caller has compared `index + 8` with the count, and any eight bytes are a UInt64.
        return UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
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

    /// True when none of the eight bytes from `index` wants an escape in a JSON string.
    @inline(__always)
    func isPlainWord(at index: Int) -> Bool { word(at: index).marksOfSpecialBytes == 0 }

    /// How many bytes the escapes of a JSON string add to these.
    @inline(__always)
    var escapeBytes: Int {
        var total = 0
        var index = 0
        while index + 8 <= count {
            let marks = word(at: index).exactMarksOfSpecialBytes
            if marks.quotes != 0 { total += marks.quotes.nonzeroBitCount }
            if marks.controls != 0 {
                for offset in 0..<8 where self[index + offset] < 0x20 { total += self[index + offset].escapeBytes }
            }
            index += 8
        }
        while index < count {
            total += self[index].escapeBytes
            index += 1
        }
        return total
    }

    /// True when both hold the same bytes.
    func hasSameBytes(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var index = 0
        while index + 32 <= count {
            var difference = word(at: index) ^ other.word(at: index)
            difference |= word(at: index + 8) ^ other.word(at: index + 8)
            difference |= word(at: index + 16) ^ other.word(at: index + 16)
            difference |= word(at: index + 24) ^ other.word(at: index + 24)
            if difference != 0 { return false }
            index += 32
        }
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
    var marksOfSpecialBytes: UInt64 {
        let quote = self ^ Self.ones &* 0x22
        let backslash = self ^ Self.ones &* 0x5C
        return
            ((quote &- Self.ones) & ~quote | (backslash &- Self.ones) & ~backslash | (self &- Self.ones &* 0x20) & ~self)
            & Self.highBits
    }
}

extension UInt64 {
    /// The highest bit is set in each byte that is a quote or backslash, and in each below 0x20; in no other.
    @inline(__always)
    fileprivate var exactMarksOfSpecialBytes: (quotes: UInt64, controls: UInt64) {
        let quote = self ^ Self.ones &* 0x22
        let backslash = self ^ Self.ones &* 0x5C
        let control = self & (Self.ones &* 0xE0)
        return (quote.marksOfZeroBytes | backslash.marksOfZeroBytes, control.marksOfZeroBytes)
    }

    /// True when each of the eight bytes is.
    @inline(__always)
    var isASCII: Bool { self & Self.highBits == 0 }

    /// The highest bit is set in each byte that is zero, and in no other.
    @inline(__always)
    private var marksOfZeroBytes: UInt64 {
        let low = ~Self.highBits
        return ~((self & low) &+ low | self | low)
    }
}

extension UInt8 {
    /// How many bytes the escape of this byte adds to it in a JSON string.
    fileprivate var escapeBytes: Int {
        switch self {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x08, 0x09, 0x0A, 0x0C, 0x0D: 1
        case 0..<0x20: 5
        default: 0
        }
    }
}

extension OutputSpan<UInt8> {
    /// Appends all of `bytes` in one piece.
    @inline(__always)
    package mutating func append(copying bytes: Span<UInt8>) {
        // SAFETY: the source is other memory; `initialize(fromContentsOf:)` checks that there is room for it.
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            unsafe bytes.withUnsafeBufferPointer { source in
                count = unsafe buffer[count...].initialize(fromContentsOf: source)
            }
        }
    }

    /// Appends the decimal digits of `value`.
    mutating func append(decimal value: UInt64) {
        var rest = value
        var digits: UInt64 = 0
        var count = 0
        if value >= 100_000_000 {
            append(decimal: value / 100_000_000)
            rest = value % 100_000_000
            // These eight digits are not the first, so that their zeros count.
            rest += 100_000_000
        }
        repeat {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            digits = digits << 8 | (0x30 + digit)
            rest = quotient
            count += 1
        } while rest > 0 && count < 8
        for _ in 0..<count {
            append(UInt8(truncatingIfNeeded: digits))
            digits >>= 8
        }
    }
}

extension [UInt8] {
    /// Appends all of `bytes` in one piece.
    @inline(__always)
    package mutating func append(copying bytes: Span<UInt8>) {
        // SAFETY: the pointer does not leave the closure, and is to other memory than the array's.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
