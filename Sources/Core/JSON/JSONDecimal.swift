/// The exact value of a finite decimal number: ±0.digits × 10^exponent, in the one form that has no zeros at either end.
struct JSONDecimal: Equatable {
    /// False for zero.
    private(set) var isNegative: Bool
    /// ASCII digits without leading or trailing zeros; none for zero.
    private(set) var digits: [UInt8]
    /// Power of ten by which `0.digits` is multiplied; 0 for zero.
    private(set) var exponent: Int

    /// Beyond these powers of ten the exponent's digits are not counted up further (10^18 zeros are past all use).
    private static let exponentMax = 1_000_000_000_000_000_000

    init(_ value: Int64) { self.init(digits: value.magnitude.description.utf8, isNegative: value < 0) }

    /// The shortest digits that round trip; nil when `value` is not finite.
    init?(_ value: Double) {
        guard value.isFinite else { return nil }
        self.init(value.description)
    }

    /// - Parameter text: a number in JSON's grammar; nil when it is none.
    init?(_ text: String) {
        var digits: [UInt8] = []
        var isNegative = false
        var pointSeen = false
        var exponent = 0
        var rest = text.utf8[...]
        if rest.first == UInt8(ascii: "-") {
            isNegative = true
            rest.removeFirst()
        }
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits.append(byte)
                if !pointSeen { exponent += 1 }
            case UInt8(ascii: ".") where !pointSeen: pointSeen = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                guard let power = Self.power(rest) else { return nil }
                exponent += power
                rest = rest[rest.endIndex...]
            default: return nil
            }
        }
        guard !digits.isEmpty else { return nil }
        self.init(digits: digits, isNegative: isNegative, exponent: exponent)
    }

    private init(digits: some Sequence<UInt8>, isNegative: Bool, exponent: Int? = nil) {
        let all = Array(digits)
        let leadingZeros = all.firstIndex { $0 != UInt8(ascii: "0") } ?? all.count
        let end = (all.lastIndex { $0 != UInt8(ascii: "0") } ?? leadingZeros - 1) + 1
        self.digits = Array(all[leadingZeros..<end])
        self.isNegative = isNegative && !self.digits.isEmpty
        self.exponent = self.digits.isEmpty ? 0 : (exponent ?? all.count) - leadingZeros
    }

    /// The value when it is an integer that Int64 holds.
    var int64: Int64? {
        guard exponent >= digits.count, exponent <= 19 else { return digits.isEmpty ? 0 : nil }
        var value: Int64 = 0
        for place in 0..<exponent {
            let digit = place < digits.count ? Int64(digits[place] - UInt8(ascii: "0")) : 0
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (next, overflowNext) = shifted.addingReportingOverflow(isNegative ? -digit : digit)
            if overflow || overflowNext { return nil }
            value = next
        }
        return value
    }

    /// The digits after `e`, with their sign; capped at `exponentMax`.
    private static func power(_ text: Substring.UTF8View) -> Int? {
        var rest = text
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        guard !rest.isEmpty else { return nil }
        var value = 0
        for byte in rest {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = min(value * 10 + Int(byte - UInt8(ascii: "0")), exponentMax / 10)
        }
        return isNegative ? -value : value
    }
}
