/// A sequence of random bits that its seed determines (xoroshiro128++ by Blackman and Vigna, seeded through SplitMix64).
public struct SeededRandom: Sendable, Equatable {
    private var first: UInt64
    private var second: UInt64

    /// - Parameters: 128 bits; a different seed for each evaluation gives `$uuid` its uniqueness.
    public init(_ high: UInt64, _ low: UInt64) {
        first = Self.mixed(high &+ 0x9E37_79B9_7F4A_7C15)
        second = Self.mixed(low &+ 0x3C6E_F372_FE94_F82A)
        if first == 0, second == 0 { second = 1 }
    }

    public mutating func nextUInt64() -> UInt64 {
        let sum = first &+ second
        let result = Self.rotated(sum, 17) &+ first
        second ^= first
        first = Self.rotated(first, 49) ^ second ^ (second << 21)
        second = Self.rotated(second, 28)
        return result
    }

    /// From 0 up to, and not including, 1.
    public mutating func nextDouble() -> Double {
        Double(nextUInt64() >> 11) / Double(UInt64(1) << 53)
    }

    private static func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 {
        value << count | value >> (64 - count)
    }

    private static func mixed(_ seed: UInt64) -> UInt64 {
        var value = seed
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
