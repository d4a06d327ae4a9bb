import JSON

/// `$string`, `$length`, `$substring` and their kin.
enum StringFunctions {
    static let all: [BuiltIn] = [
        BuiltIn("string", "<x-b?:s>", arity: 1) { arguments, call throws(JSONataError) in
            let value = arguments.value(0)
            if value.isUndefined { return .undefined }
            return .string(try Stringifier.text(value, isPretty: arguments.value(1).isTrue, call.context))
        },
        BuiltIn("length", "<s-:n>", arity: 1) { arguments, _ in
            arguments.text(0).map { .integer(Text.length($0)) } ?? .undefined
        },
        BuiltIn("substring", "<s-nn?:s>", arity: 3) { arguments, _ in
            guard let text = arguments.text(0) else { return .undefined }
            return .string(substring(text, arguments.number(1) ?? 0, arguments.number(2)))
        },
        BuiltIn("substringBefore", "<s-s:s>", arity: 2) { arguments, _ in
            guard let text = arguments.text(0) else { return .undefined }
            let bytes = text.bytes
            guard let part = arguments.text(1), let position = Text.position(of: part.bytes, in: bytes, from: 0) else {
                return .string(text)
            }
            return .string(JSONString(wtf8: Array(bytes[..<position])))
        },
        BuiltIn("substringAfter", "<s-s:s>", arity: 2) { arguments, _ in
            guard let text = arguments.text(0) else { return .undefined }
            let bytes = text.bytes
            guard let part = arguments.text(1)?.bytes, let position = Text.position(of: part, in: bytes, from: 0) else {
                return .string(text)
            }
            return .string(JSONString(wtf8: Array(bytes[(position + part.count)...])))
        },
        BuiltIn("lowercase", "<s-:s>", arity: 1) { arguments, _ in
            arguments.text(0).map { .string(cased($0, isUpper: false)) } ?? .undefined
        },
        BuiltIn("uppercase", "<s-:s>", arity: 1) { arguments, _ in
            arguments.text(0).map { .string(cased($0, isUpper: true)) } ?? .undefined
        },
        BuiltIn("trim", "<s-:s>", arity: 1) { arguments, _ in
            arguments.text(0).map { .string(trimmed($0)) } ?? .undefined
        },
        BuiltIn("pad", "<s-ns?:s>", arity: 3) { arguments, call throws(JSONataError) in
            guard let text = arguments.text(0) else { return .undefined }
            return .string(try padded(text, (arguments.number(1) ?? 0).index, arguments.text(2), call.context))
        },
        BuiltIn("join", "<a<s>s?:s>", arity: 2) { arguments, call throws(JSONataError) in
            if arguments.value(0).isUndefined { return .undefined }
            var builder = TextBuilder()
            for (index, item) in arguments.value(0).items.enumerated() {
                if index > 0, let separator = arguments.text(1) { builder.append(separator) }
                if case .string(let text) = item { builder.append(text) }
                if index % 256 == 0, builder.byteCount > call.context.memoryBytesMax { throw EvaluationContext.tooMuch }
            }
            try call.context.charge(text: builder.byteCount)
            return .string(builder.text)
        },
    ]

    /// Positions are code points; one below 0 counts from the end.
    private static func substring(_ text: JSONString, _ start: Double, _ length: Double?) -> JSONString {
        let count = Text.length(text)
        var start = start
        if Double(count) + start < 0 { start = 0 }
        var end = count
        if let length {
            guard length > 0 else { return "" }
            let last = start >= 0 ? start + length : Double(count) + start + length
            end = last.index
            if end < 0 { end = max(0, count + end) }
        }
        let first = start.index < 0 ? max(0, count + start.index) : start.index
        return Text.slice(text, first, min(end, count))
    }

    /// Source: Unicode's full case mappings, by the tables of Swift's standard library; final sigma as in JavaScript.
    private static func cased(_ text: JSONString, isUpper: Bool) -> JSONString {
        guard !text.hasLoneSurrogate else {
            return JSONString(utf16: text.utf16.map { isUpper ? RegexCase.upper($0) : RegexCase.lower($0) })
        }
        return JSONString(isUpper ? text.text.uppercased() : text.text.lowercased())
    }

    /// Runs of white space become one space; none is left at the ends.
    private static func trimmed(_ text: JSONString) -> JSONString {
        var result: [UInt8] = []
        for byte in text.bytes {
            if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                if let last = result.last, last != 0x20 { result.append(0x20) }
            } else {
                result.append(byte)
            }
        }
        if result.last == 0x20 { result.removeLast() }
        return JSONString(wtf8: result)
    }

    /// - Parameter width: code points; below 0 the padding goes to the left.
    static func padded(
        _ text: JSONString, _ width: Int, _ fill: JSONString?, _ context: EvaluationContext
    ) throws(JSONataError) -> JSONString {
        let missing = abs(width) - Text.length(text)
        guard missing > 0 else { return text }
        let fill = fill.flatMap { $0.isEmpty ? nil : $0 } ?? " "
        let fillLength = Text.length(fill)
        let repeats = missing / fillLength
        try context.charge(text: text.utf8Count + (repeats + 1) * fill.utf8Count)
        var padding: [UInt8] = []
        let bytes = fill.bytes
        padding.reserveCapacity((repeats + 1) * bytes.count)
        if bytes.count == 1 {
            padding.append(contentsOf: repeatElement(bytes[0], count: repeats))
        } else {
            for _ in 0..<repeats { padding.append(contentsOf: bytes) }
        }
        padding.append(contentsOf: Text.slice(fill, 0, missing % fillLength).bytes)
        return JSONString(wtf8: width > 0 ? text.bytes + padding : padding + text.bytes)
    }
}
