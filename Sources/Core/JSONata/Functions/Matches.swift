import JSON

/// One match of a regular expression or matcher function.
struct Match {
    var text: JSONString
    /// Positions in UTF-16 code units.
    var start: Int
    var end: Int
    /// The captures; nothing for one that took no part.
    var groups: [Value]
    /// What a matcher function gave to go on with.
    var following: Value = .undefined

    /// - Throws: D1004 where nothing at all was matched; U1001 where it takes too long.
    init?(
        _ regex: RegularExpression, _ matcher: inout RegexMatcher, from position: Int, _ context: EvaluationContext
    ) throws(JSONataError) {
        guard try matcher.find(from: position, steps: &context.regexStepsLeft) else { return nil }
        (start, end) = (matcher.slots[0], matcher.slots[1])
        guard end > start else { throw JSONataError("D1004", value: .string(regex.pattern)) }
        text = matcher.slice(start, end)
        groups = []
        for index in 1..<regex.program.captureCount {
            let (from, to) = (matcher.slots[2 * index], matcher.slots[2 * index + 1])
            groups.append(from >= 0 && to >= from ? .string(matcher.slice(from, to)) : .undefined)
        }
    }

    /// - Parameter value: what a matcher function returned.
    /// - Throws: T1010 where it is not what one returns.
    init?(_ value: Value) throws(JSONataError) {
        guard !value.isUndefined else { return nil }
        guard value.members != nil, case .string(let text) = value.member("match"),
            case .number(let start) = value.member("start"), case .number(let end) = value.member("end"),
            case .function = value.member("next"), value.member("groups").isArray
        else { throw JSONataError("T1010") }
        self.text = text
        self.start = max(0, start.index)
        self.end = max(0, end.index)
        groups = value.member("groups").items
        following = value.member("next")
    }

    /// What a replacement function is given.
    func value(_ context: EvaluationContext) throws(JSONataError) -> Value {
        var builder = ObjectBuilder(capacity: 4, context)
        try builder.append("match", .string(text))
        try builder.append("start", .integer(start))
        try builder.append("end", .integer(end))
        try builder.append("groups", .array(Elements(groups)))
        return builder.value
    }
}

/// The matches in a text, one after another.
struct Matches {
    private enum Source {
        case regex(RegularExpression, RegexMatcher)
        /// The function to call, and whether it still has to be given the text.
        case function(Value, isFirst: Bool)
        case none
    }

    private var source: Source
    private let text: JSONString
    private let units: [UInt16]
    private let context: EvaluationContext
    private var position = 0

    init(_ function: Function, _ text: JSONString, _ context: EvaluationContext) {
        self.text = text
        self.context = context
        units = Text.units(text)
        if case .regex(let regex) = function.kind {
            source = .regex(regex, RegexMatcher(regex.program, units))
        } else {
            source = .function(.function(function), isFirst: true)
        }
    }

    /// Length of the text in UTF-16 code units.
    var count: Int { units.count }

    func slice(_ start: Int, _ end: Int) -> JSONString {
        let end = min(end, units.count)
        return start < end ? Text.string(units[start..<end]) : ""
    }

    mutating func next() throws(JSONataError) -> Match? {
        switch source {
        case .none: return nil
        case .regex(let regex, var matcher):
            guard position == 0 || position < units.count else { return nil }
            source = .none
            guard let match = try Match(regex, &matcher, from: position, context) else { return nil }
            position = match.end
            source = .regex(regex, matcher)
            return match
        case .function(let function, let isFirst):
            try context.spend(1)
            let result = try context.apply(function, isFirst ? [.string(text)] : [], input: .null).collapsed()
            guard let match = try Match(result) else {
                source = .none
                return nil
            }
            source = .function(match.following, isFirst: false)
            return match
        }
    }
}

extension RegexMatcher {
    /// The text between two positions.
    func slice(_ start: Int, _ end: Int) -> JSONString {
        start < end ? Text.string(units[start..<end]) : ""
    }
}
