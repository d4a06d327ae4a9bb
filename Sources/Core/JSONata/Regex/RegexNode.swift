/// A pattern as a tree.
indirect enum RegexNode {
    case empty
    case unit(UInt16)
    case set(RegexSet)
    case sequence([RegexNode])
    case alternatives([RegexNode])
    /// - Parameter index: the capture's number from 1; nil for `(?:…)`.
    case group(RegexNode, index: Int?)
    /// - Parameters:
    ///   - max: nil for no limit.
    ///   - groups: the captures inside, which each turn begins by forgetting.
    case repetition(RegexNode, min: Int, max: Int?, isGreedy: Bool, groups: Range<Int>)
    case inputStart
    case inputEnd
    case wordBoundary(isNegated: Bool)
    case backreference(Int)
    case look(RegexNode, isBehind: Bool, isNegated: Bool)
}

/// A set of UTF-16 code units.
struct RegexSet: Sendable {
    private(set) var ranges: [ClosedRange<UInt16>] = []
    var isNegated = false
    /// One bit for each unit below 128, `isNegated` not yet applied.
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    mutating func insert(_ range: ClosedRange<UInt16>) {
        ranges.append(range)
        for unit in range where unit < 128 {
            if unit < 64 { low |= 1 &<< UInt64(unit) } else { high |= 1 &<< UInt64(unit - 64) }
        }
    }

    mutating func insert(_ unit: UInt16) { insert(unit...unit) }

    mutating func insert(_ other: RegexSet) {
        guard other.isNegated else {
            for range in other.ranges { insert(range) }
            return
        }
        var next: UInt32 = 0
        for range in other.ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if UInt32(range.lowerBound) > next { insert(UInt16(next)...(range.lowerBound - 1)) }
            next = max(next, UInt32(range.upperBound) + 1)
        }
        if next <= 0xFFFF { insert(UInt16(next)...0xFFFF) }
    }

    @inline(__always)
    func contains(_ unit: UInt16) -> Bool {
        if unit < 64 { return (low &>> UInt64(unit) & 1 == 1) != isNegated }
        if unit < 128 { return (high &>> UInt64(unit &- 64) & 1 == 1) != isNegated }
        return containsBeyondASCII(unit) != isNegated
    }

    /// Which of the first 128 units are in the set.
    struct ASCII: Sendable {
        var low: UInt64
        var high: UInt64

        @inline(__always)
        func contains(_ unit: UInt16) -> Bool {
            (unit < 64 ? low &>> UInt64(unit) : high &>> UInt64(unit &- 64)) & 1 == 1
        }
    }

    var ascii: ASCII { ASCII(low: isNegated ? ~low : low, high: isNegated ? ~high : high) }

    private func containsBeyondASCII(_ unit: UInt16) -> Bool {
        for range in ranges where range.contains(unit) { return true }
        return false
    }

    /// The set with the other case of each letter added.
    func ignoringCase() -> RegexSet {
        var result = self
        for range in ranges {
            guard range.count <= 1024 else { continue }
            for unit in range {
                let (upper, lower) = (RegexCase.upper(unit), RegexCase.lower(unit))
                if upper != unit { result.insert(upper) }
                if lower != unit { result.insert(lower) }
            }
        }
        return result
    }

    static let digits = RegexSet(0x30...0x39)
    static let wordUnits = RegexSet(0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A)
    static let spaces = RegexSet(
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF)
    static let lineEnds = RegexSet(0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029)

    init(_ ranges: ClosedRange<UInt16>...) {
        for range in ranges { insert(range) }
    }

    var negated: RegexSet {
        var result = self
        result.isNegated.toggle()
        return result
    }
}

/// Case of single code units, by the Unicode tables of Swift's standard library; what maps to several units stays as it is.
enum RegexCase {
    static func upper(_ unit: UInt16) -> UInt16 {
        if unit < 0x80 { return unit >= 0x61 && unit <= 0x7A ? unit - 0x20 : unit }
        return single(unit) { $0.properties.uppercaseMapping }
    }

    static func lower(_ unit: UInt16) -> UInt16 {
        if unit < 0x80 { return unit >= 0x41 && unit <= 0x5A ? unit + 0x20 : unit }
        return single(unit) { $0.properties.lowercaseMapping }
    }

    /// What two units are compared by when case does not matter. Source: ECMA-262 § Canonicalize.
    static func folded(_ unit: UInt16) -> UInt16 {
        let upper = upper(unit)
        return unit >= 0x80 && upper < 0x80 ? unit : upper
    }

    private static func single(_ unit: UInt16, _ mapping: (Unicode.Scalar) -> String) -> UInt16 {
        guard let scalar = Unicode.Scalar(unit) else { return unit }
        let units = Array(mapping(scalar).utf16)
        return units.count == 1 ? units[0] : unit
    }
}
