import JSON
import JSONata
import Testing

@Suite("What Step Functions adds to JSONata")
struct StepFunctionsTests {
    @Test(
        "The added functions answer as measured on AWS",
        arguments: [
            ("$random(42)", "0.7275636800328681"),
            ("$range(-1.7, 2, 1)", "[-1,0,1,2]"), ("$range(1, 9, 9)", "1"), ("$range(5, 1, -2)", "[5,3,1]"),
            ("$count($range(1, 2000, 1))", "2000"),
            ("$partition([0], 1)", "[[0]]"), ("$partition([1..5], 2)", "[[1,2],[3,4],[5]]"),
            ("$partition('a', 2)", "undefined"),
            ("$hash('abc', 'SHA-1')", "\"a9993e364706816aba3e25717850c26c9cd0d89d\""),
            ("$hash('abc', 'MD5')", "\"900150983cd24fb0d6963f7d28e17f72\""),
            ("$parse('{\"a\":[1,2]}').a[1]", "2"), ("$count(null)", "1"),
            ("$string(1e20)", "\"100000000000000000000\""),
            ("$length($uuid())", "36"), ("$substring($uuid(), 14, 1)", "\"4\""),
        ])
    func functions(_ expression: String, _ expected: String) {
        #expect(outcome(expression) == expected)
    }

    @Test("A negative size, an unknown algorithm and text that is no JSON are errors")
    func refusals() {
        #expect(outcome("$partition([1], -1)").hasPrefix("D"))
        #expect(outcome("$hash('a', 'CRC')").hasPrefix("D"))
        #expect(outcome("$parse('{')").hasPrefix("D"))
    }

    @Test("The same environment gives the same chance, another seed another")
    func chance() throws {
        let expression = try JSONataExpression("[$random(), $uuid(), $shuffle([1..20])]")
        func run(_ seed: UInt64) throws -> JSONataResult {
            try expression.evaluate(environment: JSONataEnvironment(nowMilliseconds: 0, random: SeededRandom(seed, 7)))
        }
        #expect(try run(1) == run(1))
        #expect(try run(1) != run(2))
    }

    @Test("References to a document that is not there are told by place, those within paths and functions are not")
    func references() throws {
        func document(_ text: String) throws -> [String] {
            try JSONataExpression(text).references.document.map(\.refusal)
        }
        #expect(try document("phone") == ["Reference to 'phone' at the top level is not supported."])
        #expect(try document("states.input") == ["Reference to 'states' at the top level is not supported."])
        #expect(try document("$$.a") == ["Reference to '$$' is not supported."])
        #expect(try document("$") == ["Reference to '$' at the top level is not supported."])
        #expect(try document("$count($states.result[$ = 0 and x])").isEmpty)
        #expect(try document("$states.input.items.{'a': b, 'c': $}^(d)").isEmpty)
        #expect(try document("{'a': 1}.a").isEmpty)
    }

    @Test("Variables that are read and not set in the expression are listed")
    func variables() throws {
        let expression = "($y := 1; $map($items, function($v){$v + $y + $bias}) ~> $sum())"
        #expect(try JSONataExpression(expression).references.variables == ["items", "bias"])
        #expect(
            try JSONataExpression("$states.errorOutput.Error & $states.input").references.states == [
                "errorOutput", "input",
            ])
    }
}
