import JSON
import Testing

@Suite("JSON parser")
struct JSONParserTests {
    @Test(
        "What is read is written with the same digits, members and order",
        arguments: [
            "null", "true", "false", "[]", "{}", "0", "-0", "1.50", "1e400", "-1E-400", "12345678901234567890",
            "-9223372036854775807",
            "123456789012345678", "-123456789012345678", "1234567890123456789", "0.1e+5", #""""#,
            #"[[],[{}],{"a":{}}]"#,
            #"{"b":1,"a":[1,2,{"c":"\u0001\"\\é😀"}]}"#, #""\ud800""#, #""\udc00\ud800x""#, #""a\ud83dé\udead\n""#,
            #"{"\udfff":"\udfff"}"#, #""fifteen bytes!!""#, #""sixteen bytes!!!""#, #""1234567é""#,
            #""\u007f\u0000""#.replacing7F,
        ])
    func roundTrip(text: String) throws {
        #expect(JSONWriter.text(try JSONParser.parse(text)) == text)
        #expect(JSONParser.isValid(text))
    }

    @Test("White space between tokens is left out")
    func whiteSpace() throws {
        let text = " \n\r\t{ \"a\" : [ 1 , 2\n] ,\r\"b\"\t: { } , \"c\":[ ] } \n"
        #expect(JSONWriter.text(try JSONParser.parse(text)) == #"{"a":[1,2],"b":{},"c":[]}"#)
    }

    @Test(
        "Of members with one key, the last value stands in the first one's place",
        arguments: [
            (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
            (#"{"a":1,"\u0061":2}"#, #"{"a":2}"#),
            (#"{"\u0061":1,"a":2}"#, #"{"a":2}"#),
            (#"{"":1,"":2}"#, #"{"":2}"#),
        ])
    func duplicateKeys(text: String, expected: String) throws {
        #expect(JSONWriter.text(try JSONParser.parse(text)) == expected)
    }

    @Test("Keys that are canonically equivalent but of other code points are two members")
    func canonicalEquivalence() throws {
        #expect(try JSONParser.parse("{\"\u{e9}\":1,\"e\u{301}\":2}").object?.count == 2)
    }

    @Test("Every escape is read, and a surrogate pair in escapes is one character")
    func escapes() throws {
        #expect(
            try JSONParser.parse(#""\"\\\/\b\f\n\r\t\u00e9\u20AC\ud83d\ude00""#) == .string("\"\\/\u{8}\u{c}\n\r\té€😀"))
        #expect(try JSONParser.parse(#""\ud83d\ud83d\ude00""#).string == "\u{fffd}😀")
    }

    @Test("A text nested deeper than the limit is refused, not a crash", arguments: ["[", #"{"a":"#, #"[{"a":"#])
    func depth(opening: String) {
        let bomb = String(repeating: opening, count: 100_000)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bomb) }
        #expect(error?.message == "Document nesting depth (513) exceeds the maximum allowed (512)")
        #expect(!JSONParser.isValid(bomb))
    }

    @Test("A text nested as deeply as the limit is read")
    func deepest() throws {
        let text = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(JSONWriter.text(try JSONParser.parse(text)) == text)
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text, depthMax: 511) }
        #expect(try JSONParser.parse("[[],[],[]]", depthMax: 2).array?.count == 3)
    }

    @Test(
        "Bytes that are not UTF-8 are refused wherever they stand",
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC3], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xC0, 0x80, 0x22], [0xFF],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0x80, 0x22], [0x22, 0xC3, 0x5C, 0x6E, 0x22],
            [0x22, 0x5C, 0x75, 0x64, 0x38, 0x30, 0x30, 0xED, 0xB0, 0x80, 0x22], [0x31, 0x20, 0x80],
        ] as [[UInt8]])
    func badUTF8(bytes: [UInt8]) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bytes) }
        #expect(error?.message.contains("UTF-8") == true)
        #expect(!JSONParser.isValid(bytes))
    }
}

extension String {
    /// U+007F needs no escape: written as itself.
    fileprivate var replacing7F: String { replacing("\\u007f", with: "\u{7f}") }
}
