import JSON
import StatesLanguage
import Testing

@Suite("Definitions that others wrote")
struct DefinitionCorpusTests {
    /// Lines of definitions.jsonl that are no definition to run, each with the reason.
    private static let refused: [String: String] = [
        "7f82215fe3c7206a": "a template: words stand for arrays (Choices, Items)",
        "c8f1101d8963a962": "a template: an empty choice rule is to be filled in",
        "e80cb6d12ed4bd94": "StartAt and Next name no states",
        "ef9002ab51c006c4": "a template: %…% stands for a path",
        "9bb8d2e266b1f073": "a template: %…% stands for a path",
        "46a1721760e7e044": "a template: %…% stands for a path",
        "46625d660527db64": "a template: %…% stands for a path",
        "4a5f7367a3954aef": "a template: ErrorEquals is to be filled in",
        "682670a44d4de683": "illegal escapes, refused by AWS too",
        "b52feec1c382cb24": "illegal escapes, refused by AWS too",
        "3769a6ffa62e3b14": "an empty Label",
        "ca80bf42a584dc88": "a Label with braces",
        "932498432f1105d9": "dynamodb:query, refused by AWS too",
        "a9bed7b6982f94a8": "an item processor by itself",
        "3c932816f3d75e69": "an item processor by itself",
        "b3f3f8cdbefd5ffd": "StartAt names no state",
        "1feff6af51007123": "a JSONPath state in a JSONata machine, refused by AWS too",
        "33305cfab9e20145": "two states of one name",
        "29568e7bc3d48fde": "another interpreter's ResultPath into the context object",
        "645d3df68486a4ad": "another interpreter's ResultPath into the context object",
        "a9cb59a4459b8f4d": "another interpreter's field",
    ]

    /// Lines of checked.jsonl where we judge otherwise on purpose, each with the reason.
    private static let judgedOtherwise: [String: String] = [
        "cfn-lint/Error handling (valid)": "a Python literal, no JSON",
        "cfn-lint/Choices (valid)": "states lead to NextState, which is not there; AWS refuses it",
        "cfn-lint/Using a function (valid)": "a CloudFormation function, no definition",
        "cfn-lint/Valid string json (invalid)": "only wrong by a placeholder, which is a warning in a draft",
        "asl-validator/invalid-jsonata-surround-syntax-no-close.json (invalid)":
            "a plain string to AWS; a warning here",
        "asl-validator/invalid-jsonata-surround-syntax-no-spaces.json (invalid)": "an expression to AWS",
    ]

    private static func compile(_ line: JSONValue) -> Compilation {
        let text = line["text"]?.string ?? JSONWriter.text(line["definition"] ?? .null)
        return Definition.compile(text, options: CompileOptions(allowPlaceholders: true))
    }

    @Test("Definitions of public repositories compile")
    func definitions() throws {
        let lines = try DefinitionCorpus.lines(of: "conformance/asl/definitions.jsonl")
        var compiled = 0
        for line in lines {
            let id = line["id"]?.string ?? ""
            let compilation = Self.compile(line)
            if compilation.machine != nil { compiled += 1 }
            #expect(
                (compilation.machine == nil) == (Self.refused[id] != nil), "\(id): \(compilation.diagnostics.refusal)")
        }
        if !lines.isEmpty {
            print(
                "definitions: \(compiled) of \(lines.count) compile; the other \(Self.refused.count) are listed with a reason"
            )
        }
    }

    @Test("Real definitions give no warning but the few that are right")
    func warnings() throws {
        let expected: Set<DiagnosticCode> = [
            .unresolvedPlaceholder, .unknownResource, .noDollar, .passResultIsStatic, .noEffect,
        ]
        for line in try DefinitionCorpus.lines(of: "conformance/asl/definitions.jsonl") where line["kind"] == "real" {
            for warning in Self.compile(line).warnings where !expected.contains(warning.code) {
                Issue.record("\(line["id"]?.string ?? ""): \(warning.listing)")
            }
        }
    }

    @Test("Other tools' verdicts are shared")
    func verdicts() throws {
        let lines = try DefinitionCorpus.lines(of: "conformance/asl/checked.jsonl")
        var shared = 0
        for line in lines {
            let isValid = line["valid"]?.bool == true
            let id = "\(line["id"]?.string ?? "") (\(isValid ? "valid" : "invalid"))"
            let compilation = Self.compile(line)
            let agrees = (compilation.machine != nil) == isValid
            if agrees { shared += 1 }
            #expect(agrees == (Self.judgedOtherwise[id] == nil), "\(id): \(compilation.diagnostics.refusal)")
        }
        if !lines.isEmpty { print("verdicts: \(shared) of \(lines.count) shared; the others are listed with a reason") }
    }
}
