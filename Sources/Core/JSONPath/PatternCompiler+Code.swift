/// Emitting instructions, and putting code that is there already into loops and groups.
extension PatternCompiler {
    var current: Unicode.Scalar? { position < pattern.count ? pattern[position] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    mutating func emit(_ instruction: PatternInstruction) throws(RegularExpressionError) {
        guard program.count < JSONPathLimits.patternInstructionsMax else {
            throw error("compiles to more than \(JSONPathLimits.patternInstructionsMax) instructions")
        }
        program.append(instruction)
    }

    /// Repeats the code from `start` on.
    mutating func loop(
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
    mutating func insertSplit(at start: Int, skip: Int) throws(RegularExpressionError) {
        let body = Array(program[start...])
        program.removeLast(body.count)
        try emit(.split(first: start + 1, second: start + 1 + body.count + skip))
        try append(body, from: start)
    }

    /// Puts the code from `start` on between `instruction` and an `accept`.
    mutating func wrap(from start: Int, _ instruction: PatternInstruction) throws(RegularExpressionError) {
        let body = Array(program[start...])
        program.removeLast(body.count)
        let end = start + body.count + 2
        try emit(instruction.ending(at: end))
        try append(body, from: start)
        try emit(.accept)
    }

    func error(_ message: String) -> RegularExpressionError {
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
        case .scalar, .any, .set, .split, .jump, .save, .progress, .inputStart, .inputEnd, .wordBoundary, .groupText,
            .accept:
            self
        }
    }
}
