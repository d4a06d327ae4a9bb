/// Runs a program over one text. Backtracking is kept in an array, so neither pattern nor text can exhaust the stack.
struct RegexMatcher {
    private let program: RegexProgram
    private let input: [UInt16]

    var units: [UInt16] { input }
    var count: Int { input.count }
    /// Captures, the whole match included.
    var captureCount: Int { program.captureCount }

    /// Start and end of each capture, -1 where there is none; behind them the loops' positions.
    private(set) var slots: [Int]
    private var stack: [Entry] = []

    /// What to do when the way taken fails.
    private struct Entry {
        /// Where to go on; below 0: set slot `first` back to `second`.
        var instruction: Int
        /// The position to go on from.
        var first: Int
        /// For a run of units: the position it may be taken back (or on) to; otherwise `first`.
        var second: Int
    }

    /// Choices that are kept at most: 24 bytes each.
    static let choicesMax = 1_000_000

    init(_ program: RegexProgram, _ input: [UInt16]) {
        self.program = program
        self.input = input
        slots = Array(repeating: -1, count: program.slotCount)
    }

    /// The first match at `start` or behind it; `slots` has its captures.
    /// - Parameter steps: what may still be spent; each instruction costs one.
    /// - Throws: U1001 where `steps` runs out.
    mutating func find(from start: Int, steps: inout Int) throws(JSONataError) -> Bool {
        var position = start
        let ascii = program.first?.ascii
        while position <= input.count {
            if let ascii {
                let from = position
                while position < input.count {
                    let unit = input[position]
                    if unit < 128 ? ascii.contains(unit) : program.first?.contains(unit) == true { break }
                    position += 1
                }
                steps -= (position - from) >> 3
                if position == input.count { return false }
            }
            for index in slots.indices { slots[index] = -1 }
            stack.removeAll(keepingCapacity: true)
            if let end = try run(from: 0, at: position, endingAt: nil, steps: &steps) {
                slots[0] = position
                slots[1] = end
                return true
            }
            position += 1
        }
        return false
    }

    /// - Parameter required: where the match has to end; nil for anywhere.
    /// - Returns: where the match ends; nil where there is none.
    private mutating func run(
        from firstInstruction: Int, at start: Int, endingAt required: Int?, steps: inout Int
    ) throws(JSONataError) -> Int? {
        let base = stack.count
        var instruction = firstInstruction
        var position = start
        while true {
            steps -= 1
            guard steps > 0, stack.count < Self.choicesMax else { throw EvaluationContext.tooLong }
            var isGood = true
            switch program.instructions[instruction] {
            case .unit(let unit):
                isGood = position < input.count && input[position] == unit
                position += 1
                instruction += 1
            case .foldedUnit(let unit):
                isGood = position < input.count && RegexCase.folded(input[position]) == unit
                position += 1
                instruction += 1
            case .set(let set):
                isGood = position < input.count && program.contains(input[position], inSet: set)
                position += 1
                instruction += 1
            case .run(let set, let min, let max, let isGreedy):
                let limit = max < input.count - position ? position + max : input.count
                var end = position
                let stop = isGreedy ? limit : Swift.min(limit, position + min)
                while end < stop, program.contains(input[end], inSet: set) { end += 1 }
                steps -= (end - position) >> 3
                isGood = end - position >= min
                if isGood {
                    instruction += 1
                    if isGreedy, end > position + min {
                        stack.append(Entry(instruction: instruction, first: end - 1, second: position + min))
                    } else if !isGreedy, end < limit, program.contains(input[end], inSet: set) {
                        stack.append(Entry(instruction: -2 - instruction, first: end + 1, second: limit))
                    }
                    position = end
                }
            case .split(let preferred, let other):
                stack.append(Entry(instruction: other, first: position, second: position))
                instruction = preferred
            case .jump(let target): instruction = target
            case .save(let slot):
                set(slot, to: position)
                instruction += 1
            case .clear(let range):
                for slot in range where slots[slot] != -1 { set(slot, to: -1) }
                instruction += 1
            case .progress(let slot):
                isGood = slots[slot] != position
                instruction += 1
            case .inputStart, .inputEnd, .lineStart, .lineEnd, .wordBoundary:
                isGood = holds(program.instructions[instruction], at: position)
                instruction += 1
            case .backreference(let index):
                isGood = readAgain(capture: index, at: &position)
                instruction += 1
            case .look(let next, let isBehind, let isNegated):
                isGood = try look(instruction + 1, at: position, isBehind, isNegated, steps: &steps)
                instruction = next
            case .match:
                if required == nil || required == position {
                    return position
                }
                isGood = false
            }
            if !isGood {
                guard let resumed = backtrack(to: base) else { return nil }
                (instruction, position) = resumed
            }
        }
    }

    private mutating func backtrack(to base: Int) -> (instruction: Int, position: Int)? {
        while stack.count > base {
            let last = stack.count - 1
            let entry = stack[last]
            if entry.instruction == -1 {
                slots[entry.first] = entry.second
                stack.removeLast()
            } else if entry.instruction < -1 {
                // A lazy run takes one unit more.
                let instruction = -2 - entry.instruction
                if case .run(let set, _, _, _) = program.instructions[instruction - 1], entry.first < entry.second,
                    program.contains(input[entry.first], inSet: set)
                {
                    stack[last].first += 1
                } else {
                    stack.removeLast()
                }
                return (instruction, entry.first)
            } else {
                if entry.first > entry.second {
                    stack[last].first -= 1
                } else {
                    stack.removeLast()
                }
                return (entry.instruction, entry.first)
            }
        }
        return nil
    }

    private mutating func set(_ slot: Int, to position: Int) {
        stack.append(Entry(instruction: -1, first: slot, second: slots[slot]))
        slots[slot] = position
    }

    private func holds(_ assertion: RegexProgram.Instruction, at position: Int) -> Bool {
        switch assertion {
        case .inputStart: return position == 0
        case .inputEnd: return position == input.count
        case .lineStart: return position == 0 || RegexSet.lineEnds.contains(input[position - 1])
        case .lineEnd: return position == input.count || RegexSet.lineEnds.contains(input[position])
        case .wordBoundary(let isNegated):
            let before = position > 0 && RegexSet.wordUnits.contains(input[position - 1])
            let after = position < input.count && RegexSet.wordUnits.contains(input[position])
            return (before != after) != isNegated
        case .unit, .foldedUnit, .set, .run, .split, .jump, .save, .clear, .progress, .backreference, .look, .match:
            return false
        }
    }

    private func readAgain(capture: Int, at position: inout Int) -> Bool {
        let (start, end) = (slots[2 * capture], slots[2 * capture + 1])
        guard start >= 0, end >= start else { return true }
        guard position + end - start <= input.count else { return false }
        for offset in 0..<(end - start) {
            let (known, unit) = (input[start + offset], input[position + offset])
            guard known == unit || (program.ignoresCase && RegexCase.folded(known) == RegexCase.folded(unit)) else {
                return false
            }
        }
        position += end - start
        return true
    }

    private mutating func look(
        _ body: Int, at position: Int, _ isBehind: Bool, _ isNegated: Bool, steps: inout Int
    ) throws(JSONataError) -> Bool {
        let base = stack.count
        let before = slots
        var isFound = false
        if isBehind {
            var start = position
            while start >= 0, !isFound {
                isFound = try run(from: body, at: start, endingAt: position, steps: &steps) != nil
                start -= 1
            }
        } else {
            isFound = try run(from: body, at: position, endingAt: nil, steps: &steps) != nil
        }
        stack.removeSubrange(base...)
        if isNegated || !isFound {
            slots = before
            return isFound != isNegated
        }
        for slot in slots.indices where slots[slot] != before[slot] {
            stack.append(Entry(instruction: -1, first: slot, second: before[slot]))
        }
        return true
    }
}
