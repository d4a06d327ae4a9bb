import JSON
import StatesLanguage
import Testing

@Suite("Parsing intrinsic functions")
struct IntrinsicParsingTests {
    @Test(
        "Calls of the States Language are accepted",
        arguments: [
            "States.UUID()", " States.UUID ( ) ", "States.Array()",
            "States.Array( 1 , -2.5e3 , true, false, null, 'a' )",
            "States.Format('It\\'s \\{{}\\}, {}', $.a, $$.Execution.Name)", "States.Format($template, $name.first)",
            "States.ArrayGetItem(States.StringSplit($.a, '-'), States.MathAdd(States.ArrayLength($.b), -1))",
            "States.ArrayLength($.a[?(@.b == 'x,)')])", "States.ArrayLength($['a, b'])",
            "States.StringToJson('{\"a\": 1}')",
            "States.Format('a\nb {}',$.a)", "States.MathRandom(1, 2)", "States.MathRandom(1, 2, 3)",
        ])
    func accepted(text: String) throws {
        let call = try IntrinsicCall(parsing: text)
        #expect(text.contains(call.text))
    }

    @Test(
        "What is no call of an intrinsic function is refused",
        arguments: [
            "", "States", "States.UUID", "States.UUID(", "States.UUID)", "States.UUID() x", "States.Nope(1)",
            "states.UUID()",
            "States.Array(1,)", "States.Array(,1)", "States.Array(1 2)", "States.Array('a)", "States.Array(\"a\")",
            "States.Array([1])", "States.Array({})", "States.Array(a)", "States.Array(01)", "States.UUID(1)",
            "States.MathAdd(1)",
            "States.MathAdd(1, 2, 3)", "States.Format()", "States.Array($.[)", "States.Array('\\n')",
            "States.Array('a\\",
            "States.StringToJson('{\"text\":\"a \\\"quote\\\" here\"}')", "$.a", "'text'", "1",
        ])
    func refused(text: String) {
        #expect(throws: IntrinsicSyntaxError.self) { try IntrinsicCall(parsing: text) }
    }

    @Test("Calls nest ten deep and no deeper")
    func nesting() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "States.Array(", count: depth) + String(repeating: ")", count: depth)
        }
        _ = try IntrinsicCall(parsing: nested(10))
        #expect(throws: IntrinsicSyntaxError.self) { try IntrinsicCall(parsing: nested(11)) }
        #expect(throws: IntrinsicSyntaxError.self) { try IntrinsicCall(parsing: nested(100_000)) }
    }

    @Test("The error names the place")
    func offset() {
        #expect(throws: IntrinsicSyntaxError(message: "'States.Nope' is not an intrinsic function", offset: 13)) {
            try IntrinsicCall(parsing: "States.Array(States.Nope())")
        }
    }

    @Test("Mutated calls are accepted or refused, and what is accepted gives a value or an error")
    func fuzz() {
        var random = SeededRandom(state: 20_261_122)
        let seeds = [
            "States.Format('Hello {} \\'x\\' {}', $.a, $$.Execution.Name)", "States.ArrayRange(0, $.n, 3)",
            "States.JsonMerge(States.StringToJson('{\"a\":1}'), $.o, false)", "States.Hash($.a, 'SHA-256')",
            "States.ArrayPartition($.list, 2)", "States.MathRandom(0, 999, 3)", "States.StringSplit($.a, ', é')",
        ]
        let input = json(#"{"a": "x, yé", "n": 12, "o": {"b": [1]}, "list": [1, 2, 3, [4]]}"#)
        var accepted = 0
        for round in 0..<20_000 {
            var bytes = Array(seeds[round % seeds.count].utf8)
            for _ in 0...Int(random.next() % 4) {
                let place = Int(random.next() % UInt64(bytes.count))
                switch random.next() % 4 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: bytes[place...].prefix(Int(random.next() % 20)), at: place)
                default: bytes[place] = Array("'(){},$.\\ 0-".utf8)[Int(random.next() % 12)]
                }
                if bytes.isEmpty { bytes = [0x24] }
            }
            guard let call = try? IntrinsicCall(parsing: String(decoding: bytes, as: UTF8.self)) else { continue }
            accepted += 1
            var environment = FixedEnvironment()
            _ = try? call.evaluate(on: EvaluationInput(input), in: &environment)
        }
        #expect(accepted > 100)
    }
}

/// SplitMix64, so that a failure repeats.
struct SeededRandom {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
