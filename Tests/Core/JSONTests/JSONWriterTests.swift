import JSON
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
    @Test("Escaped are quotes, backslashes and control characters, and nothing else")
    func escapes() {
        let text = String(String.UnicodeScalarView((0..<0x180).compactMap(Unicode.Scalar.init)))
        var expected = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": expected += "\\\""
            case "\\": expected += "\\\\"
            case "\u{8}": expected += "\\b"
            case "\u{c}": expected += "\\f"
            case "\n": expected += "\\n"
            case "\r": expected += "\\r"
            case "\t": expected += "\\t"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                expected += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: expected.unicodeScalars.append(scalar)
            }
        }
        #expect(JSONWriter.text("1\tkeykey") == #""1\tkeykey""#)
        // Every alignment to the eight bytes that are looked at in one go.
        for shift in 0..<9 {
            let pad = String(repeating: "é", count: shift)
            #expect(JSONWriter.text(.string(pad + text)) == "\"" + pad + expected + "\"")
            var output: [UInt8] = []
            JSONWriter.writeEscaped(pad + text, to: &output)
            #expect(String(decoding: output, as: UTF8.self) == pad + expected)
        }
    }

    @Test(
        "A value is written as the text of a string in which it can be embedded",
        arguments: [
            "null", #""a\"b\\""#, #"{"a\n":["\u0001","é😀",{"b":-1.50}],"c":{}}"#, #""\ud800""#, "[]",
        ])
    func quoted(text: String) throws {
        var output = Array("x".utf8)
        JSONWriter.writeQuoted(try JSONParser.parse(text), to: &output)
        #expect(output.first == UInt8(ascii: "x"))
        #expect(try JSONParser.parse(Array(output.dropFirst())) == .string(text))
        var twice: [UInt8] = []
        JSONWriter.write(text, to: &twice)
        #expect(Array(output.dropFirst()) == twice)
    }

    @Test("Several lines, two spaces a level, empty containers closed at once")
    func pretty() throws {
        let value = try JSONParser.parse(#"{"a":[1,{"b":[]}],"c":{}}"#)
        #expect(
            JSONWriter.prettyText(value) == """
                {
                  "a": [
                    1,
                    {
                      "b": []
                    }
                  ],
                  "c": {}
                }
                """)
        #expect(try JSONParser.parse(JSONWriter.prettyText(value)) == value)
    }

    @Test("What is written is appended to what is there")
    func appended() {
        var output = Array("<".utf8)
        JSONWriter.write(["a": [nil, true, false, "b"]], to: &output)
        JSONWriter.write(Int64(-12), to: &output)
        JSONWriter.write(JSONNumber.literal("1.0"), to: &output)
        JSONWriter.write(JSONString("c"), to: &output)
        JSONWriter.writeRaw(">", to: &output)
        #expect(String(decoding: output, as: UTF8.self) == #"<{"a":[null,true,false,"b"]}-121.0"c">"#)
    }
}
