/// The generator of `java.util.Random`: AWS's `$random(42)` is its first `nextDouble()` from seed 42.
///
/// Source: the linear congruential formula in the documentation of java.util.Random.
public struct JavaRandom: Sendable {
    private var state: UInt64

    public init(seed: Int64) {
        state = (UInt64(bitPattern: seed) ^ 0x5_DEEC_E66D) & Self.mask
    }

    private static let mask: UInt64 = 1 << 48 - 1

    /// - Parameter bits: 1 to 32.
    public mutating func next(bits: UInt64) -> UInt64 {
        state = (state &* 0x5_DEEC_E66D &+ 0xB) & Self.mask
        return state >> (48 - bits)
    }

    /// From 0 up to, and not including, 1.
    public mutating func nextDouble() -> Double {
        let high = next(bits: 26) << 27
        return Double(high + next(bits: 27)) / Double(UInt64(1) << 53)
    }

    public mutating func nextUInt64() -> UInt64 {
        let high = next(bits: 32) << 32
        return high | next(bits: 32)
    }
}
