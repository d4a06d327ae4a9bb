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
        _ pattern: JSONString, _ matcher: inout RegexMatcher, from position: Int, _ context: EvaluationContext
    ) throws(JSONataError) {
        var steps = context.regexStepsLeft
        let isFound = try matcher.find(from: position, steps: &steps)
        context.regexStepsLeft = steps
        guard isFound else { return nil }
        (start, end) = (matcher.slots[0], matcher.slots[1])
        guard end > start else { throw JSONataError("D1004", value: .string(pattern)) }
        text = matcher.slice(start, end)
        groups = []
        for index in 1..<matcher.captureCount {
            let (from, to) = (matcher.slots[2 * index], matcher.slots[2 * index + 1])
            groups.append(from >= 0 && to >= from ? .string(matcher.slice(from, to)) : .undefined)
        }
    }

    /// - Parameter value: what a matcher function returned.
    /// - Throws: T1010 where it is not what one returns.
    init?(_ value: Value) throws(JSONataError) {
        guard !value.isUndefined else { return nil }
        let members = value.members ?? []
        func member(_ key: JSONString) -> Value { members.first { $0.key == key }?.value ?? .undefined }
        guard case .string(let text) = member("match"), case .number(let start) = member("start"),
            case .number(let end) = member("end"), case .function = member("next"), member("groups").isArray
        else { throw JSONataError("T1010") }
        self.text = text
        self.start = max(0, start.index)
        self.end = max(0, end.index)
        groups = member("groups").items
        following = member("next")
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
    /// The regular expression at work, kept in an array so that it is changed in place; empty for a matcher function.
    private var matchers: [RegexMatcher] = []
    private var pattern: JSONString = ""
    /// The matcher function to call next; nil where there is none.
    private var function: Value?
    private var isFirst = true
    private let text: JSONString
    private let units: [UInt16]
    private let context: EvaluationContext
    private var position = 0

    init(_ function: Function, _ text: JSONString, _ context: EvaluationContext) {
        self.text = text
        self.context = context
        units = Text.units(text)
        if case .regex(let regex) = function.kind {
            matchers = [RegexMatcher(regex.program, units)]
            pattern = regex.pattern
        } else {
            self.function = .function(function)
        }
    }

    /// Length of the text in UTF-16 code units.
    var count: Int { units.count }

    func slice(_ start: Int, _ end: Int) -> JSONString {
        let end = min(end, units.count)
        return start < end ? Text.string(units[start..<end]) : ""
    }

    /// What a match costs besides the steps of its regular expression.
    private static let matchSteps = 4

    mutating func next() throws(JSONataError) -> Match? {
        if !matchers.isEmpty {
            try context.spend(Self.matchSteps)
            guard position == 0 || position < units.count,
                let match = try Match(pattern, &matchers[0], from: position, context)
            else { return nil }
            position = match.end
            return match
        }
        guard let function else { return nil }
        try context.spend(1)
        let result = try context.apply(function, isFirst ? [.string(text)] : [], input: .null).collapsed()
        isFirst = false
        let match = try Match(result)
        self.function = match?.following
        return match
    }
}

extension RegexMatcher {
    /// The text between two positions.
    func slice(_ start: Int, _ end: Int) -> JSONString {
        start < end ? Text.string(units[start..<end]) : ""
    }
}
