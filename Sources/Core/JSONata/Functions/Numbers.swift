import JSON

/// Decimal digits of Doubles, exactly.
enum Numbers {
    /// The nearest Double, fast for numbers of up to 15 digits: both parts of `digits / 10^places` are then exact, and so
    /// the quotient is rounded once, as it has to be.
    @inline(__always)
    static func double(_ number: JSONNumber) -> Double {
        switch number {
        case .integer(let value): Double(value)
        case .double(let value): value
        case .literal(let text): literal(text) ?? number.double
        }
    }

    private static func literal(_ text: String) -> Double? {
        let bytes = text.utf8
        guard bytes.count <= 16 else { return nil }
        var (mantissa, places, isNegative) = (0, -1, false)
        for byte in bytes {
            if byte >= 0x30, byte <= 0x39 {
                mantissa = mantissa &* 10 &+ Int(byte &- 0x30)
                if places >= 0 { places &+= 1 }
            } else if byte == UInt8(ascii: "."), places < 0 {
                places = 0
            } else if byte == UInt8(ascii: "-") {
                isNegative = true
            } else {
                return nil
            }
        }
        guard mantissa < 1_000_000_000_000_000, places <= 15 else { return nil }
        let value = places > 0 ? Double(mantissa) / powersOfTen[places] : Double(mantissa)
        return isNegative ? -value : value
    }

    /// The number as ECMAScript writes it, after rounding to 15 significant digits.
    static func text15(_ value: Double) -> String {
        if value.magnitude < 1e15, value.rounded() == value { return value == 0 ? "0" : String(Int64(value)) }
        return JSONNumber.ecmaScriptText(rounded15(value))
    }

    /// The number with at most 15 significant digits that is nearest.
    static func rounded15(_ value: Double) -> Double {
        guard value.isFinite, value != 0 else { return value }
        let (shortest, _) = JSONNumber.shortestDigits(value.magnitude)
        guard shortest.utf8.count > 15 else { return value }
        let (digits, exponent) = exactDigits(value.magnitude)
        let rounded = Self.rounded(digits, count: 15)
        let text = String(decoding: rounded.digits.map { $0 + 0x30 }, as: UTF8.self)
        let result = Double("0.\(text)e\(exponent + rounded.carry)") ?? value
        return value < 0 ? -result : result
    }

    /// `Number.prototype.toFixed` of a magnitude: the digits before the point and `places` after it.
    static func fixed(_ value: Double, places: Int) -> (whole: [UInt8], fraction: [UInt8]) {
        guard value != 0, value.isFinite else { return ([0], Array(repeating: 0, count: places)) }
        var (digits, exponent) = exactDigits(value)
        let kept = exponent + places
        if kept < 0 {
            (digits, exponent) = ([], 0)
        } else {
            let rounded = rounded(digits, count: kept)
            digits = rounded.digits
            exponent += rounded.carry
        }
        var whole: [UInt8] = []
        for index in 0..<max(exponent, 0) { whole.append(index < digits.count ? digits[index] : 0) }
        var fraction: [UInt8] = []
        for place in 0..<places {
            let index = exponent + place
            fraction.append(index >= 0 && index < digits.count ? digits[index] : 0)
        }
        return (whole.isEmpty ? [0] : whole, fraction)
    }

    /// The first `count` digits, the last rounded half up; carry is 1 where that made the number one digit longer.
    private static func rounded(_ digits: [UInt8], count: Int) -> (digits: [UInt8], carry: Int) {
        guard count < digits.count else { return (digits, 0) }
        var result = Array(digits[..<count])
        guard digits[count] >= 5 else { return (result, 0) }
        for index in result.indices.reversed() {
            if result[index] < 9 {
                result[index] += 1
                return (result, 0)
            }
            result[index] = 0
        }
        return ([1] + result, 1)
    }

    /// All digits of a finite number above zero: the value is 0.digits × 10^exponent.
    static func exactDigits(_ value: Double) -> (digits: [UInt8], exponent: Int) {
        var mantissa = value.significandBitPattern
        var power = Int(value.exponentBitPattern) - 1075
        if value.exponentBitPattern == 0 { power += 1 } else { mantissa |= 1 << 52 }
        // The value is mantissa × 2^power; as an integer of base 10^9 it is multiplied by 5^-power for negative powers.
        var limbs: [UInt64] = []
        while mantissa > 0 {
            limbs.append(mantissa % 1_000_000_000)
            mantissa /= 1_000_000_000
        }
        let factor: UInt64 = power < 0 ? 5 : 2
        for _ in 0..<abs(power) {
            var carry: UInt64 = 0
            for index in limbs.indices {
                let product = limbs[index] * factor + carry
                limbs[index] = product % 1_000_000_000
                carry = product / 1_000_000_000
            }
            if carry > 0 { limbs.append(carry) }
        }
        var digits: [UInt8] = []
        for limb in limbs {
            var rest = limb
            for _ in 0..<9 {
                digits.append(UInt8(rest % 10))
                rest /= 10
            }
        }
        while digits.last == 0 { digits.removeLast() }
        digits.reverse()
        let exponent = digits.count + min(power, 0)
        while digits.last == 0 { digits.removeLast() }
        return (digits, exponent)
    }

    /// `$round`: half to even, at a decimal place.
    static func rounded(_ value: Double, places: Int) -> Double {
        guard value.isFinite else { return value }
        if places == 0 { return halfEven(value) }
        if places > 0, places <= 9 {
            let scaled = value * powersOfTen[places]
            let rest = scaled.magnitude - scaled.magnitude.rounded(.down)
            if scaled.magnitude < 1e9, (rest - 0.5).magnitude > 1e-5 {
                let result = scaled.rounded() / powersOfTen[places]
                return result == 0 ? 0 : result
            }
        }
        let shifted = halfEven(shifted(value, places))
        let result = Self.shifted(shifted, -places)
        return result == 0 ? 0 : result
    }

    private static func halfEven(_ value: Double) -> Double {
        let result = value.rounded(.toNearestOrEven)
        return result == 0 ? 0 : result
    }

    /// The value with its point moved, by its decimal text.
    private static func shifted(_ value: Double, _ places: Int) -> Double {
        guard value != 0 else { return 0 }
        let (digits, exponent) = JSONNumber.shortestDigits(value.magnitude)
        let result = Double("0.\(digits)e\(exponent + places)") ?? .infinity
        return value < 0 ? -result : result
    }

    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}
