import JSON

/// The functions on numbers, and `States.UUID`.
extension IntrinsicCall {
    func mathAdd(_ first: JSONValue, _ second: JSONValue) throws(EvaluationError) -> JSONValue {
        let (sum, overflows) = try integer(first).addingReportingOverflow(try integer(second))
        guard !overflows else { throw failure("The sum is too large") }
        return .integer(sum)
    }

    /// An integer from `start` to below `end`.
    /// - Parameter bits: random.
    func mathRandom(_ start: JSONValue, _ end: JSONValue, bits: UInt64) throws(EvaluationError) -> JSONValue {
        let (start, width) = try randomRange(start, end)
        return .integer(start &+ Int64(bitPattern: bits.multipliedFullWidth(by: width).high))
    }

    /// The same integer for the same seed: java.util.Random's first one, as far as its range goes.
    func mathRandom(_ start: JSONValue, _ end: JSONValue, seed: JSONValue) throws(EvaluationError) -> JSONValue {
        let (start, width) = try randomRange(start, end)
        var generator = JavaRandom(seed: try integer(seed))
        return .integer(start &+ Int64(bitPattern: generator.next(below: width)))
    }

    private func randomRange(
        _ start: JSONValue, _ end: JSONValue
    ) throws(EvaluationError) -> (start: Int64, width: UInt64) {
        let (start, end) = (try integer(start), try integer(end))
        guard start < end else { throw failure("The start \(start) must be below the end \(end)") }
        return (start, UInt64(bitPattern: end &- start))
    }

    /// A version 4 UUID. Source: RFC 9562 § 5.4.
    static func uuidText(_ high: UInt64, _ low: UInt64) -> String {
        let high = high & ~0xF000 | 0x4000
        let low = low & ~(0b11 << 62) | 0b10 << 62
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for place in 0..<32 {
            if place == 8 || place == 12 || place == 16 || place == 20 { bytes.append(UInt8(ascii: "-")) }
            let word = place < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - place % 16 * 4)) & 0xF
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// java.util.Random: a linear congruential generator of 48 bits. Source: Java SE API, class Random.
struct JavaRandom {
    private var state: UInt64

    init(seed: Int64) {
        state = (UInt64(bitPattern: seed) ^ 0x5_DEEC_E66D) & 0xFFFF_FFFF_FFFF
    }

    /// `nextInt(bound)` for bounds that fit 31 bits; above that two draws make 64 bits, scaled.
    mutating func next(below bound: UInt64) -> UInt64 {
        guard bound <= 0x7FFF_FFFF else {
            let bits = next(bits: 32) << 32 | next(bits: 32)
            return bits.multipliedFullWidth(by: bound).high
        }
        if bound & (bound - 1) == 0 { return bound * next(bits: 31) >> 31 }
        while true {
            let bits = next(bits: 31)
            let value = bits % bound
            // Draws from the last, incomplete run of `bound` values would favour low results.
            if bits - value + (bound - 1) <= 0x7FFF_FFFF { return value }
        }
    }

    private mutating func next(bits: UInt64) -> UInt64 {
        state = (state &* 0x5_DEEC_E66D &+ 0xB) & 0xFFFF_FFFF_FFFF
        return state >> (48 - bits)
    }
}
