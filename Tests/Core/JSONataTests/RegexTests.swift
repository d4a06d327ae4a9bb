import JSON
import JSONata
import Testing

@Suite("Regular expressions")
struct RegexTests {
    @Test(
        "Patterns match as in JavaScript",
        arguments: [
            ("abc", "b", "b"), ("aaa", "a{2}", "aa"), ("aaa", "a+?", "a"), ("ab12", "[^a-z]+", "12"),
            ("foo.bar", "\\.\\w+", ".bar"),
            ("abab", "(ab)\\1", "abab"), ("xay", "(?:x)(a)(?=y)", "xa"), ("xaz", "a(?!y)", "a"),
            ("price 42", "(?<=price )\\d+", "42"),
            ("2024-11", "(?<y>\\d{4})-(?<m>\\d\\d)", "2024-11"), ("aXb", "x/i", "X"), ("a\\nb", "^b/m", "b"),
            ("ab", "a|ab", "a"),
            ("a{b", "a\\{b", "a{b"), ("é", "\\u00e9", "é"), ("a-b", "[a-]+", "a-"),
            ("foobar", "(foo|foob)ar|foobar", "foobar"),
            ("aab", "(a*)*b", "aab"), ("word boundary", "\\bb\\w+", "boundary"), ("]", "[\\]]", "]"),
        ])
    func matches(_ text: String, _ pattern: String, _ expected: String) {
        let hasFlags = pattern.hasSuffix("/i") || pattern.hasSuffix("/m")
        #expect(outcome("$match('\(text)', /\(pattern)\(hasFlags ? "" : "/"))[0].match") == "\"\(expected)\"")
    }

    @Test("A repeated group forgets its captures with each turn")
    func captures() {
        #expect(outcome("$match('ab', /(?:(a)|(b))+/).groups[1]") == "\"b\"")
        #expect(outcome("$exists($match('ab', /(?:(a)|b)+/).groups[0])") == "false")
    }

    @Test("Patterns that are not well-formed are refused", arguments: ["a**", "(a", "[b-a]", "a{3,1}", "(?<a", "+"])
    func refused(_ pattern: String) {
        #expect(outcome("$match('a', /\(pattern)/)").hasPrefix("S030"))
    }
}
