/// Compiles a pattern into instructions by recursive descent, bounded in depth and size.
struct PatternCompiler {
    let pattern: [Unicode.Scalar]
    private let ignoresCase: Bool
    var position = 0
    private var depth = 0
    var program: [PatternInstruction] = []
    private var groupCount = 0
    var loopCount = 0

    /// Groups take two slots each from 0 on (the whole match is no group); a loop's slots lie behind all of them.
    static let groupsMax = 100

    init(_ text: String, ignoresCase: Bool) {
        pattern = Array(text.unicodeScalars)
        self.ignoresCase = ignoresCase
    }

    /// How many slots the matcher needs.
    var slotCount: Int { Self.groupsMax * 2 + loopCount }

    mutating func compile() throws(RegularExpressionError) -> [PatternInstruction] {
        try alternatives()
        guard current == nil else { throw error("a ')' has no '('") }
        try emit(.accept)
        return program
    }

    // MARK: - Grammar

    private mutating func alternatives() throws(RegularExpressionError) {
        depth += 1
        guard depth <= JSONPathLimits.patternDepthMax else {
            throw error("groups are nested deeper than \(JSONPathLimits.patternDepthMax)")
        }
        let start = program.count
        var jumps: [Int] = []
        try sequence()
        while current == "|" {
            position += 1
            // Before the alternative that was compiled last.
            try insertSplit(at: jumps.last.map { $0 + 1 } ?? start, skip: 1)
            jumps.append(program.count)
            try emit(.jump(0))
            try sequence()
        }
        for jump in jumps { program[jump] = .jump(program.count) }
        depth -= 1
    }

    private mutating func sequence() throws(RegularExpressionError) {
        while let next = current, next != "|", next != ")" { try repeated() }
    }

    private mutating func repeated() throws(RegularExpressionError) {
        let start = program.count
        try atom()
        guard let (minimum, maximum) = try quantifier() else { return }
        let isLazy = take("?")
        let isPossessive = !isLazy && take("+")
        try loop(from: start, minimum, maximum, isLazy: isLazy)
        if isPossessive { try wrap(from: start, .atomic(end: 0)) }
    }

    private mutating func atom() throws(RegularExpressionError) {
        guard let scalar = current else { return }
        position += 1
        switch scalar {
        case ".": try emit(.any)
        case "^": try emit(.inputStart)
        case "$": try emit(.inputEnd)
        case "(": try group()
        case "[":
            var parser = PatternClassParser(pattern: pattern, position: position)
            let set = try parser.parse()
            position = parser.position
            try emit(.set(set))
        case "\\": try escape()
        case "*", "+", "?", "{": throw error("'\(scalar)' has nothing to repeat")
        default: try emit(.scalar(scalar))
        }
    }

    private mutating func group() throws(RegularExpressionError) {
        let start = program.count
        var slot: Int?
        var wrapper: PatternInstruction?
        if take("?") {
            let kind = current
            position += 1
            switch kind {
            case ":": break
            case "=": wrapper = .look(isNegated: false, end: 0)
            case "!": wrapper = .look(isNegated: true, end: 0)
            case ">": wrapper = .atomic(end: 0)
            default: throw error("this kind of group is not supported")
            }
        } else {
            guard groupCount < Self.groupsMax else { throw error("there are more than \(Self.groupsMax) groups") }
            slot = groupCount * 2
            groupCount += 1
        }
        if let slot { try emit(.save(slot)) }
        try alternatives()
        guard take(")") else { throw error("a '(' has no ')'") }
        if let slot { try emit(.save(slot + 1)) }
        if let wrapper { try wrap(from: start, wrapper) }
    }

    private mutating func escape() throws(RegularExpressionError) {
        guard let letter = current else { throw error("nothing follows the backslash") }
        switch letter {
        case "b", "B":
            position += 1
            try emit(.wordBoundary(isNegated: letter == "B"))
        case "A":
            position += 1
            try emit(.inputStart)
        case "z", "Z":
            position += 1
            try emit(.inputEnd)
        case "1"..."9":
            position += 1
            let group = Int(letter.value) - 0x31
            guard group < groupCount else { throw error("there is no group \(group + 1) before this") }
            try emit(.groupText(group))
        case "Q":
            position += 1
            while let scalar = current {
                position += 1
                if scalar == "\\", take("E") { break }
                try emit(.scalar(scalar))
            }
        default:
            var parser = PatternClassParser(pattern: pattern, position: position)
            let set = try parser.escape()
            position = parser.position
            if case .single(let scalar) = set { try emit(.scalar(scalar)) }
            if case .set(let set) = set { try emit(.set(set)) }
        }
    }

    /// `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`; nil when none is next.
    private mutating func quantifier() throws(RegularExpressionError) -> (minimum: Int, maximum: Int?)? {
        switch current {
        case "*": position += 1; return (0, nil)
        case "+": position += 1; return (1, nil)
        case "?": position += 1; return (0, 1)
        case "{":
            position += 1
            guard let minimum = number() else { throw error("expected a number after '{'") }
            var maximum: Int? = minimum
            if take(",") { maximum = number() }
            guard take("}") else { throw error("a '{' has no '}'") }
            if let maximum, maximum < minimum { throw error("the most is less than the least") }
            return (minimum, maximum)
        default: return nil
        }
    }

    private mutating func number() -> Int? {
        let start = position
        while let scalar = current, ("0"..."9").contains(scalar) { position += 1 }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: pattern[start..<position])
        return Int(String(text))
    }
}
