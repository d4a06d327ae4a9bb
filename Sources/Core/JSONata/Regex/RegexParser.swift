/// Reads a pattern.
struct RegexParser {
    private let units: [UInt16]
    private var position = 0
    private var depth = 0
    private(set) var groupCount = 0
    private let groupTotal: Int
    private let names: [(name: [UInt16], index: Int)]

    /// Groups within groups that are read at most.
    static let depthMax = 100

    init(_ units: [UInt16]) {
        self.units = units
        (groupTotal, names) = Self.countGroups(units)
    }

    mutating func parse() throws(RegexFault) -> RegexNode {
        let result = try alternatives()
        guard position == units.count else { throw RegexFault(reason: "Unmatched ')'") }
        return result
    }

    private mutating func alternatives() throws(RegexFault) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else { throw RegexFault(reason: "Nested too deeply") }
        var options: [RegexNode] = [try sequence()]
        while eat("|") { options.append(try sequence()) }
        return options.count == 1 ? options[0] : .alternatives(options)
    }

    private mutating func sequence() throws(RegexFault) -> RegexNode {
        var items: [RegexNode] = []
        while let unit = peek(), unit != ascii("|"), unit != ascii(")") {
            let groupsBefore = groupCount
            let (item, isQuantifiable) = try atom()
            items.append(try quantified(item, isQuantifiable, groups: groupsBefore..<groupCount))
        }
        return items.count == 1 ? items[0] : items.isEmpty ? .empty : .sequence(items)
    }

    // MARK: - Quantifiers

    private mutating func quantified(
        _ node: RegexNode, _ isQuantifiable: Bool, groups: Range<Int>
    ) throws(RegexFault) -> RegexNode {
        let (min, max): (Int, Int?)
        switch peek() {
        case ascii("*"): (min, max) = (0, nil)
        case ascii("+"): (min, max) = (1, nil)
        case ascii("?"): (min, max) = (0, 1)
        case ascii("{"):
            guard let counts = countedQuantifier() else { return node }
            (min, max) = counts
            position -= 1
        default: return node
        }
        guard isQuantifiable else { throw RegexFault(reason: "Nothing to repeat") }
        position += 1
        if let max, max < min { throw RegexFault(reason: "numbers out of order in {} quantifier") }
        let isGreedy = !eat("?")
        return .repetition(node, min: min, max: max, isGreedy: isGreedy, groups: groups)
    }

    /// `{n}`, `{n,}` or `{n,m}`; nil, with nothing read, where the brace is literal.
    private mutating func countedQuantifier() -> (Int, Int?)? {
        let start = position
        position += 1
        guard let min = number() else {
            position = start
            return nil
        }
        var max: Int? = min
        if eat(",") { max = peek() == ascii("}") ? nil : number() ?? -1 }
        guard eat("}"), max != -1 else {
            position = start
            return nil
        }
        return (min, max)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let unit = peek(), isDigit(unit) {
            value = Swift.min((value ?? 0) * 10 + Int(unit - 0x30), 1_000_000_000)
            position += 1
        }
        return value
    }

    // MARK: - Atoms

    private mutating func atom() throws(RegexFault) -> (RegexNode, isQuantifiable: Bool) {
        let unit = units[position]
        position += 1
        switch unit {
        case ascii("."): return (.set(RegexSet.lineEnds.negated), true)
        case ascii("^"): return (.inputStart, false)
        case ascii("$"): return (.inputEnd, false)
        case ascii("("): return try group()
        case ascii("["): return (.set(try characterClass()), true)
        case ascii("\\"): return try escape()
        case ascii("*"), ascii("+"), ascii("?"): throw RegexFault(reason: "Nothing to repeat")
        case ascii("{"):
            position -= 1
            if countedQuantifier() != nil { throw RegexFault(reason: "Nothing to repeat") }
            position += 1
            return (.unit(unit), true)
        default: return (.unit(unit), true)
        }
    }

    private mutating func group() throws(RegexFault) -> (RegexNode, isQuantifiable: Bool) {
        var index: Int?
        var look: (isBehind: Bool, isNegated: Bool)?
        if eat("?") {
            if eat(":") {
                // Nothing to remember.
            } else if eat("=") {
                look = (false, false)
            } else if eat("!") {
                look = (false, true)
            } else if eat("<") {
                if eat("=") {
                    look = (true, false)
                } else if eat("!") {
                    look = (true, true)
                } else {
                    guard groupName() != nil else { throw RegexFault(reason: "Invalid capture group name") }
                    groupCount += 1
                    index = groupCount
                }
            } else {
                throw RegexFault(reason: "Invalid group")
            }
        } else {
            groupCount += 1
            index = groupCount
        }
        let body = try alternatives()
        guard eat(")") else { throw RegexFault(reason: "Unterminated group") }
        if let look { return (.look(body, isBehind: look.isBehind, isNegated: look.isNegated), !look.isBehind) }
        return (.group(body, index: index), true)
    }

    /// The name up to `>`, which is read too.
    private mutating func groupName() -> [UInt16]? {
        guard let end = units[position...].firstIndex(of: ascii(">")), end > position else { return nil }
        let name = Array(units[position..<end])
        position = end + 1
        return name
    }

    private mutating func escape() throws(RegexFault) -> (RegexNode, isQuantifiable: Bool) {
        guard let unit = peek() else { throw RegexFault(reason: "\\ at end of pattern") }
        switch unit {
        case ascii("b"):
            position += 1
            return (.wordBoundary(isNegated: false), false)
        case ascii("B"):
            position += 1
            return (.wordBoundary(isNegated: true), false)
        case ascii("k") where !names.isEmpty:
            position += 1
            guard eat("<"), let name = groupName(), let known = names.first(where: { $0.name == name }) else {
                throw RegexFault(reason: "Invalid named reference")
            }
            return (.backreference(known.index), true)
        case ascii("1")...ascii("9"):
            let start = position
            if let index = number(), index <= groupTotal { return (.backreference(index), true) }
            position = start
        default: break
        }
        if let set = classEscape() { return (.set(set), true) }
        return (.unit(try characterEscape()), true)
    }

    /// `\d`, `\w`, `\s` and their opposites; nil, with nothing read, for any other escape.
    private mutating func classEscape() -> RegexSet? {
        let set: RegexSet
        switch peek() {
        case ascii("d"): set = .digits
        case ascii("D"): set = RegexSet.digits.negated
        case ascii("w"): set = .wordUnits
        case ascii("W"): set = RegexSet.wordUnits.negated
        case ascii("s"): set = .spaces
        case ascii("S"): set = RegexSet.spaces.negated
        default: return nil
        }
        position += 1
        return set
    }

    private mutating func characterEscape() throws(RegexFault) -> UInt16 {
        guard let unit = peek() else { throw RegexFault(reason: "\\ at end of pattern") }
        position += 1
        switch unit {
        case ascii("t"): return 0x09
        case ascii("n"): return 0x0A
        case ascii("v"): return 0x0B
        case ascii("f"): return 0x0C
        case ascii("r"): return 0x0D
        case ascii("0"): return 0
        case ascii("c"):
            if let letter = peek(), letter < 0x80, RegexSet.wordUnits.contains(letter) {
                position += 1
                return letter % 32
            }
            return unit
        case ascii("x"): return hexadecimal(2) ?? unit
        case ascii("u"): return hexadecimal(4) ?? unit
        default: return unit
        }
    }

    private mutating func hexadecimal(_ count: Int) -> UInt16? {
        guard position + count <= units.count else { return nil }
        var value: UInt16 = 0
        for unit in units[position..<position + count] {
            let digit: UInt16
            switch unit {
            case 0x30...0x39: digit = unit - 0x30
            case 0x41...0x46: digit = unit - 0x41 + 10
            case 0x61...0x66: digit = unit - 0x61 + 10
            default: return nil
            }
            value = value << 4 | digit
        }
        position += count
        return value
    }

    private mutating func characterClass() throws(RegexFault) -> RegexSet {
        var set = RegexSet()
        let isNegated = eat("^")
        while true {
            guard let unit = peek() else { throw RegexFault(reason: "Unterminated character class") }
            if unit == ascii("]") {
                position += 1
                set.isNegated = isNegated
                return set
            }
            let first = try classAtom()
            guard peek() == ascii("-"), position + 1 < units.count, units[position + 1] != ascii("]") else {
                set.insert(first)
                continue
            }
            position += 1
            let last = try classAtom()
            if let low = first.ranges.first?.lowerBound, let high = last.ranges.first?.lowerBound,
                first.isSingle, last.isSingle
            {
                guard low <= high else { throw RegexFault(reason: "Range out of order in character class") }
                set.insert(low...high)
            } else {
                set.insert(first)
                set.insert(ascii("-"))
                set.insert(last)
            }
        }
    }

    private mutating func classAtom() throws(RegexFault) -> RegexSet {
        let unit = units[position]
        guard unit == ascii("\\") else {
            position += 1
            return RegexSet(unit...unit)
        }
        position += 1
        if let set = classEscape() { return set }
        if eat("b") { return RegexSet(0x08...0x08) }
        let escaped = try characterEscape()
        return RegexSet(escaped...escaped)
    }

    // MARK: - Code units

    private func peek() -> UInt16? { position < units.count ? units[position] : nil }

    private mutating func eat(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == ascii(scalar) else { return false }
        position += 1
        return true
    }

    /// Capturing groups and their names, which references may use before the group stands.
    private static func countGroups(_ units: [UInt16]) -> (Int, [(name: [UInt16], index: Int)]) {
        var count = 0
        var names: [(name: [UInt16], index: Int)] = []
        var isInClass = false
        var index = 0
        while index < units.count {
            let unit = units[index]
            if unit == ascii("\\") {
                index += 1
            } else if unit == ascii("[") {
                isInClass = true
            } else if unit == ascii("]") {
                isInClass = false
            } else if unit == ascii("("), !isInClass {
                let rest = units[(index + 1)...].prefix(3)
                if rest.first != ascii("?") {
                    count += 1
                } else if rest.count == 3, rest[index + 2] == ascii("<"), rest[index + 3] != ascii("="),
                    rest[index + 3] != ascii("!")
                {
                    count += 1
                    names.append((Array(units[(index + 3)...].prefix { $0 != ascii(">") }), count))
                }
            }
            index += 1
        }
        return (count, names)
    }
}

extension RegexSet {
    /// Whether exactly one unit is in it.
    fileprivate var isSingle: Bool { !isNegated && ranges.count == 1 && ranges[0].count == 1 }
}
