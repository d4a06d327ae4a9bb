/// Runs a compiled pattern by backtracking, with a stack of its own and a bound on its steps.
struct PatternMatcher {
    private let program: [PatternInstruction]
    private let input: [Unicode.Scalar]
    private let ignoresCase: Bool
    /// Positions saved by groups and loops; -1 where nothing was saved.
    private var slots: [Int]
    private var steps = 0

    /// What to do when a way fails: go another way, or take a saved position back first.
    private enum Choice {
        case way(instruction: Int, position: Int)
        case restore(slot: Int, position: Int)
    }

    init(program: [PatternInstruction], input: [Unicode.Scalar], slots: Int, ignoresCase: Bool) {
        self.program = program
        self.input = input
        self.ignoresCase = ignoresCase
        self.slots = Array(repeating: -1, count: slots)
    }

    /// True when the program accepts at the input's end; nil when the steps are used up.
    mutating func matchesWhole() -> Bool? {
        guard let end = run(from: 0, at: 0, mustEnd: true) else { return nil }
        return end >= 0
    }

    /// Runs from `start` to an `accept`.
    /// - Parameter mustEnd: accept at the input's end only.
    /// - Returns: the position reached, -1 when no way leads there, nil when the steps are used up.
    private mutating func run(from start: Int, at first: Int, mustEnd: Bool) -> Int? {
        var choices: [Choice] = [.way(instruction: start, position: first)]
        while let choice = choices.popLast() {
            switch choice {
            case .restore(let slot, let position): slots[slot] = position
            case .way(let instruction, let position):
                guard let end = follow(instruction, position, mustEnd: mustEnd, &choices) else { return nil }
                if end >= 0 { return end }
            }
        }
        return -1
    }

    /// Follows one way until it accepts (the position), fails (-1) or the steps are used up (nil).
    private mutating func follow(_ start: Int, _ first: Int, mustEnd: Bool, _ choices: inout [Choice]) -> Int? {
        var (instruction, position) = (start, first)
        while true {
            steps += 1
            guard steps <= JSONPathLimits.patternStepsMax else { return nil }
            switch program[instruction] {
            case .accept:
                return mustEnd && position < input.count ? -1 : position
            case .scalar(let scalar):
                guard position < input.count, areEqual(scalar, input[position]) else { return -1 }
                position += 1
            case .any:
                guard position < input.count, !ScalarSet.lineTerminators.contains(input[position]) else { return -1 }
                position += 1
            case .set(let set):
                guard position < input.count, isMember(input[position], of: set) else { return -1 }
                position += 1
            case .split(let first, let second):
                choices.append(.way(instruction: second, position: position))
                instruction = first
                continue
            case .jump(let target):
                instruction = target
                continue
            case .save(let slot):
                choices.append(.restore(slot: slot, position: slots[slot]))
                slots[slot] = position
            case .progress(let slot):
                guard slots[slot] != position else { return -1 }
            case .inputStart:
                guard position == 0 else { return -1 }
            case .inputEnd:
                guard isAtEnd(position) else { return -1 }
            case .wordBoundary(let isNegated):
                guard isWordBoundary(position) != isNegated else { return -1 }
            case .groupText(let group):
                guard let end = repeatGroup(group, at: position) else { return -1 }
                position = end
            case .look(let isNegated, let end):
                guard let reached = run(from: instruction + 1, at: position, mustEnd: false) else { return nil }
                guard (reached >= 0) != isNegated else { return -1 }
                instruction = end
                continue
            case .atomic(let end):
                guard let reached = run(from: instruction + 1, at: position, mustEnd: false) else { return nil }
                guard reached >= 0 else { return -1 }
                position = reached
                instruction = end
                continue
            }
            instruction += 1
        }
    }

    private func repeatGroup(_ group: Int, at position: Int) -> Int? {
        let (start, end) = (slots[group * 2], slots[group * 2 + 1])
        guard start >= 0, end >= start, position + end - start <= input.count else { return nil }
        for offset in 0..<(end - start) where !areEqual(input[start + offset], input[position + offset]) { return nil }
        return position + end - start
    }

    /// At the end, or before a line terminator that is the last character, as Java's `$`.
    private func isAtEnd(_ position: Int) -> Bool {
        if position == input.count { return true }
        if position == input.count - 1 { return ScalarSet.lineTerminators.contains(input[position]) }
        return position == input.count - 2 && input[position] == "\r" && input[position + 1] == "\n"
    }

    private func isWordBoundary(_ position: Int) -> Bool {
        let before = position > 0 && ScalarSet.word.contains(input[position - 1])
        let after = position < input.count && ScalarSet.word.contains(input[position])
        return before != after
    }

    // MARK: - Case, of ASCII letters only, as in Java

    private func areEqual(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        left == right || (ignoresCase && Self.otherCase(left) == right)
    }

    private func isMember(_ scalar: Unicode.Scalar, of set: ScalarSet) -> Bool {
        if !ignoresCase { return set.contains(scalar) }
        let other = Self.otherCase(scalar)
        return set.isNegated ? set.contains(scalar) && set.contains(other) : set.contains(scalar) || set.contains(other)
    }

    private static func otherCase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "a"..."z", "A"..."Z": Unicode.Scalar(UInt8(scalar.value ^ 0x20))
        default: scalar
        }
    }
}
