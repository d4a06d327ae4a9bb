/// A decimal number of any size, as far as comparing needs it.
struct DecimalNumber {
    private var isNegative: Bool
    /// Without zeros at either end; empty for zero.
    private var digits: [UInt8]
    /// The value is 0.digits × 10^exponent.
    private var exponent: Int

    /// - Parameter text: as Java's BigDecimal reads it: `[+-] digits [. digits] [e [+-] digits]`, with digits on one
    /// side of the
    ///   point at least. nil for any other text, and for an exponent beyond Int32.
    init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        let whole = Self.takeDigits(&bytes)
        var fraction: [UInt8] = []
        if bytes.first == UInt8(ascii: ".") {
            bytes.removeFirst()
            fraction = Self.takeDigits(&bytes)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        exponent = whole.count
        if let mark = bytes.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
            bytes.removeFirst()
            guard let power = Int32(String(decoding: bytes, as: UTF8.self)) else { return nil }
            exponent += Int(power)
            bytes = []
        }
        guard bytes.isEmpty else { return nil }
        digits = whole + fraction
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        exponent -= zeros
        if digits.isEmpty { (isNegative, exponent) = (false, 0) }
    }

    private static func takeDigits(_ bytes: inout ArraySlice<UInt8>) -> [UInt8] {
        let digits = Array(bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        bytes.removeFirst(digits.count)
        return digits
    }

    /// Below zero when this is less than `other`, zero when both are equal, else above.
    func compare(_ other: DecimalNumber) -> Int {
        if sign != other.sign { return sign - other.sign }
        return sign * compareMagnitude(other)
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    private func compareMagnitude(_ other: DecimalNumber) -> Int {
        if exponent != other.exponent { return exponent < other.exponent ? -1 : 1 }
        if digits == other.digits { return 0 }
        return digits.lexicographicallyPrecedes(other.digits) ? -1 : 1
    }
}
