import JSON

/// `$string`: JSON text, numbers with at most 15 digits.
enum Stringifier {
    /// - Throws: D3001 where `value` is a number that is not finite, D1001 where it holds one.
    static func text(_ value: Value) throws(JSONataError) -> JSONString {
        switch value {
        case .string(let text): return text
        case .function: return ""
        case .number(let number):
            guard number.isFinite else { throw JSONataError("D3001", value: .double(number)) }
            return JSONString(Numbers.text15(number))
        case .bool(let value): return value ? "true" : "false"
        case .null: return "null"
        case .undefined: return ""
        case .list, .array, .object, .record, .tuples: return try json(value, isPretty: false, bytesMax: 64_000_000)
        }
    }

    /// - Parameter bytesMax: what the text may come to.
    /// - Throws: U1001 above that; D3001 for a number that is not finite by itself.
    static func text(_ value: Value, isPretty: Bool, _ context: EvaluationContext) throws(JSONataError) -> JSONString {
        switch value {
        case .list, .array, .object, .record, .tuples:
            let result = try json(value, isPretty: isPretty, bytesMax: min(context.memoryBytesMax, 64_000_000))
            try context.charge(text: result.utf8Count)
            return result
        case .undefined, .null, .bool, .number, .string, .function: return try text(value)
        }
    }

    private static func json(_ value: Value, isPretty: Bool, bytesMax: Int) throws(JSONataError) -> JSONString {
        var writer = Writer(isPretty: isPretty, bytesMax: bytesMax)
        var document = value
        if case .array(let elements) = value, elements.flags.contains(.outerWrapper), let inner = elements.items.first {
            document = inner
        }
        try writer.write(document)
        return JSONString(wtf8: writer.output)
    }

    private struct Writer {
        let isPretty: Bool
        let bytesMax: Int
        var output: [UInt8] = []
        private var indent = 0

        init(isPretty: Bool, bytesMax: Int) {
            self.isPretty = isPretty
            self.bytesMax = bytesMax
        }

        mutating func write(_ value: Value) throws(JSONataError) {
            if output.count > bytesMax { throw EvaluationContext.tooMuch }
            switch value {
            case .undefined, .null: output.append(contentsOf: "null".utf8)
            case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
            case .number(let number):
                guard number.isFinite else { throw JSONataError("D1001", value: .double(number)) }
                output.append(contentsOf: Numbers.text15(number).utf8)
            case .string(let text): JSONWriter.write(text, to: &output)
            case .function: output.append(contentsOf: "\"\"".utf8)
            case .list, .array, .tuples:
                try write(open: "[", close: "]", count: value.count) { writer, index throws(JSONataError) in
                    try writer.write(value.item(index))
                }
            case .object(let object):
                try write(open: "{", close: "}", count: object.count) { writer, index throws(JSONataError) in
                    try writer.write(object.members[index].key, Value(object.members[index].value))
                }
            case .record(let record):
                try write(open: "{", close: "}", count: record.members.count) { writer, index throws(JSONataError) in
                    try writer.write(record.members[index].key, record.members[index].value)
                }
            }
        }

        private mutating func write(_ key: JSONString, _ value: Value) throws(JSONataError) {
            JSONWriter.write(key, to: &output)
            output.append(UInt8(ascii: ":"))
            if isPretty { output.append(UInt8(ascii: " ")) }
            try write(value)
        }

        private mutating func write(
            open: Unicode.Scalar, close: Unicode.Scalar, count: Int,
            _ item: (inout Writer, Int) throws(JSONataError) -> Void
        ) throws(JSONataError) {
            output.append(UInt8(ascii: open))
            indent += 1
            for index in 0..<count {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                newLine()
                try item(&self, index)
            }
            indent -= 1
            if count > 0 { newLine() }
            output.append(UInt8(ascii: close))
        }

        private mutating func newLine() {
            guard isPretty else { return }
            output.append(0x0A)
            output.append(contentsOf: repeatElement(0x20, count: indent * 2))
        }
    }
}
