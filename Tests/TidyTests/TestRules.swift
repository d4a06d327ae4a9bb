/// Rules for the tests themselves.
enum TestRules {
    static func findings(in file: SourceFile) -> [Finding] {
        let tests = file.occurrences(of: ["@Test"])
        guard let first = tests.first else { return [] }
        var found: [Finding] = []
        let expectations = ["#expect", "#require", "confirmation"].flatMap { file.occurrences(of: [$0]) }
        if expectations.isEmpty, file.occurrences(of: ["Issue", ".", "record"]).isEmpty {
            found.append(
                file.finding(first.line, "A test file that expects nothing: assert the behaviour with `#expect`."))
        }
        found += unnamedTests(in: file)
        return found
    }

    /// A test's name is a sentence: `@Test("A retrier's interval is capped")`, or a name in back-ticks.
    private static func unnamedTests(in file: SourceFile) -> [Finding] {
        file.indices(of: "@Test").compactMap { index in
            let following = file.tokens[(index + 1)...].prefix(2).map(\.text)
            if following == ["(", "\"\""] { return nil }
            let declaration = file.tokens[(index + 1)...].prefix(60).drop { $0.text != "func" }.dropFirst().first
            if declaration?.text.hasPrefix("`") == true { return nil }
            return file.finding(
                file.tokens[index].line, "A test without a name: say in a sentence what holds, `@Test(\"…\")`.")
        }
    }
}
