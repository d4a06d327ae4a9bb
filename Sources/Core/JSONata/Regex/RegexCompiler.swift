/// Turns a pattern's tree into a program.
struct RegexCompiler {
    private var program: RegexProgram
    private let isMultiline: Bool

    /// Instructions that a pattern may come to; counts multiply.
    static let instructionsMax = 20_000

    init(ignoresCase: Bool, isMultiline: Bool, groupCount: Int) {
        program = RegexProgram(captureCount: groupCount + 1, slotCount: 2 * (groupCount + 1), ignoresCase: ignoresCase)
        self.isMultiline = isMultiline
    }

    mutating func compiled(_ tree: RegexNode) throws(RegexFault) -> RegexProgram {
        try emit(tree)
        _ = try append(.match)
        program.first = first(of: tree)
        return program
    }

    private mutating func append(_ instruction: RegexProgram.Instruction) throws(RegexFault) -> Int {
        guard program.instructions.count < Self.instructionsMax else {
            throw RegexFault(reason: "Regular expression too large")
        }
        program.instructions.append(instruction)
        return program.instructions.count - 1
    }

    private var next: Int { program.instructions.count }

    private mutating func emit(_ node: RegexNode) throws(RegexFault) {
        switch node {
        case .empty: break
        case .unit(let unit):
            _ = try append(program.ignoresCase ? .foldedUnit(RegexCase.folded(unit)) : .unit(unit))
        case .set(let set): _ = try append(.set(index(of: set)))
        case .sequence(let items):
            for item in items { try emit(item) }
        case .alternatives(let options): try emitAlternatives(options)
        case .group(let body, let index):
            guard let index else { return try emit(body) }
            _ = try append(.save(2 * index))
            try emit(body)
            _ = try append(.save(2 * index + 1))
        case .repetition(let body, let min, let max, let isGreedy, let groups):
            try emitRepetition(body, min, max, isGreedy, groups)
        case .inputStart: _ = try append(isMultiline ? .lineStart : .inputStart)
        case .inputEnd: _ = try append(isMultiline ? .lineEnd : .inputEnd)
        case .wordBoundary(let isNegated): _ = try append(.wordBoundary(isNegated: isNegated))
        case .backreference(let index): _ = try append(.backreference(index))
        case .look(let body, let isBehind, let isNegated):
            let look = try append(.match)
            try emit(body)
            _ = try append(.match)
            program.instructions[look] = .look(next: next, isBehind: isBehind, isNegated: isNegated)
        }
    }

    private mutating func emitAlternatives(_ options: [RegexNode]) throws(RegexFault) {
        var ends: [Int] = []
        for (place, option) in options.enumerated() {
            guard place < options.count - 1 else {
                try emit(option)
                break
            }
            let split = try append(.match)
            try emit(option)
            ends.append(try append(.match))
            program.instructions[split] = .split(split + 1, next)
        }
        for end in ends { program.instructions[end] = .jump(next) }
    }

    private mutating func emitRepetition(
        _ body: RegexNode, _ min: Int, _ max: Int?, _ isGreedy: Bool, _ groups: Range<Int>
    ) throws(RegexFault) {
        if let set = single(body) {
            _ = try append(.run(set: index(of: set), min: min, max: max ?? .max, isGreedy: isGreedy))
            return
        }
        // `groups` counts from 0; a capture's slots begin at twice its number.
        let clear: RegexProgram.Instruction? =
            groups.isEmpty ? nil : .clear(2 * (groups.lowerBound + 1)..<2 * (groups.upperBound + 1))
        for _ in 0..<min {
            if let clear { _ = try append(clear) }
            try emit(body)
        }
        if let max {
            var splits: [Int] = []
            for _ in min..<Swift.max(min, max) {
                splits.append(try append(.match))
                try emitTurn(body, clear)
            }
            for split in splits { program.instructions[split] = choice(split + 1, next, isGreedy) }
        } else {
            let split = try append(.match)
            try emitTurn(body, clear)
            _ = try append(.jump(split))
            program.instructions[split] = choice(split + 1, next, isGreedy)
        }
    }

    /// One turn that need not be taken: it must read something.
    private mutating func emitTurn(_ body: RegexNode, _ clear: RegexProgram.Instruction?) throws(RegexFault) {
        let slot = program.slotCount
        program.slotCount += 1
        _ = try append(.save(slot))
        if let clear { _ = try append(clear) }
        try emit(body)
        _ = try append(.progress(slot))
    }

    private func choice(_ body: Int, _ out: Int, _ isGreedy: Bool) -> RegexProgram.Instruction {
        isGreedy ? .split(body, out) : .split(out, body)
    }

    private mutating func index(of set: RegexSet) -> Int {
        program.sets.append(program.ignoresCase ? set.ignoringCase() : set)
        return program.sets.count - 1
    }

    /// The set that `node` reads exactly one unit of; nil where it is something else.
    private func single(_ node: RegexNode) -> RegexSet? {
        switch node {
        case .unit(let unit): RegexSet(unit...unit)
        case .set(let set): set
        case .group(let body, index: nil): single(body)
        case .empty, .sequence, .alternatives, .group, .repetition, .inputStart, .inputEnd, .wordBoundary,
            .backreference, .look:
            nil
        }
    }

    /// What the first unit of a match is in; nil where that is not known.
    private func first(of node: RegexNode) -> RegexSet? {
        switch node {
        case .unit, .set: return single(node).map { program.ignoresCase ? $0.ignoringCase() : $0 }
        case .sequence(let items): return items.first.flatMap { first(of: $0) }
        case .group(let body, _): return first(of: body)
        case .repetition(let body, let min, _, _, _): return min > 0 ? first(of: body) : nil
        case .alternatives(let options):
            var union = RegexSet()
            for option in options {
                guard let set = first(of: option) else { return nil }
                union.insert(set)
            }
            return union
        case .empty, .inputStart, .inputEnd, .wordBoundary, .backreference, .look: return nil
        }
    }
}
