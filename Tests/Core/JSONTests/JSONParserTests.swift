import JSON
import Testing

@Suite("JSON parser and writer")
struct JSONParserTests {
    @Test("What is read is written with the same digits, members and order", arguments: [
        "null", "true", "[]", "{}", "0", "-0", "1.50", "1e400", "12345678901234567890", "-9223372036854775807",
        #"{"b":1,"a":[1,2,{"c":"\u0001\"\\é😀"}]}"#, #""\ud800""#, #""\udc00\ud800x""#,
    ])
    func roundTrip(text: String) throws {
        #expect(JSONWriter.text(try JSONParser.parse(text)) == text)
    }

    @Test("Of members with one key, the last value stands in the first one's place")
    func duplicateKeys() throws {
        #expect(JSONWriter.text(try JSONParser.parse(#"{"a":1,"b":2,"a":3}"#)) == #"{"a":3,"b":2}"#)
    }

    @Test("A surrogate pair in escapes is one character")
    func surrogatePair() throws {
        #expect(try JSONParser.parse(#""\ud83d\ude00""#) == .string("😀"))
    }

    @Test("A text nested deeper than the limit is refused, not a crash")
    func depth() {
        let bomb = String(repeating: "[", count: 100_000)
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bomb) }
    }

    @Test("A refusal says what was found and what was expected", arguments: [
        ("not some test", "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"),
        ("{'a': 1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name"),
    ])
    func messages(text: String, message: String) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
        #expect(error?.message == message)
    }
}
