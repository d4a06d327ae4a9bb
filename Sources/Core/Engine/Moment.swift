/// What a decision may know of the world: handed in by the processor, recorded with the decision's first event.
public struct Moment: Sendable, Equatable {
    /// Epoch milliseconds; never before the last event of the partition.
    public var time: Int64
    /// 64 random bits that all randomness of the decision grows from.
    public var seed: UInt64

    public init(time: Int64, seed: UInt64) {
        self.time = time
        self.seed = seed
    }
}

/// SplitMix64: the stream of random bits that grows from a moment's seed. Pinned, since replay depends on it.
public struct SeededBits: Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
