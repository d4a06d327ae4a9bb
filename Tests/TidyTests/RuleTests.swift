import Testing

/// Each rule is shown a snippet that breaks it and one that does not: a rule that never fails guards nothing.
@Suite("The tidy rules catch what they are for")
struct RuleTests {
    private func core(_ text: String, module: String = "Engine") -> SourceFile {
        SourceFile(path: "Sources/Core/\(module)/Example.swift", text: text)
    }

    private func runtime(_ text: String, module: String = "TaskWorkers") -> SourceFile {
        SourceFile(path: "Sources/Runtime/\(module)/Example.swift", text: text)
    }

    private let layers = LayerRules(modules: [
        "Core": ["Digests", "JSON", "StatesLanguage", "Engine"], "Log": ["EventLog"],
        "Runtime": ["TaskWorkers", "PartitionProcessor"],
        "Interface": ["StepFunctionsAPI"], "Programs": ["steplog"],
    ])

    @Test(
        "A banned call in Core is found",
        arguments: [
            "func f() async {}", "let now = Date()", "let n = Int.random(in: 0..<9)", "Task { work() }",
            "var g = SystemRandomNumberGenerator()",
            "print(\"hello\")", "let lock = Mutex(0)", "let id = UUID()", "actor A {}", "list.shuffled()",
        ])
    func coreBans(snippet: String) {
        #expect(!SourceRules.findings(in: core(snippet)).isEmpty)
    }

    @Test(
        "A banned call in any shipped code is found",
        arguments: [
            "let x = try! f()", "let y = z as! Int", "fatalError(\"no\")", "let a = list.first!", "call()!",
            "items[0]!.name", "var t: Thing!",
        ])
    func shippedBans(snippet: String) {
        #expect(!SourceRules.findings(in: runtime(snippet)).isEmpty)
    }

    @Test(
        "Code that only looks like a banned call passes",
        arguments: [
            "// never fatalError() here, nor try!", "let text = \"Date() and try! and x!\"", "if a != b {}",
            "if !flag {}", "let a = try !f()", "/* Task { } */ let a = 1",
            "guard list.allSatisfy({ !$0.isEmpty }) else { return }",
            "let raw = #\"a \"quoted\" fatalError(\"no\")\"#", "let long = \"\"\"\n  try! \"x\"\n  \"\"\"",
        ])
    func innocentCode(snippet: String) {
        #expect(SourceRules.findings(in: core(snippet)).isEmpty)
    }

    @Test("Code inside a string's interpolation counts")
    func interpolation() {
        #expect(SourceRules.forcedUnwraps(in: core(#"let text = "name: \(user.name!) and \(f(a, "(")!)""#)).count == 2)
    }

    @Test("Strings of every form end where they end")
    func strings() {
        let literals = [
            ##"#""""#"##, ##"#"""\#n"""#"##, #""a\"b""#, "\"\"\"\n \"x\" \n\"\"\"", ##"#"a "b" \(c)"#"##, "\"\"",
        ]
        for literal in literals {
            #expect(SwiftTokens.scan("a \(literal) b").map(\.text) == ["a", "\"\"", "b"], "\(literal)")
        }
    }

    @Test("A finding names its file and line and says what to do")
    func findingText() {
        let findings = SourceRules.findings(in: runtime("let a = 1\nlet b = try! f()"))
        #expect(
            findings.map(\.description) == [
                "Sources/Runtime/TaskWorkers/Example.swift:2: `try!` has no place here. Handle the error, or state with `precondition` why it cannot happen."
            ])
    }

    @Test("Unsafe code needs a SAFETY comment near it")
    func safety() {
        #expect(SourceRules.unsafeWithoutReason(in: runtime("final class A: @unchecked Sendable {}")).count == 1)
        #expect(SourceRules.unsafeWithoutReason(in: runtime("nonisolated(unsafe) var a = 1")).count == 1)
        #expect(SourceRules.unsafeWithoutReason(in: runtime("let a = unsafe pointer.pointee")).count == 1)
        #expect(
            SourceRules.unsafeWithoutReason(
                in: runtime("// SAFETY: the lock guards it\nlet a = unsafe pointer.pointee")
            ).isEmpty)
        #expect(SourceRules.unsafeWithoutReason(in: runtime("unsafe close(stream)")).count == 1)
        let far = String(repeating: "\n", count: 30)
        #expect(SourceRules.unsafeWithoutReason(in: runtime("// SAFETY: whole file\(far)unsafe close(stream)")).isEmpty)
        #expect(
            SourceRules.unsafeWithoutReason(
                in: runtime("// SAFETY: whole file\(far)final class A: @unchecked Sendable {}")
            ).count == 1)
        #expect(
            SourceRules.unsafeWithoutReason(in: runtime("/// SAFETY: immutable\nfinal class A: @unchecked Sendable {}"))
                .isEmpty)
    }

    @Test("A loose task needs a comment that says who awaits it")
    func looseTasks() {
        #expect(SourceRules.looseTasks(in: runtime("Task { await run() }")).count == 1)
        #expect(SourceRules.looseTasks(in: runtime("// awaited by stop()\nTask { await run() }")).isEmpty)
    }

    @Test("Files and lines that are too long are found")
    func lengths() {
        let file = core(String(repeating: "let a = 1\n", count: SourceRules.longestFile + 1))
        #expect(SourceRules.lengths(in: file).count == 1)
        #expect(SourceRules.lengths(in: core(String(repeating: "a", count: SourceRules.longestLine + 1))).count == 1)
        #expect(SourceRules.lengths(in: core("let a = 1\n")).isEmpty)
    }

    @Test("Words of unfinished work are found in comments, not in identifiers")
    func unfinished() {
        #expect(SourceRules.unfinishedWork(in: core("let a = 1 // " + "TO" + "DO: later")).count == 1)
        #expect(SourceRules.unfinishedWork(in: core("let hackathon = 1 // the hackathon")).isEmpty)
    }

    @Test("A type with its module's name is found")
    func typeNamedAsModule() {
        #expect(SourceRules.typeNamedAsModule(in: core("struct Engine {}")).count == 1)
        #expect(SourceRules.typeNamedAsModule(in: core("struct EngineState {}")).isEmpty)
    }

    @Test("A public type without a doc comment is found")
    func undocumented() {
        #expect(SourceRules.undocumentedTypes(in: core("public struct A {}")).count == 1)
        #expect(SourceRules.undocumentedTypes(in: core("/// An a.\n@frozen\npublic struct A {}")).isEmpty)
        #expect(SourceRules.undocumentedTypes(in: core("public static func f() {}")).isEmpty)
    }

    @Test("An unordered collection in the engine needs an ORDER comment")
    func unordered() {
        #expect(SourceRules.unorderedCollections(in: core("var seen: Set<String>")).count == 1)
        #expect(
            SourceRules.unorderedCollections(in: core("// ORDER: only asked for membership\nvar seen: Set<String>"))
                .isEmpty)
    }

    @Test(
        "An import against the layers is found",
        arguments: [
            ("Core", "JSON", "Foundation"), ("Core", "Engine", "Synchronization"), ("Core", "StatesLanguage", "Engine"),
            ("Core", "Engine", "EventLog"),
            ("Log", "EventLog", "JSON"), ("Runtime", "PartitionProcessor", "GRDB"),
            ("Runtime", "TaskWorkers", "StepFunctionsAPI"),
            ("Interface", "StepFunctionsAPI", "EventLog"), ("Interface", "StepFunctionsAPI", "TaskWorkers"),
        ])
    func bannedImport(layer: String, module: String, imported: String) {
        let file = SourceFile(
            path: "Sources/\(layer)/\(module)/Example.swift", text: "internal import struct \(imported).A\n")
        #expect(layers.findings(in: file).count == 1)
    }

    @Test(
        "An import with the layers passes",
        arguments: [
            ("Core", "Engine", "JSON"), ("Log", "EventLog", "Foundation"), ("Log", "EventLog", "Digests"),
            ("Runtime", "TaskWorkers", "Engine"),
            ("Programs", "steplog", "EventLog"), ("Interface", "StepFunctionsAPI", "JSON"),
        ])
    func allowedImport(layer: String, module: String, imported: String) {
        let file = SourceFile(path: "Sources/\(layer)/\(module)/Example.swift", text: "public import \(imported)\n")
        #expect(layers.findings(in: file).isEmpty)
    }

    @Test("A test file that expects nothing, or a test without a sentence, is found")
    func testRules() {
        func tests(_ text: String) -> [Finding] {
            TestRules.findings(in: SourceFile(path: "Tests/Core/XTests/X.swift", text: text))
        }
        #expect(tests("@Test(\"It works\") func f() { _ = 1 }").count == 1)
        #expect(tests("@Test func f() { #expect(a == b) }").count == 1)
        #expect(tests("@Test(\"A sum is right\") func f() { #expect(a == b) }").isEmpty)
        #expect(tests("@Test func `a sum is right`() { #expect(a == b) }").isEmpty)
    }

    @Test("A manifest line out of order, upside down or with a product in Core is found")
    func manifestRules() {
        func manifest(_ text: String) -> [Finding] {
            ManifestRules.findings(in: SourceFile(path: "Package.swift", text: text))
        }
        let sound =
            "core(\"JSON\"),\ncore(\"Engine\", [\"JSON\"]),\nlog(\"EventLog\"),\nruntime(\"R\", [\"Engine\", \"EventLog\", grdb]),"
        #expect(manifest(sound).isEmpty)
        #expect(manifest("core(\"Engine\", [\"JSON\"]),\ncore(\"JSON\"),").count == 1)
        #expect(manifest("core(\"JSON\", [yams]),").count == 1)
        #expect(manifest("core(\"JSON\"),\nlog(\"EventLog\", [\"JSON\"]),").count == 1)
        #expect(manifest("core(\"Digests\"),\nlog(\"EventLog\", [\"Digests\"]),").isEmpty)
        #expect(manifest("core(\"JSON\"),\ncore(\"JSON\"),").count == 1)
        #expect(
            manifest("core(\"JSON\"),\ncore(\n    \"Engine\",\n    [\n        \"JSON\", \"Time\",\n    ]),").count == 1)
        #expect(manifest("runtime(\"R\"),\ncore(\"JSON\"),").count == 1)
    }

    @Test("Tracked build products, registry hosts and broken links are found")
    func repositoryRules() {
        #expect(
            RepositoryRules.findings(inFileNames: ["Package.resolved", "a/.build/x", "Sources/a.swift"]).count == 2)
        #expect(RepositoryRules.registryHosts(inText: "image: ghcr" + ".io/a/b", path: "a.yaml").count == 1)
        let files: Set<String> = ["docs/A.md", "Sources/x.swift"]
        #expect(
            RepositoryRules.brokenLinks(
                inText: "[a](A.md) [s](../Sources) [w](https://x.y)", path: "docs/B.md", files: files
            ).isEmpty)
        #expect(RepositoryRules.brokenLinks(inText: "[a](C.md)", path: "docs/B.md", files: files).count == 1)
    }
}
