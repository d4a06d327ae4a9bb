/// A compiled pattern.
struct RegexProgram: Sendable {
    enum Instruction: Sendable {
        case unit(UInt16)
        /// One unit whose folded case is this.
        case foldedUnit(UInt16)
        case set(Int)
        /// As many units of a set as `min...max` allows, in one instruction.
        case run(set: Int, min: Int, max: Int, isGreedy: Bool)
        /// Goes on at the first; at the second when that fails.
        case split(Int, Int)
        case jump(Int)
        /// Keeps the position in a slot.
        case save(Int)
        /// Forgets the slots of the captures in a loop's body.
        case clear(Range<Int>)
        /// Fails where the position is still the one in the slot: a loop's turn that read nothing.
        case progress(Int)
        case inputStart, inputEnd, lineStart, lineEnd
        case wordBoundary(isNegated: Bool)
        case backreference(Int)
        /// Tries what follows without moving; goes on at `next`.
        case look(next: Int, isBehind: Bool, isNegated: Bool)
        case match
    }

    var instructions: [Instruction] = []
    var sets: [RegexSet] = [] {
        didSet { asciiSets = sets.map(\.ascii) }
    }
    /// The ASCII part of each set.
    private var asciiSets: [RegexSet.ASCII] = []
    /// Captures, the whole match included.
    var captureCount: Int
    /// Two for each capture, then one for each loop that might read nothing.
    var slotCount: Int
    var ignoresCase: Bool
    /// What the first unit of any match is in, where that is known.
    var first: RegexSet?

    @inline(__always)
    func contains(_ unit: UInt16, inSet set: Int) -> Bool {
        unit < 128 ? asciiSets[set].contains(unit) : sets[set].contains(unit)
    }

    init(captureCount: Int, slotCount: Int, ignoresCase: Bool) {
        self.captureCount = captureCount
        self.slotCount = slotCount
        self.ignoresCase = ignoresCase
    }
}
