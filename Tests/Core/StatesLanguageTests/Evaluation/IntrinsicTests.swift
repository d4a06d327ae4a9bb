import JSON
import StatesLanguage
import Testing

@Suite("Intrinsic functions")
struct IntrinsicTests {
    @Test(
        "Calls give the values of the table",
        arguments: [
            ("States.Format('{} and {}', 'a', 1.50)", "\"a and 1.50\""),
            ("States.Format('\\{{}\\} \\\\ \\'{}\\'', null, true)", #""{null} \\ 'true'""#),
            ("States.Format('no place')", "\"no place\""),
            ("States.Format($.template, $.list)", "\"[1, two, {x=[], y=null}]!\""),
            ("States.StringToJson('[1, {\"a\": null}]')", "[1, {\"a\": null}]"),
            ("States.StringToJson(' \n')", "null"),
            ("States.StringToJson('-0')", "0"),
            ("States.JsonToString($.list)", #""[1,\"two\",{\"x\":[],\"y\":null}]""#),
            ("States.JsonToString('a')", #""\"a\"""#),
            ("States.Array()", "[]"),
            ("States.Array(1, 'a', $.list[0], States.Array())", "[1, \"a\", 1, []]"),
            ("States.ArrayPartition($.numbers, 2)", "[[5, 1], [5, 2], [1]]"),
            ("States.ArrayPartition($.numbers, 1.5)", "[[5, 1], [5, 2], [1]]"),
            ("States.ArrayPartition(States.Array(), 4)", "[]"),
            ("States.ArrayPartition(States.Array(1), 9000000000000000000)", "[[1]]"),
            ("States.ArrayContains($.list, $.list[2])", "true"),
            ("States.ArrayContains($.list, 'Two')", "false"),
            ("States.ArrayRange(0, 10, 3)", "[0, 3, 6, 9]"),
            ("States.ArrayRange(10, 0, -5)", "[10, 5, 0]"),
            ("States.ArrayRange(5, 1, 1)", "[]"),
            ("States.ArrayRange(1, 9, 9)", "[1]"),
            ("States.ArrayGetItem($.numbers, 3)", "2"),
            ("States.ArrayLength($.numbers)", "5"),
            ("States.ArrayUnique($.numbers)", "[5, 1, 2]"),
            ("States.Base64Encode('Grüße')", "\"R3LDvMOfZQ==\""),
            ("States.Base64Decode('R3LDvMOfZQ==')", "\"Grüße\""),
            ("States.Hash('abc', 'SHA-256')", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""),
            ("States.Hash('', 'MD5')", "\"d41d8cd98f00b204e9800998ecf8427e\""),
            ("States.JsonMerge($.first, $.second, false)", #"{"a": {"y": 2}, "b": 1, "c": 3}"#),
            ("States.MathAdd(1.49, 1.5)", "3"),
            ("States.MathAdd(-1.5, 0)", "-1"),
            ("States.MathAdd(-0.5, 0.49999999999999994)", "0"),
            ("States.MathRandom(7, 8)", "7"),
            ("States.MathRandom(0, 1000, 42)", "130"),
            ("States.MathRandom(0, 10, 1)", "5"),
            ("States.StringSplit(', , ,', ',')", "[\" \", \" \"]"),
            ("States.StringSplit('a-b_c', '_-')", #"["a", "b", "c"]"#),
            ("States.StringSplit('aéb', 'é')", #"["a", "b"]"#),
            ("States.StringSplit('abc', '')", "[\"abc\"]"),
            ("States.StringSplit('', ',')", "[]"),
        ])
    func table(call: String, expected: String) throws {
        let input = json(
            #"""
            {"template": "{}!", "list": [1, "two", {"x": [], "y": null}], "numbers": [5, 1, 5.0, 2, 1],
             "first": {"a": {"x": 1}, "b": 1}, "second": {"a": {"y": 2}, "c": 3}}
            """#)
        #expect(try evaluate(call: call, on: input) == json(expected))
    }

    @Test(
        "Arguments that do not fit fail with States.IntrinsicFailure",
        arguments: [
            "States.Format('{}')", "States.Format('{}', 1, 2)", "States.Format(1)", "States.StringToJson('{')",
            "States.StringToJson(1)", "States.ArrayPartition(States.Array(1), 0)", "States.ArrayPartition('a', 1)",
            "States.ArrayGetItem(States.Array(1), 1)", "States.ArrayGetItem(States.Array(1), -1)",
            "States.ArrayLength(null)",
            "States.ArrayRange(0, 1000, 1)", "States.ArrayRange(0, 1, 0)", "States.Base64Decode('%')",
            "States.Hash('a', 'SHA-3')",
            "States.JsonMerge(1, 2, false)",
            "States.JsonMerge(States.StringToJson('{}'), States.StringToJson('{}'), true)",
            "States.MathRandom(1, 1)", "States.MathAdd('1', 2)", "States.MathAdd(9223372036854775807, 1)",
            "States.MathAdd(1e300, 1)", "States.StringSplit(1, ',')",
        ])
    func failures(call: String) {
        let error = evaluationError { _ = try evaluate(call: call) }
        #expect(error?.name == "States.IntrinsicFailure")
        #expect(error?.cause.hasPrefix("The function 'States.") == true)
    }

    @Test("A path that finds nothing fails with States.Runtime and names path and input")
    func missingArgument() {
        let error = evaluationError { _ = try evaluate(call: "States.Format('{}', $.no)", on: ["a": 1]) }
        #expect(
            error
                == EvaluationError(
                    cause:
                        "The function 'States.Format('{}', $.no)' had the following error: The JsonPath argument for the "
                        + "field '$.no' could not be found in the input '{\"a\":1}'"))
    }

    @Test("Text for hashing and Base64 ends at 10,000 characters")
    func encodedTextMax() throws {
        func base64(_ count: Int) throws -> JSONValue {
            try evaluate(call: "States.Base64Encode($)", on: .string(String(repeating: "é", count: count)))
        }
        _ = try base64(10_000)
        #expect(evaluationError { _ = try base64(10_001) }?.name == "States.IntrinsicFailure")
    }

    @Test("A range has at most a thousand elements")
    func rangeCountMax() throws {
        #expect(try evaluate(call: "States.ArrayRange(1, 1000, 1)").array?.count == 1000)
    }

    @Test("UUIDs are version 4 and follow from the random bits alone")
    func uuid() throws {
        let text = try #require(try evaluate(call: "States.UUID()").string)
        #expect(text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        #expect(try evaluate(call: "States.UUID()").string == text)
        #expect(try evaluate(call: "States.UUID()", in: FixedEnvironment(randomBits: 1)).string != text)
    }

    @Test("Random numbers lie from the start to below the end")
    func random() throws {
        var environment = FixedEnvironment()
        let call = try IntrinsicCall(parsing: "States.MathRandom(-2.4, 3)")
        var seen = Set<Int64>()
        for _ in 0..<1000 {
            let value = try call.evaluate(on: EvaluationInput(.null), in: &environment)
            seen.insert(try #require(value.number?.int64))
        }
        #expect(seen == [-2, -1, 0, 1, 2])
    }

    @Test("Halves of a surrogate pair that Format puts side by side become one character")
    func surrogates() throws {
        let input = json(#"{"high": "\ud83d", "low": "\ude00"}"#)
        #expect(try evaluate(call: "States.Format('{}{}', $.high, $.low)", on: input) == "😀")
    }
}
