import JSON

/// `$match`, `$contains`, `$replace`, `$split`: with a text, a regular expression or a matcher function.
enum RegexFunctions {
    static let all: [BuiltIn] = [
        BuiltIn("contains", "<s-(sf):b>", arity: 2) { arguments, call throws(JSONataError) in
            guard let text = arguments.text(0) else { return .undefined }
            switch arguments.value(1) {
            case .string(let part):
                // At worst each byte of the text is compared with each of the part.
                try call.context.spend(text.utf8Count / 64 * min(part.utf8Count, 64))
                return .bool(Text.position(of: part.bytes, in: text.bytes, from: 0) != nil)
            case .function(let function):
                var matches = Matches(function, text, call.context)
                return .bool(try matches.next() != nil)
            default: return .undefined
            }
        },
        BuiltIn("match", "<s-f<s:o>n?:a<o>>", arity: 3) { arguments, call throws(JSONataError) in
            guard let text = arguments.text(0), let function = arguments.function(1) else { return .undefined }
            let limit = try limit(arguments.number(2), "D3040", 3)
            var matches = Matches(function, text, call.context)
            var result: [Value] = []
            while result.count < limit, let match = try matches.next() {
                var builder = ObjectBuilder(capacity: 3, call.context)
                try builder.append("match", .string(match.text))
                try builder.append("index", .integer(match.start))
                try builder.append("groups", .array(Elements(match.groups)))
                result.append(builder.value)
                try call.context.charge(elements: result.count)
            }
            return .sequence(result)
        },
        BuiltIn("split", "<s-(sf)n?:a<s>>", arity: 3) { arguments, call throws(JSONataError) in
            guard let text = arguments.text(0) else { return .undefined }
            let limit = try limit(arguments.number(2), "D3020", 3)
            let whole = arguments.number(2).map { max(0, $0.index) } ?? limit
            switch arguments.value(1) {
            case .string(let separator): return .array(Elements(try split(text, separator, whole, call.context)))
            case .function(let function): return .array(Elements(try split(text, function, limit, call.context)))
            default: return .array(Elements([.string(text)]))
            }
        },
        BuiltIn("replace", "<s-(sf)(sf)n?:s>", arity: 4) { arguments, call throws(JSONataError) in
            guard let text = arguments.text(0) else { return .undefined }
            let replacement = arguments.value(2)
            if case .string(let pattern) = arguments.value(1) {
                guard !pattern.isEmpty else {
                    throw JSONataError("D3010", [("value", .string(pattern)), ("index", 2)])
                }
                let limit = try limit(arguments.number(3), "D3011", 4)
                return .string(try replace(text, pattern, replacement, limit, call.context))
            }
            guard let function = arguments.function(1) else { return .string(text) }
            let limit = try limit(arguments.number(3), "D3011", 4)
            return .string(try replace(text, function, replacement, limit, call.context))
        },
    ]

    /// The object that calling a regular expression as a function gives; nothing where it does not match.
    static func firstMatch(
        of regex: RegularExpression, _ value: Value, _ context: EvaluationContext
    ) throws(JSONataError) -> Value {
        guard case .string(let text) = value else { return .undefined }
        return try match(of: regex, RegexMatcher(regex.program, Text.units(text)), from: 0, context)
    }

    private static func match(
        of regex: RegularExpression, _ start: RegexMatcher, from position: Int, _ context: EvaluationContext
    ) throws(JSONataError) -> Value {
        var matcher = start
        guard let match = try Match(regex.pattern, &matcher, from: position, context) else { return .undefined }
        let following = matcher
        let next = Function(arity: 0) { _, call throws(JSONataError) in
            guard match.end < following.count else { return .undefined }
            return try Self.match(of: regex, following, from: match.end, call.context)
        }
        return .record(
            Record([
                ("match", .string(match.text)), ("start", .integer(match.start)), ("end", .integer(match.end)),
                ("groups", .array(Elements(match.groups))), ("next", .function(next)),
            ]))
    }

    private static func limit(_ number: Double?, _ code: String, _ index: Int64) throws(JSONataError) -> Int {
        guard let number else { return .max }
        guard number >= 0 else {
            throw JSONataError(code, [("value", .number(Value.number(number))), ("index", .number(.integer(index)))])
        }
        return number.rounded(.up).index
    }

    // MARK: - Splitting

    private static func split(
        _ text: JSONString, _ separator: JSONString, _ limit: Int, _ context: EvaluationContext
    ) throws(JSONataError) -> [Value] {
        var result: [Value] = []
        guard !separator.isEmpty else {
            let units = Text.units(text)
            try context.charge(elements: units.count)
            return units.prefix(limit).map { .string(JSONString(utf16: [$0])) }
        }
        let (bytes, part) = (text.bytes, separator.bytes)
        var start = 0
        while result.count < limit {
            let end = Text.position(of: part, in: bytes, from: start)
            result.append(.string(JSONString(wtf8: Array(bytes[start..<(end ?? bytes.count)]))))
            guard let end else { break }
            start = end + part.count
            try context.charge(elements: result.count)
        }
        try context.charge(text: bytes.count)
        return result
    }

    private static func split(
        _ text: JSONString, _ function: Function, _ limit: Int, _ context: EvaluationContext
    ) throws(JSONataError) -> [Value] {
        var matches = Matches(function, text, context)
        var result: [Value] = []
        var start = 0
        while result.count < limit {
            guard let match = try matches.next() else {
                result.append(.string(matches.slice(start, matches.count)))
                break
            }
            result.append(.string(matches.slice(start, match.start)))
            start = match.end
            try context.charge(elements: result.count)
        }
        return result
    }

    // MARK: - Replacing

    private static func replace(
        _ text: JSONString, _ pattern: JSONString, _ replacement: Value, _ limit: Int, _ context: EvaluationContext
    ) throws(JSONataError) -> JSONString {
        guard case .string(let substitute) = replacement else {
            throw JSONataError("D3012", [("value", replacement.json ?? .null)])
        }
        let (bytes, part, new) = (text.bytes, pattern.bytes, substitute.bytes)
        var result: [UInt8] = []
        var (position, count) = (0, 0)
        while count < limit, let found = Text.position(of: part, in: bytes, from: position) {
            result.append(contentsOf: bytes[position..<found])
            result.append(contentsOf: new)
            if result.count > context.memoryBytesMax { throw EvaluationContext.tooMuch }
            position = found + part.count
            count += 1
        }
        result.append(contentsOf: bytes[position...])
        try context.charge(text: result.count)
        return JSONString(wtf8: result)
    }

    private static func replace(
        _ text: JSONString, _ function: Function, _ replacement: Value, _ limit: Int, _ context: EvaluationContext
    ) throws(JSONataError) -> JSONString {
        var matches = Matches(function, text, context)
        var result = TextBuilder()
        var (position, count) = (0, 0)
        while count < limit, let match = try matches.next() {
            result.append(matches.slice(position, match.start))
            if case .string(let template) = replacement {
                result.append(substituted(template, match))
            } else {
                let value = try context.apply(replacement, [try match.value(context)], input: .null)
                guard case .string(let new) = value else {
                    throw JSONataError("D3012", [("value", value.json ?? .null)])
                }
                result.append(new)
            }
            try context.charge(text: result.byteCount / 64)
            if result.byteCount > context.memoryBytesMax { throw EvaluationContext.tooMuch }
            position = match.start + Text.units(match.text).count
            count += 1
        }
        if count == 0 { return text }
        result.append(matches.slice(position, matches.count))
        try context.charge(text: result.byteCount)
        return result.text
    }

    /// `$0` is the match, `$1` a group of it, `$$` a dollar sign.
    private static func substituted(_ template: JSONString, _ match: Match) -> JSONString {
        let units = Text.units(template)
        guard units.contains(ascii("$")) else { return template }
        var result: [UInt16] = []
        var index = 0
        let maxDigits = max(1, String(match.groups.count).utf8.count)
        while index < units.count {
            guard units[index] == ascii("$") else {
                result.append(units[index])
                index += 1
                continue
            }
            index += 1
            if index < units.count, units[index] == ascii("$") {
                result.append(ascii("$"))
                index += 1
            } else if index < units.count, units[index] == ascii("0") {
                result.append(contentsOf: Text.units(match.text))
                index += 1
            } else if var (number, length) = leadingNumber(units[index...].prefix(maxDigits)) {
                if maxDigits > 1, number > match.groups.count,
                    let shorter = leadingNumber(units[index...].prefix(maxDigits - 1))
                {
                    (number, length) = shorter
                }
                if number <= match.groups.count, number > 0, case .string(let group) = match.groups[number - 1] {
                    result.append(contentsOf: Text.units(group))
                }
                index += length
            } else {
                result.append(ascii("$"))
            }
        }
        return JSONString(utf16: result)
    }

    private static func leadingNumber(_ units: ArraySlice<UInt16>) -> (Int, Int)? {
        let digits = units.prefix { isDigit($0) }
        guard !digits.isEmpty, digits.count < 10 else { return nil }
        return (digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, digits.count)
    }
}
