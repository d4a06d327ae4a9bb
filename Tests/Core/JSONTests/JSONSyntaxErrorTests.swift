import JSON
import Testing

@Suite("JSON syntax errors")
struct JSONSyntaxErrorTests {
    static let valid = "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
    static let tokens = "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"

    /// Text, Jackson's message, the column where the problem is and the one where Jackson stands; asked of Jackson 2.14.
    static let table: [(text: String, message: String, column: Int, parserColumn: Int)] = [
        ("not some test", "Unrecognized token 'not': \(tokens)", 1, 4),
        ("{'a': 1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 2, 3),
        ("", "No content to map due to end-of-input", 1, 1),
        (
            "{",
            #"Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)"{"; line: 1, column: 1])"#,
            2, 2
        ),
        (
            "[[1,2",
            #"Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)"[[1,2"; line: 1, column: 2])"#,
            6, 6
        ),
        ("{\"a\"", "Unexpected end-of-input within/between Object entries", 5, 5),
        ("[1, ", "Unexpected end-of-input within/between Array entries", 5, 5),
        ("{\"a", "Unexpected end-of-input in field name", 4, 4),
        ("\"abc", "Unexpected end-of-input: was expecting closing quote for a string value", 5, 5),
        ("\"ab\\u00", "Unexpected end-of-input in character escape sequence", 8, 8),
        ("{\"a\":1,}", "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 8, 9),
        ("[1,]", "Unexpected character (']' (code 93)): \(valid)", 4, 5),
        ("[1,}", "Unexpected character ('}' (code 125)): expected a value", 4, 5),
        (
            "{\"a\" 1}", "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
            6, 7
        ),
        (
            "{\"a\":1 \"b\":2}",
            "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", 8, 9
        ),
        ("[1 2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 4, 5),
        (
            "[1}",
            #"Unexpected close marker '}': expected ']' (for Array starting at [Source: (String)"[1}"; line: 1, column: 1])"#,
            3, 4
        ),
        (
            "{} ]",
            #"Unexpected close marker ']': expected '}' (for root starting at [Source: (String)"{} ]"; line: 1, column: 0])"#,
            4, 5
        ),
        (
            "\"a\tb\"",
            "Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using backslash to be included in string value",
            3, 4
        ),
        (
            "{\"a\nb\":1}",
            "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in name",
            4, 5
        ),
        ("\"\\q\"", "Unrecognized character escape 'q' (code 113)", 2, 4),
        (
            "\"\\u00zz\"", "Unexpected character ('z' (code 122)): expected a hex-digit for character escape sequence",
            6, 7
        ),
        ("01", "Invalid numeric value: Leading zeroes not allowed", 1, 2),
        ("-01", "Invalid numeric value: Leading zeroes not allowed", 2, 3),
        (
            "-a",
            "Unexpected character ('a' (code 97)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value",
            2, 3
        ),
        ("1.x", "Unexpected character ('x' (code 120)) in numeric value: Decimal point not followed by a digit", 3, 4),
        ("1e5x", "Unexpected character ('x' (code 120)): Expected space separating root-level values", 4, 5),
        ("[1x]", "Unexpected character ('x' (code 120)): was expecting comma to separate Array entries", 3, 4),
        ("tru", "Unrecognized token 'tru': \(tokens)", 1, 4),
        ("[nulll]", "Unrecognized token 'nulll': \(tokens)", 2, 7),
        ("NaN", "Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow", 1, 4),
        ("# x", "Unexpected character ('#' (code 35)): \(valid)", 1, 2),
        (
            "1 // x",
            "Unexpected character ('/' (code 47)): maybe a (non-standard) comment? "
                + "(not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)",
            3, 4
        ),
        ("\u{feff}{}", "Unexpected character ('\u{feff}' (code 65279 / 0xfeff)): \(valid)", 1, 2),
        (
            "[\u{1}]",
            #"Illegal character ((CTRL-CHAR, code 1)): only regular white space (\r, \n, \t) is allowed between tokens"#,
            2, 3
        ),
        ("{\"😀\":é}", "Unrecognized token 'é': \(tokens)", 6, 8),
        ("{} x", "Unrecognized token 'x': \(tokens)", 4, 5),
        ("1 2", "Trailing token (of type VALUE_NUMBER_INT) found after value: not allowed", 3, 3),
        ("{} []", "Trailing token (of type START_ARRAY) found after value: not allowed", 4, 4),
    ]

    @Test("A refusal says what was found and expected, in Jackson's words, and where", arguments: table)
    func message(row: (text: String, message: String, column: Int, parserColumn: Int)) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(row.text) }
        #expect(error?.message == row.message)
        #expect(error?.line == 1)
        #expect(error?.column == row.column)
        #expect(error?.parserColumn == row.parserColumn)
        #expect(throws: JSONSyntaxError.self) { try JSONParser.validate(row.text) }
    }

    @Test("Lines end with a line feed, a carriage return, or both", arguments: ["\n", "\r", "\r\n"])
    func lines(lineEnd: String) {
        let text = ["[1,", "2,", " x]"].joined(separator: lineEnd)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
        #expect(error.map { [$0.line, $0.column, $0.parserLine, $0.parserColumn] } == [3, 2, 3, 3])
        #expect(error?.description.hasPrefix("line 3, column 2: Unrecognized token 'x'") == true)
    }

    @Test("The place is named as in AWS's diagnostics, with at most 500 characters of the text")
    func sourceLocation() {
        let text = "not a definition"
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(text) }
        #expect(error?.sourceLocation(in: text) == #"[Source: (String)"not a definition"; line: 1, column: 4]"#)
        let long = "not" + String(repeating: " ", count: 600)
        let shown =
            #"[Source: (String)"not\#(String(repeating: " ", count: 497))"[truncated 103 chars]; line: 1, column: 4]"#
        #expect(error?.sourceLocation(in: long) == shown)
    }

    @Test("Bytes that are no UTF-8 are named")
    func badUTF8() {
        func message(_ bytes: [UInt8]) -> String? {
            do { _ = try JSONParser.parse(bytes) } catch { return error.message }
            return nil
        }
        #expect(message([0x5B, 0xFF, 0x5D]) == "Invalid UTF-8 start byte 0xff")
        #expect(message([0x22, 0xC3, 0x28, 0x22]) == "Invalid UTF-8 middle byte 0x28")
        #expect(message([0x22, 0xE2, 0x82]) == "Unexpected end-of-input in a UTF-8 character")
        #expect(message([0x31, 0x78, 0xFF])?.hasPrefix("Unexpected character ('x' (code 120))") == true)
    }
}
