/// x^y without a mathematics library: in twice the precision of Double, so that the result is rounded once.
enum Power {
    /// - Returns: NaN where there is no real result; infinity where it is too large.
    static func power(_ base: Double, _ exponent: Double) -> Double {
        if exponent == 0 { return 1 }
        if base.isNaN || exponent.isNaN { return .nan }
        if base == 1 { return 1 }
        let isWhole = exponent.rounded() == exponent
        let isOdd = isWhole && exponent.magnitude < 9_007_199_254_740_992 && Int64(exponent) % 2 != 0
        if base == 0 { return exponent > 0 ? 0 : .infinity }
        if base < 0, !isWhole { return .nan }
        if isWhole, exponent.magnitude <= 4096 {
            let result = wholePower(base.magnitude, Int(exponent.magnitude))
            let value = exponent < 0 ? (Pair(1) / result).sum : result.sum
            if value.isFinite, value != 0 { return base < 0 && isOdd ? -value : value }
        }
        let logarithm = naturalLogarithm(base.magnitude) * Pair(exponent)
        let value = exponential(logarithm)
        return base < 0 && isOdd ? -value : value
    }

    /// An unevaluated sum of two Doubles.
    private struct Pair {
        var high: Double
        var low: Double

        init(_ high: Double, _ low: Double = 0) {
            self.high = high
            self.low = low
        }

        var sum: Double { high + low }

        static func + (a: Pair, b: Pair) -> Pair {
            let sum = a.high + b.high
            let part = sum - a.high
            let rest = (a.high - (sum - part)) + (b.high - part) + a.low + b.low
            let high = sum + rest
            return Pair(high, rest - (high - sum))
        }

        static func * (a: Pair, b: Pair) -> Pair {
            let product = a.high * b.high
            let rest = (-product).addingProduct(a.high, b.high) + a.high * b.low + a.low * b.high
            let high = product + rest
            return Pair(high, rest - (high - product))
        }

        static func / (a: Pair, b: Pair) -> Pair {
            let first = a.high / b.high
            let rest = a + Pair(-first) * b
            let second = rest.high / b.high
            let left = rest + Pair(-second) * b
            return Pair(first) + Pair(second) + Pair(left.high / b.high)
        }
    }

    private static func wholePower(_ base: Double, _ exponent: Int) -> Pair {
        var result = Pair(1)
        var square = Pair(base)
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result = result * square }
            rest >>= 1
            if rest > 0 { square = square * square }
        }
        return result
    }

    private static let logarithmOfTwo = Pair(0.693_147_180_559_945_3, 2.319_046_813_846_299_6e-17)

    private static func naturalLogarithm(_ value: Double) -> Pair {
        // value = m × 2^e with m near 1; ln m = 2 artanh((m - 1) / (m + 1)).
        var mantissa = value.significand
        var exponent = Double(value.exponent)
        if mantissa > 1.4142 {
            mantissa /= 2
            exponent += 1
        }
        let ratio = Pair(mantissa - 1) / (Pair(mantissa) + Pair(1))
        let square = ratio * ratio
        var sum = Pair(0)
        for term in stride(from: 61, through: 1, by: -2) { sum = sum * square + Pair(1) / Pair(Double(term)) }
        return Pair(2) * ratio * sum + Pair(exponent) * logarithmOfTwo
    }

    private static func exponential(_ value: Pair) -> Double {
        if value.high > 710 { return .infinity }
        if value.high < -746 { return 0 }
        let shift = (value.high / logarithmOfTwo.high).rounded()
        let rest = value + Pair(-shift) * logarithmOfTwo
        var sum = Pair(1)
        for term in stride(from: 26, through: 1, by: -1) { sum = Pair(1) + rest * sum / Pair(Double(term)) }
        let half = Int(shift) / 2
        return sum.sum * Double(sign: .plus, exponent: half, significand: 1)
            * Double(sign: .plus, exponent: Int(shift) - half, significand: 1)
    }
}
