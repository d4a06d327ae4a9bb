import Digests
import JSON

/// What Step Functions adds to the language. `$eval` is not there.
///
/// Source: Step Functions Developer Guide § JSONata functions provided by Step Functions; odd inputs as measured on AWS.
enum StepFunctionsFunctions {
    static let all: [BuiltIn] = [
        BuiltIn("partition", nil, arity: 2) { arguments, call throws(JSONataError) in
            guard arguments.value(0).isArray, let number = arguments.number(1), number.isFinite else {
                return .undefined
            }
            let size = number.index
            guard size >= 0 else {
                throw JSONataError(
                    "D4001", [("message", "The second argument of the partition function must be a positive number")])
            }
            guard size > 0 else { return .undefined }
            let items = arguments.value(0).items
            try call.context.spend(items.count)
            return .array(
                Elements(
                    stride(from: 0, to: items.count, by: size).map { start in
                        .array(Elements(Array(items[start..<min(items.count, start + size)])))
                    }))
        },
        BuiltIn("range", nil, arity: 3) { arguments, call throws(JSONataError) in
            guard let start = arguments.number(0), let end = arguments.number(1), let step = arguments.number(2) else {
                return .undefined
            }
            return try range(start, end, step, call.context)
        },
        BuiltIn("hash", nil, arity: 2) { arguments, call throws(JSONataError) in
            guard !arguments.value(0).isUndefined, let name = arguments.text(1) else { return .undefined }
            guard let algorithm = Digest.Algorithm(rawValue: name.text) else {
                throw JSONataError(
                    "D4001",
                    [
                        (
                            "message",
                            .string(
                                "The hash function does not know the algorithm \(name.text): it knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512"
                            )
                        )
                    ])
            }
            let text = try Stringifier.text(arguments.value(0), isPretty: false, call.context)
            try call.context.spend(text.utf8Count)
            return .text(Digest.hexadecimal(Digest.digest(text.bytes, algorithm)))
        },
        BuiltIn("random", nil, arity: 0) { arguments, call throws(JSONataError) in
            guard let seed = arguments.number(0) else { return .number(call.context.random.nextDouble()) }
            var generator = JavaRandom(seed: Int64(seed.index))
            return .number(generator.nextDouble())
        },
        BuiltIn("uuid", "<:s>", arity: 0) { _, call throws(JSONataError) in .text(uuid(&call.context.random)) },
        BuiltIn("parse", nil, arity: 1) { arguments, call throws(JSONataError) in
            guard let text = arguments.text(0) else { return .undefined }
            try call.context.spend(text.utf8Count >> 3)
            do {
                return Value(try JSONParser.parse(text.bytes))
            } catch {
                throw JSONataError("D4001", [("message", .string("The parse function was given no JSON: \(error)"))])
            }
        },
    ]

    /// From `start` to `end` inclusive; fractions are cut off.
    private static func range(
        _ start: Double, _ end: Double, _ step: Double, _ context: EvaluationContext
    ) throws(JSONataError) -> Value {
        let (first, last, distance) = (start.index, end.index, step.index)
        guard distance != 0 else {
            throw JSONataError("D4001", [("message", "The third argument of the range function must not be zero")])
        }
        let span = distance > 0 ? last - first : first - last
        guard span >= 0 else { return .sequence([]) }
        let count = span / abs(distance) + 1
        guard count <= RangeNode.countMax else { throw EvaluationContext.tooMuch }
        try context.charge(elements: count)
        try context.spend(count / 4)
        return .sequence((0..<count).map { .integer(first + $0 * distance) })
    }

    /// A random UUID. Source: RFC 9562 § 5.4 (version 4).
    private static func uuid(_ random: inout SeededRandom) -> String {
        let high = random.nextUInt64() & ~0xF000 | 0x4000
        let low = random.nextUInt64() & ~(3 << 62) | 1 << 63
        var bytes: [UInt8] = []
        for word in [high, low] {
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        let digits = Array(Digest.hexadecimal(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
