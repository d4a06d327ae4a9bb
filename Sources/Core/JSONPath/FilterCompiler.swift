internal import JSON

/// Compiles the filter in a bracket: `[?(@.a == 1 && @.b)]`.
struct FilterCompiler {
    private let bytes: [UInt8]

    /// - Parameters:
    ///   - bytes: the bracket, from its `[`.
    ///   - questionMark: position of the `?`.
    static func compile(_ bytes: [UInt8], questionMark: Int) throws(BracketError) -> PathFilter {
        guard bytes[1..<questionMark].allSatisfy({ $0 <= 0x20 || $0 == UInt8(ascii: "[") }) else {
            throw BracketError(message: "a filter must start with '[?('", offset: 0)
        }
        let compiler = FilterCompiler(bytes: bytes)
        return try compiler.filter(in: try compiler.body(from: questionMark + 1))
    }

    /// The range between the outer parentheses. A closing bracket counts once parentheses are balanced; quotes hide
    /// parentheses.
    private func body(from start: Int) throws(BracketError) -> Range<Int> {
        var depth = 0
        var isQuoted = false
        var brackets = 0
        for position in start..<bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "'") where bytes[position - 1] != UInt8(ascii: "\\"): isQuoted.toggle()
            case UInt8(ascii: "(") where !isQuoted: depth += 1
            case UInt8(ascii: ")") where !isQuoted: depth -= 1
            case UInt8(ascii: "[") where !isQuoted: brackets += 1
            case UInt8(ascii: "]") where !isQuoted && depth == 0:
                guard brackets == 0 else {
                    throw BracketError(message: "brackets in the filter are not balanced", offset: position)
                }
                return try withoutParentheses(trimmed(start..<position))
            case UInt8(ascii: "]") where !isQuoted: brackets -= 1
            default: break
            }
        }
        throw BracketError(message: "parentheses or quotes in the filter are not balanced", offset: start)
    }

    private func withoutParentheses(_ range: Range<Int>) throws(BracketError) -> Range<Int> {
        guard range.count >= 2, bytes[range.lowerBound] == UInt8(ascii: "("),
            bytes[range.upperBound - 1] == UInt8(ascii: ")")
        else {
            throw BracketError(message: "a filter must start with '[?(' and end with ')]'", offset: range.lowerBound)
        }
        return (range.lowerBound + 1)..<(range.upperBound - 1)
    }

    /// `range` without white space at its ends.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while start < end, bytes[end - 1] <= 0x20 { end -= 1 }
        return start..<end
    }

    // MARK: - Criteria

    /// Cuts at every `&&` and `||`, quoted or not; `&&` binds closer.
    private func filter(in range: Range<Int>) throws(BracketError) -> PathFilter {
        var groups: [[PathFilter.Criterion]] = [[]]
        var start = range.lowerBound
        var position = start
        var count = 0
        func close(at end: Int) throws(BracketError) {
            count += 1
            guard count <= JSONPathLimits.filterCriteriaMax else {
                throw BracketError(
                    message: "a filter has at most \(JSONPathLimits.filterCriteriaMax) criteria", offset: end)
            }
            groups[groups.count - 1].append(try criterion(in: start..<end))
        }
        while position < range.upperBound {
            let byte = bytes[position]
            let isDouble = position + 1 < range.upperBound && bytes[position + 1] == byte
            guard isDouble, byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|") else {
                position += 1
                continue
            }
            try close(at: position)
            if byte == UInt8(ascii: "|") { groups.append([]) }
            position += 2
            start = position
        }
        try close(at: range.upperBound)
        return PathFilter(groups: groups)
    }

    /// One comparison, or a path that must exist. Parentheses round it are dropped.
    private func criterion(in range: Range<Int>) throws(BracketError) -> PathFilter.Criterion {
        var body = trimmed(range)
        while body.count > 0, bytes[body.lowerBound] == UInt8(ascii: "(") {
            body = trimmed((body.lowerBound + 1)..<body.upperBound)
        }
        while body.count > 0, bytes[body.upperBound - 1] == UInt8(ascii: ")"), closesTooOften(body) {
            body = trimmed(body.lowerBound..<(body.upperBound - 1))
        }
        guard let (operation, place) = comparison(in: body) else { return try existence(in: body) }
        var left = trimmed(body.lowerBound..<place.lowerBound)
        // Jayway drops a negation here.
        if bytes[left].starts(with: "!@".utf8) { left = (left.lowerBound + 1)..<left.upperBound }
        let right = trimmed(place.upperBound..<body.upperBound)
        guard !bytes[right].starts(with: "!@".utf8) else {
            throw BracketError(message: "only a path that must exist can be negated", offset: right.lowerBound)
        }
        return .comparison(try operand(in: left), operation, try operand(in: right))
    }

    /// True when more parentheses close than open, outside quotes.
    private func closesTooOften(_ range: Range<Int>) -> Bool {
        var depth = 0
        var isQuoted = false
        for byte in bytes[range] {
            if byte == UInt8(ascii: "'") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
        }
        return depth < 0
    }

    private func existence(in body: Range<Int>) throws(BracketError) -> PathFilter.Criterion {
        let isNegated = body.count > 0 && bytes[body.lowerBound] == UInt8(ascii: "!")
        let range = isNegated ? (body.lowerBound + 1)..<body.upperBound : body
        let isItem = range.count > 0 && bytes[range.lowerBound] == UInt8(ascii: "@")
        guard isItem || !isNegated, let path = try path(in: range) else {
            throw BracketError(message: "'\(text(body))' is neither a comparison nor a path", offset: body.lowerBound)
        }
        return .exists(path, isNegated: isNegated)
    }

    /// In the order in which Jayway looks for them, anywhere in the criterion, quoted or not.
    private static let comparisons: [(text: String, comparison: PathFilter.Comparison)] = [
        ("==", .equal), (">=", .greaterOrEqual), ("<=", .lessOrEqual), ("!=", .notEqual), ("<", .less), (">", .greater),
        ("=~", .matches),
    ]

    private func comparison(in range: Range<Int>) -> (PathFilter.Comparison, Range<Int>)? {
        for (text, comparison) in Self.comparisons {
            let count = text.utf8.count
            guard range.count >= count else { continue }
            for position in range.lowerBound...(range.upperBound - count) {
                let place = position..<(position + count)
                if bytes[place].elementsEqual(text.utf8) { return (comparison, place) }
            }
        }
        return nil
    }

    // MARK: - Operands

    private func operand(in range: Range<Int>) throws(BracketError) -> PathFilter.Operand {
        if let path = try path(in: range) {
            return bytes[range.lowerBound] == UInt8(ascii: "@") ? .itemPath(path) : .documentPath(path)
        }
        if let pattern = try pattern(in: range) { return .pattern(pattern) }
        let quote = UInt8(ascii: "'")
        if range.count >= 2, bytes[range.lowerBound] == quote, bytes[range.upperBound - 1] == quote {
            return .literal(JSONString(wtf8: Array(bytes[(range.lowerBound + 1)..<(range.upperBound - 1)])))
        }
        return .literal(JSONString(wtf8: Array(bytes[range])))
    }

    /// The definite path that starts with `@` or `$`; nil when the operand is none.
    private func path(in range: Range<Int>) throws(BracketError) -> JSONPathExpression? {
        guard range.count > 0 else { return nil }
        let root = bytes[range.lowerBound]
        guard root == UInt8(ascii: "@") || root == UInt8(ascii: "$") else { return nil }
        let path: JSONPathExpression
        do throws(JSONPathSyntaxError) {
            path = try JSONPathExpression(text(range), root: root)
        } catch {
            throw BracketError(message: error.message, offset: range.lowerBound + error.offset)
        }
        guard path.isDefinite else {
            throw BracketError(
                message: "the path '\(path.text)' in the filter is not definite", offset: range.lowerBound)
        }
        return path
    }

    private func pattern(in range: Range<Int>) throws(BracketError) -> RegularExpression? {
        let slash = UInt8(ascii: "/")
        guard range.count > 0, bytes[range.lowerBound] == slash else { return nil }
        var end = range.upperBound - 1
        let ignoresCase = bytes[end] == UInt8(ascii: "i")
        if ignoresCase { end -= 1 }
        guard bytes[end] == slash else { return nil }
        guard end > range.lowerBound else {
            throw BracketError(message: "the regular expression has no closing '/'", offset: range.lowerBound)
        }
        do throws(RegularExpressionError) {
            return try RegularExpression(text((range.lowerBound + 1)..<end), ignoresCase: ignoresCase)
        } catch {
            throw BracketError(message: error.message, offset: range.lowerBound + 1 + error.offset)
        }
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
