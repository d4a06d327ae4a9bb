/// Chance that can be repeated: a number follows from the seed, what it is for, and how often that was asked before, so that the
/// order in which clients happen to call changes nothing.
struct ScriptRandom: Sendable {
    private var state: UInt64

    /// - Parameters:
    ///   - seed: the script's.
    ///   - purpose: what is decided, e.g. `throttle`.
    ///   - key: whom it is decided for, e.g. a client token.
    init(seed: UInt64, purpose: String, key: String, number: Int = 0) {
        // FNV-1a over the words, then SplitMix64 to spread it.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
        for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        state = hash &+ UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
    }

    private mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but not, 1.
    mutating func fraction() -> Double { Double(bits() >> 11) / Double(1 << 53) }

    /// Whether something of this probability happens.
    mutating func happens(_ probability: Double) -> Bool { fraction() < probability }

    mutating func value(in range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(fraction() * Double(range.upperBound - range.lowerBound + 1))
    }

    /// This many lower-case hexadecimal digits.
    mutating func hexadecimal(_ count: Int) -> String {
        var text = ""
        while text.utf8.count < count {
            let digits = String(bits(), radix: 16)
            text += String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }
        return String(text.prefix(count))
    }

    /// 8-4-4-4-12 hexadecimal digits.
    mutating func uuid() -> String {
        "\(hexadecimal(8))-\(hexadecimal(4))-4\(hexadecimal(3))-a\(hexadecimal(3))-\(hexadecimal(12))"
    }
}
