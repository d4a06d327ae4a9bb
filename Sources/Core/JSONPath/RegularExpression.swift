/// A compiled regular expression of a filter, in the part of Java's syntax that paths use.
///
/// Literals, `.`, classes, `\d \w \s \h \v \b` and their opposites, `\x` and `\u` escapes, `\Q…\E`, groups,
/// alternatives, greedy,
/// lazy and possessive repetition, `^`, `$`, lookahead and back references. Characters are Unicode scalars, as in Java.
/// Lookbehind,
/// Unicode properties, class intersections and inline flags are refused.
struct RegularExpression: Sendable, Equatable {
    /// The pattern without its slashes.
    let text: String
    let ignoresCase: Bool
    private let program: [PatternInstruction]
    private let slots: Int

    init(_ text: String, ignoresCase: Bool) throws(RegularExpressionError) {
        var compiler = PatternCompiler(text, ignoresCase: ignoresCase)
        program = try compiler.compile()
        slots = compiler.slotCount
        self.text = text
        self.ignoresCase = ignoresCase
    }

    /// True when the pattern matches the whole of `input`; nil when that takes more steps than the limit.
    func matches(_ input: String) -> Bool? {
        var matcher = PatternMatcher(
            program: program, input: Array(input.unicodeScalars), slots: slots, ignoresCase: ignoresCase)
        return matcher.matchesWhole()
    }

    static func == (left: RegularExpression, right: RegularExpression) -> Bool {
        left.text == right.text && left.ignoresCase == right.ignoresCase
    }
}
