import JSON
import StatesLanguage
import Testing

@Suite("Definitions that others wrote")
struct DefinitionCorpusTests {
    @Test("Real definitions and fixtures compile")
    func definitions() throws {
        let lines = try DefinitionCorpus.lines(of: "conformance/asl/definitions.jsonl")
        var count = 0
        var refused = 0
        for line in lines {
            let text = line["text"]?.string ?? JSONWriter.text(line["definition"] ?? .null)
            let result = Definition.compile(text, options: CompileOptions(allowPlaceholders: true))
            count += 1
            if result.machine == nil {
                refused += 1
                print("REFUSED", line["kind"]?.string ?? "", line["id"]?.string ?? "", line["suspect"] ?? "", result.errors.map(\.listing).prefix(4))
            }
            for warning in result.warnings where warning.code != .unresolvedPlaceholder && line["kind"] == "real" { print("WARN", line["id"]?.string ?? "", warning.listing.prefix(300)) }
        }
        print("definitions: \(count - refused) of \(count) compile")
    }

    @Test("Verdicts")
    func checked() throws {
        for line in try DefinitionCorpus.lines(of: "conformance/asl/checked.jsonl") {
            let text = line["text"]?.string ?? JSONWriter.text(line["definition"] ?? .null)
            let result = Definition.compile(text, options: CompileOptions(allowPlaceholders: true))
            let valid = line["valid"]?.bool == true
            if valid != (result.machine != nil) {
                print("DIFFERS", line["id"]?.string ?? "", "valid: \(valid)", result.errors.map(\.listing).prefix(4))
            } else if !valid { print("ok", line["id"]?.string ?? "", result.errors.map(\.listing).prefix(6)) }
        }
    }
}
