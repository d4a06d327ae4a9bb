import JSON
import JSONata
import Testing

@Suite("Random expressions")
struct FuzzTests {
    /// SplitMix64, so that a failure's seed repeats it.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }
    }

    static let words = [
        "a", "$", "$$", "$x", "%", "*", "**", ".", ".", "(", ")", "[", "]", "{", "}", ",", ";", ":", ":=", "?", "+",
        "-", "/", "&",
        "=", "!=", "<", ">", "<=", "..", "~>", "@", "#", "^", "|", "and", "or", "in", "1", "2.5", "-1", "'s'", "\"t\"",
        "true", "null",
        "function", "λ", "($v)", "{$v}", "$map", "$sum", "$filter", "$sort", "$string", "$match", "/a(b)?/",
        "/[x-z]+/i", "[]", "`q`",
        "$zip", "$reduce", "$merge", "<n-s?:a<n>>", "$formatNumber", "'#,##0.0e0'", "$fromMillis", "'[Y]-[M01]'",
        "$toMillis",
    ]

    @Test("No soup of words crashes the parser or the evaluator, or keeps it busy", arguments: 0..<8)
    func soup(_ seed: Int) {
        var generator = Generator(state: UInt64(seed))
        var limits = JSONataLimits.aws
        limits.steps = 2000
        limits.regexSteps = 5000
        let input: JSONValue = ["a": [["a": 1], ["a": [2, "s"]]], "x": nil]
        for _ in 0..<1500 {
            let count = Int.random(in: 1...14, using: &generator)
            let text = (0..<count).map { _ in Self.words.randomElement(using: &generator) ?? "" }
                .joined(separator: Bool.random(using: &generator) ? "" : " ")
            #expect(!outcome(text, input: input, limits: limits).isEmpty, "seed \(seed): \(text)")
        }
    }

    @Test("No pattern crashes the regular expressions", arguments: 0..<4)
    func patterns(_ seed: Int) {
        var generator = Generator(state: UInt64(1000 + seed))
        var limits = JSONataLimits.aws
        limits.regexSteps = 5000
        let pieces = [
            "a", "b", ".", "*", "+", "?", "{2}", "{1,3}", "(", "(?:", "(?=", "(?!", "(?<=", ")", "[", "^", "]", "|",
            "\\1", "\\b", "$", "-", "\\d",
        ]
        for _ in 0..<1500 {
            let count = Int.random(in: 1...10, using: &generator)
            let pattern = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            #expect(!outcome("$match('abaab12', /\(pattern)/)", limits: limits).isEmpty, "seed \(seed): \(pattern)")
        }
    }

    @Test("No picture crashes the formatters and parsers", arguments: 0..<4)
    func pictures(_ seed: Int) {
        var generator = Generator(state: UInt64(2000 + seed))
        let pieces = [
            "#", "0", "1", ",", ".", "e", "%", ";", "-", "[Y", "[M", "[D", "[F", "[H", "[P", "[Z", "n", "N", "01", "I",
            "w", "o", "]", " ", "٠", "[f",
        ]
        let numbers = ["0", "-1", "12345.678", "1e300", "-1e-300", "1732270530123", "1e16", "-99999999999999"]
        for _ in 0..<1000 {
            let count = Int.random(in: 1...8, using: &generator)
            let picture = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let number = numbers.randomElement(using: &generator) ?? "0"
            for function in ["formatNumber", "formatInteger", "fromMillis"] {
                #expect(!outcome("$\(function)(\(number), '\(picture)')").isEmpty, "seed \(seed)")
            }
            for function in ["parseInteger", "toMillis"] {
                #expect(!outcome("$\(function)('\(number)', '\(picture)')").isEmpty, "seed \(seed)")
            }
        }
    }
}
