/// Compiles a pattern into instructions by recursive descent, bounded in depth and size.
struct PatternCompiler {
    private let pattern: [Unicode.Scalar]
    private let ignoresCase: Bool
    private var position = 0
    private var depth = 0
    private var program: [PatternInstruction] = []
    private var groupCount = 0
    private var loopCount = 0

    /// Groups take two slots each from 0 on (the whole match is no group); a loop's slots lie behind all of them.
    private static let groupsMax = 100

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

    // MARK: - Code

    private var current: Unicode.Scalar? { position < pattern.count ? pattern[position] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    private mutating func emit(_ instruction: PatternInstruction) throws(RegularExpressionError) {
        guard program.count < JSONPathLimits.patternInstructionsMax else {
            throw error("compiles to more than \(JSONPathLimits.patternInstructionsMax) instructions")
        }
        program.append(instruction)
    }

    /// Repeats the code from `start` on.
    private mutating func loop(
        from start: Int, _ minimum: Int, _ maximum: Int?, isLazy: Bool
    ) throws(RegularExpressionError) {
        let body = Array(program[start...])
        if body.isEmpty { return }
        program.removeLast(body.count)
        for _ in 0..<minimum { try append(body, from: start) }
        guard let maximum else {
            let slot = Self.groupsMax * 2 + loopCount
            loopCount += 1
            let split = program.count
            try emit(.split(first: 0, second: 0))
            try emit(.save(slot))
            try append(body, from: start)
            try emit(.progress(since: slot))
            try emit(.jump(split))
            setSplit(at: split, body: split + 1, end: program.count, isLazy: isLazy)
            return
        }
        var splits: [Int] = []
        for _ in minimum..<maximum {
            splits.append(program.count)
            try emit(.split(first: 0, second: 0))
            try append(body, from: start)
        }
        for split in splits { setSplit(at: split, body: split + 1, end: program.count, isLazy: isLazy) }
    }

    private mutating func setSplit(at position: Int, body: Int, end: Int, isLazy: Bool) {
        program[position] = isLazy ? .split(first: end, second: body) : .split(first: body, second: end)
    }

    /// Appends `body`, which was compiled at `start`, with its targets moved to here.
    private mutating func append(_ body: [PatternInstruction], from start: Int) throws(RegularExpressionError) {
        let shift = program.count - start
        for instruction in body { try emit(instruction.moved(by: shift, from: start)) }
    }

    /// Puts a split before the code from `start` on, whose second way leads `skip` behind the code.
    private mutating func insertSplit(at start: Int, skip: Int) throws(RegularExpressionError) {
        let body = Array(program[start...])
        program.removeLast(body.count)
        try emit(.split(first: start + 1, second: start + 1 + body.count + skip))
        try append(body, from: start)
    }

    /// Puts the code from `start` on between `instruction` and an `accept`.
    private mutating func wrap(from start: Int, _ instruction: PatternInstruction) throws(RegularExpressionError) {
        let body = Array(program[start...])
        program.removeLast(body.count)
        let end = start + body.count + 2
        try emit(instruction.ending(at: end))
        try append(body, from: start)
        try emit(.accept)
    }

    private func error(_ message: String) -> RegularExpressionError {
        let offset = pattern[..<min(position, pattern.count)].reduce(0) { $0 + UTF8.width($1) }
        return RegularExpressionError(message: "the regular expression is not valid: \(message)", offset: offset)
    }
}

extension PatternInstruction {
    /// The instruction with targets at or behind `start` moved.
    fileprivate func moved(by shift: Int, from start: Int) -> PatternInstruction {
        func moved(_ target: Int) -> Int { target >= start ? target + shift : target }
        return switch self {
        case .split(let first, let second): .split(first: moved(first), second: moved(second))
        case .jump(let target): .jump(moved(target))
        case .look(let isNegated, let end): .look(isNegated: isNegated, end: moved(end))
        case .atomic(let end): .atomic(end: moved(end))
        case .scalar, .any, .set, .save, .progress, .inputStart, .inputEnd, .wordBoundary, .groupText, .accept: self
        }
    }

    /// A `look` or `atomic` with its end set.
    fileprivate func ending(at end: Int) -> PatternInstruction {
        switch self {
        case .look(let isNegated, _): .look(isNegated: isNegated, end: end)
        case .atomic: .atomic(end: end)
        case .scalar, .any, .set, .split, .jump, .save, .progress, .inputStart, .inputEnd, .wordBoundary, .groupText, .accept: self
        }
    }
}
