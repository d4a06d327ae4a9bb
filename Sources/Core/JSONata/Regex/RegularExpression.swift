import JSON

/// A regular expression in JavaScript's dialect (without its `u` flag): it reads UTF-16 code units and backtracks.
///
/// Source: ECMA-262 § RegExp. Lookbehind and named groups included; of Annex B, stray braces and brackets are literal.
struct RegularExpression: Sendable {
    let program: RegexProgram
    /// The pattern as written, without slashes.
    let pattern: JSONString

    /// - Parameters:
    ///   - pattern: UTF-16 code units.
    ///   - position: where the expression ends in the text round it, for errors.
    /// - Throws: S0303 where the pattern is not well-formed or its counts multiply to something too large.
    init(pattern: [UInt16], ignoresCase: Bool, isMultiline: Bool, position: Int) throws(JSONataError) {
        self.pattern = JSONString(utf16: pattern)
        do {
            var parser = RegexParser(pattern)
            let tree = try parser.parse()
            var compiler = RegexCompiler(
                ignoresCase: ignoresCase, isMultiline: isMultiline, groupCount: parser.groupCount)
            program = try compiler.compiled(tree)
        } catch {
            let text = "/\(self.pattern.text)/: \(error.reason)"
            throw JSONataError("S0303", position: position, [("value", .string(text))])
        }
    }
}

/// Why a pattern is not well-formed.
struct RegexFault: Error {
    var reason: String
}
