import JSON
import StatesLanguage
import Testing

@Suite("Definitions that were sent to AWS")
struct RecordedValidationTests {
    /// What AWS answered to one call.
    private enum Answer: Equatable {
        case accepted
        case refused(String)
        case diagnosed(JSONValue)
    }

    @Test("CreateStateMachine, UpdateStateMachine, ValidateStateMachineDefinition and TestState judge as recorded")
    func calls() throws {
        var count = 0
        var different: [String] = []
        for recorded in try DefinitionCorpus.recordedCases()
        where recorded["source"]?["provenance"]?.string != "emulator" {
            for step in recorded["steps"]?.array ?? [] {
                guard let operation = step["op"]?.string, let parameters = step["params"],
                    let text = parameters["definition"]?.string,
                    let expected = Self.expected(of: step, operation: operation, in: recorded)
                else { continue }
                count += 1
                let answer = Self.answer(to: operation, text: text, parameters: parameters, expected: expected)
                if answer != expected {
                    different.append("\(recorded["id"]?.string ?? "") \(operation): \(answer) instead of \(expected)")
                }
            }
        }
        print("recorded calls with a definition: \(count - different.count) of \(count) judged as recorded")
        for line in different { print("DIFFERS", line) }
        #expect(different.isEmpty)
    }

    /// nil for calls that are refused for another reason than their definition, or whose answer was not recorded.
    private static func expected(of step: JSONValue, operation: String, in recorded: JSONValue) -> Answer? {
        let answers = (recorded["expect"]?.array ?? []).filter { $0["actual"]?["$ref"] == step["n"] }
        switch operation {
        case "ValidateStateMachineDefinition":
            return answers.first?["expected"]?["diagnostics"].map { .diagnosed($0) }
        case "CreateStateMachine", "UpdateStateMachine", "TestState":
            guard step["expect_error"]?.bool == true else { return .accepted }
            let error = answers.first?["expected"]?["Error"]
            guard error?["Code"]?.string == "InvalidDefinition", let message = error?["Message"]?.string,
                message.hasPrefix("Invalid State Machine Definition: ")
            else { return nil }
            return .refused(message)
        default:
            return nil
        }
    }

    private static func answer(to operation: String, text: String, parameters: JSONValue, expected: Answer) -> Answer {
        let type: CompileOptions.MachineType = parameters["type"]?.string == "EXPRESS" ? .express : .standard
        let options = CompileOptions(type: type, includeWarnings: false)
        let isState = operation == "TestState" && parameters["stateName"]?.string == nil
        let compilation =
            isState ? Definition.compileState(text, options: options) : Definition.compile(text, options: options)
        if case .diagnosed = expected { return .diagnosed(.array(compilation.diagnostics.map(Self.json))) }
        guard compilation.machine == nil else { return .accepted }
        let refusal = compilation.diagnostics.refusal
        // The recorder wrote any partition so.
        return .refused(
            expected == .refused(refusal) ? refusal : refusal.replacing("arn:aws:", with: "arn:<partition>:"))
    }

    private static func json(_ diagnostic: Diagnostic) -> JSONValue {
        var object: JSONObject = [
            "code": .string(diagnostic.code.rawValue), "message": .string(diagnostic.message),
            "severity": .string(diagnostic.severity.rawValue),
        ]
        if let location = diagnostic.location { object["location"] = .string(location) }
        return .object(object)
    }
}
