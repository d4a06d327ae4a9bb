/// A class of characters: ranges of Unicode scalars, or all but these.
struct ScalarSet: Sendable, Equatable {
    var ranges: [ClosedRange<UInt32>] = []
    /// Sets within the class, e.g. `\D` in `[\D5]`.
    var subsets: [ScalarSet] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isListed = ranges.contains { $0.contains(scalar.value) } || subsets.contains { $0.contains(scalar) }
        return isListed != isNegated
    }

    mutating func insert(_ scalar: Unicode.Scalar) { ranges.append(scalar.value...scalar.value) }

    /// The predefined class of this letter: `d`, `w`, `s`, `h`, `v` or, for the opposite, their capitals. Source:
    /// Java's Pattern.
    static func predefined(_ letter: Unicode.Scalar) -> ScalarSet? {
        switch letter {
        case "d", "D": ScalarSet(ranges: [0x30...0x39], isNegated: letter == "D")
        case "w", "W":
            ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A], isNegated: letter == "W")
        case "s", "S": ScalarSet(ranges: [0x09...0x0D, 0x20...0x20], isNegated: letter == "S")
        case "h", "H":
            ScalarSet(
                ranges: [0x09...0x09, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x180E...0x180E, 0x2000...0x200A]
                    + [0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000], isNegated: letter == "H")
        case "v", "V": ScalarSet(ranges: [0x0A...0x0D, 0x85...0x85, 0x2028...0x2029], isNegated: letter == "V")
        default: nil
        }
    }

    static let lineTerminators = ScalarSet(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x85...0x85, 0x2028...0x2029])
    static let word = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
}
