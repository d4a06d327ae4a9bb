import JSON

/// `$number`, `$round`, `$sum` and their kin.
enum NumberFunctions {
    static let all: [BuiltIn] = [
        BuiltIn("number", "<(nsb)-:n>", arity: 1) { arguments, _ throws(JSONataError) in try number(arguments.value(0))
        },
        BuiltIn("abs", "<n-:n>", arity: 1) { arguments, _ in
            arguments.number(0).map { .number($0.magnitude) } ?? .undefined
        },
        BuiltIn("floor", "<n-:n>", arity: 1) { arguments, _ in
            arguments.number(0).map { .number($0.rounded(.down)) } ?? .undefined
        },
        BuiltIn("ceil", "<n-:n>", arity: 1) { arguments, _ in
            arguments.number(0).map { .number($0.rounded(.up)) } ?? .undefined
        },
        BuiltIn("round", "<n-n?:n>", arity: 2) { arguments, _ in
            guard let number = arguments.number(0) else { return .undefined }
            let places = (arguments.number(1) ?? 0).index
            return .number(Numbers.rounded(number, places: max(-400, min(400, places))))
        },
        BuiltIn("sqrt", "<n-:n>", arity: 1) { arguments, _ throws(JSONataError) in
            guard let number = arguments.number(0) else { return .undefined }
            guard number >= 0 else { throw JSONataError("D3060", value: .number(Value.number(number))) }
            return .number(number.squareRoot())
        },
        BuiltIn("power", "<n-n:n>", arity: 2) { arguments, _ throws(JSONataError) in
            guard let base = arguments.number(0) else { return .undefined }
            let exponent = arguments.number(1) ?? .nan
            let result = Power.power(base, exponent)
            guard result.isFinite else {
                throw JSONataError(
                    "D3061", [("value", .number(Value.number(base))), ("exp", .number(Value.number(exponent)))])
            }
            return .number(result)
        },
        BuiltIn("sum", "<a<n>:n>", arity: 1) { arguments, call throws(JSONataError) in
            try reduced(arguments.value(0), 0, call) { $0 + $1 }
        },
        BuiltIn("max", "<a<n>:n>", arity: 1) { arguments, call throws(JSONataError) in
            guard arguments.value(0).count > 0 else { return .undefined }
            return try reduced(arguments.value(0), -.infinity, call) { $1 > $0 ? $1 : $0 }
        },
        BuiltIn("min", "<a<n>:n>", arity: 1) { arguments, call throws(JSONataError) in
            guard arguments.value(0).count > 0 else { return .undefined }
            return try reduced(arguments.value(0), .infinity, call) { $1 < $0 ? $1 : $0 }
        },
        BuiltIn("average", "<a<n>:n>", arity: 1) { arguments, call throws(JSONataError) in
            guard arguments.value(0).count > 0 else { return .undefined }
            guard case .number(let sum) = try reduced(arguments.value(0), 0, call, { $0 + $1 }) else {
                return .undefined
            }
            return .number(sum / Double(arguments.value(0).count))
        },
        BuiltIn("formatBase", "<n-n?:s>", arity: 2) { arguments, _ throws(JSONataError) in
            guard let number = arguments.number(0) else { return .undefined }
            let radix = Numbers.rounded(arguments.number(1) ?? 10, places: 0)
            guard (2...36).contains(radix) else { throw JSONataError("D3100", value: .number(Value.number(radix))) }
            let value = Numbers.rounded(number, places: 0)
            guard let integer = Int64(exactly: value) else { return .text(JSONNumber.ecmaScriptText(value)) }
            return .text(String(integer, radix: Int(radix)))
        },
        BuiltIn("formatNumber", "<n-so?:s>", arity: 3) { arguments, _ throws(JSONataError) in
            guard let number = arguments.number(0) else { return .undefined }
            let picture = try DecimalPicture(arguments.text(1) ?? "", options: arguments.value(2))
            return .text(try picture.format(number))
        },
        BuiltIn("formatInteger", "<n-s:s>", arity: 2) { arguments, _ throws(JSONataError) in
            guard let number = arguments.number(0) else { return .undefined }
            return .text(try IntegerPicture(arguments.text(1)?.text ?? "").format(number.rounded(.down)))
        },
        BuiltIn("parseInteger", "<s-s:n>", arity: 2) { arguments, _ throws(JSONataError) in
            guard let text = arguments.text(0) else { return .undefined }
            return try IntegerPicture(arguments.text(1)?.text ?? "").parse(text.text).map { .number($0) } ?? .undefined
        },
    ]

    private static func reduced(
        _ value: Value, _ start: Double, _ call: Call, _ step: (Double, Double) -> Double
    ) throws(JSONataError) -> Value {
        var result = start
        try call.context.spend(value.count / 8)
        switch value {
        case .undefined: return .undefined
        case .list(let items):
            for case .number(let number) in items { result = step(result, Numbers.double(number)) }
        case .array(let elements):
            for case .number(let number) in elements.items { result = step(result, number) }
        case .null, .bool, .number, .string, .object, .record, .function, .tuples: break
        }
        return .number(result)
    }

    private static func number(_ value: Value) throws(JSONataError) -> Value {
        switch value {
        case .undefined, .number: return value
        case .bool(let value): return .number(value ? 1 : 0)
        case .string(let text):
            if let number = decimal(text.text) ?? prefixed(text.text) { return .number(number) }
        case .null, .list, .array, .object, .record, .function, .tuples: break
        }
        throw JSONataError("D3030", [("value", value.json ?? .null), ("index", 1)])
    }

    /// A number as JSON writes it, though zeros may lead.
    private static func decimal(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        var index = 0
        func digits() -> Bool {
            let start = index
            while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
            return index > start
        }
        if bytes.first == UInt8(ascii: "-") { index += 1 }
        guard digits() else { return nil }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            guard digits() else { return nil }
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
                index += 1
            }
            guard digits() else { return nil }
        }
        guard index == bytes.count, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    /// `0x`, `0o` and `0b` with their digits.
    private static func prefixed(_ text: String) -> Double? {
        guard text.utf8.count > 2, text.hasPrefix("0") else { return nil }
        let radix: Double
        switch text.dropFirst().first {
        case "x", "X": radix = 16
        case "o", "O": radix = 8
        case "b", "B": radix = 2
        default: return nil
        }
        var result = 0.0
        for character in text.dropFirst(2) {
            guard character.isASCII, let digit = character.hexDigitValue, Double(digit) < radix else { return nil }
            result = result * radix + Double(digit)
        }
        return result
    }
}
