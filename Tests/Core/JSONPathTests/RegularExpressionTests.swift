import JSON
import JSONPath
import Testing

@Suite("Regular expressions in filters")
struct RegularExpressionTests {
    @Test(
        "A pattern matches the whole text, as in Java",
        arguments: [
            ("abc", "abc", true), ("abc", "abcd", false), ("a.c", "a\nc", false), ("a|bc|d", "bc", true),
            ("(a|b)*c", "ababc", true),
            ("[a-c]+", "cab", true), ("[^a-c]+", "xyz", true), ("[^a-c]+", "xaz", false), (#"\d{2,3}"#, "12", true),
            (#"\d{2,3}"#, "1234", false),
            (#"\w+\s\S+"#, "ab c!", true), (#"\bab\b"#, "ab", true), ("a+?b", "aab", true), ("a++a", "aaa", false),
            ("(?:ab)+", "abab", true),
            ("(?=ab)..", "ab", true), ("(?!ab)..", "ab", false), (#"(a|b)\1"#, "aa", true), (#"(a|b)\1"#, "ab", false),
            ("(a*)*", "aaaa", true),
            ("^ab$", "ab", true), (#"\u00e9"#, "é", true), (#"\Qa.b\E"#, "a.b", true), ("x{0}y", "y", true),
            ("(?:){3}a", "a", true), ("", "", true),
            ("(a(b|c)*)+d", "abcabd", true), (".", "😀", true), (#"[\d-]+"#, "1-2", true), (#"\."#, "x", false),
        ])
    func matching(pattern: String, text: String, expected: Bool) throws {
        let path = try JSONPathExpression("$[?(@ =~ /\(pattern)/)]")
        #expect(try path.evaluate(on: [.string(text)]).array?.count == (expected ? 1 : 0))
    }

    @Test("The flag i ignores the case of ASCII letters")
    func ignoresCase() throws {
        let path = try JSONPathExpression("$[?(@ =~ /[a-c]x/i)]")
        #expect(try path.evaluate(on: ["AX", "bX", "dx"]) == ["AX", "bX"])
    }
}
