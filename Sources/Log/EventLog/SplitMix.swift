/// Random numbers that are the same for the same seed: for faults and ids that a test must be able to repeat.
///
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators".
package struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// True in `perThousand` of a thousand cases.
    package mutating func chance(_ perThousand: Int) -> Bool {
        perThousand > 0 && next() % 1000 < UInt64(perThousand)
    }

    /// 32 hexadecimal digits.
    package mutating func identifier() -> String {
        [next(), next()].map { number in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
