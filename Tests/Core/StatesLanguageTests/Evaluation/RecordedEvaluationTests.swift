import Foundation
import JSON
import JSONPath
import StatesLanguage
import Testing

/// What AWS answered, case by case, for intrinsic functions and Choice operators.
@Suite("Evaluation as recorded on AWS")
struct RecordedEvaluationTests {
    @Test("Every recorded call of an intrinsic function gives the recorded value")
    func intrinsicFunctions() throws {
        try check(group: "intrinsic_functions") { execution, state in
            guard state["Type"]?.string == "Pass", state["QueryLanguage"] == nil, let template = state["Parameters"],
                let expected = execution["expected_outcome"]?["output"]
            else { return nil }
            let input = try Self.input(of: execution)
            let environment = FixedEnvironment(context: Self.context(input: input))
            let value = try evaluate(template: template, on: input, in: environment)
            return Self.isAnyway(value, expected) || value == expected
        }
    }

    @Test("Every recorded Choice goes where it went")
    func choiceOperators() throws {
        try check(group: "choice_operators") { execution, state in
            guard let rule = state["Choices"]?[0]?.object, let place = execution["other_expectations"]?[0]?["at"]?.array
            else { return nil }
            var expected = execution["case_expected"]
            for step in place {
                expected =
                    step.number.flatMap { number in expected?[Int(number.double)] }
                    ?? step.string.flatMap { expected?[JSONString($0)] }
            }
            guard let wanted = expected?["TestResult.$"]?.string else { return nil }
            var environment = FixedEnvironment()
            let holds = try Self.condition(rule).holds(
                on: EvaluationInput(try Self.input(of: execution)), in: &environment)
            return wanted == (holds ? "ConditionTrue" : "ConditionFalse")
        }
    }

    @Test("Every recorded JSONata Pass state gives the recorded output or cause")
    func jsonataPassStates() throws {
        for (group, count) in [("outputdecl", 8), ("query_language", 2), ("assign", 1), ("evaluate_jsonata", 1)] {
            try check(group: group, countMin: count) { execution, state in
                guard let text = execution["definition_text"]?.string, let outcome = execution["expected_outcome"],
                    let machine = Definition.compile(text).machine,
                    machine.states[machine.startAt].queryLanguage == .jsonata,
                    case .pass(let pass) = machine.states[machine.startAt].kind, case .end = pass.transition
                else { return nil }
                let input = try Self.input(of: execution)
                var environment = FixedEnvironment(context: Self.context(input: input))
                do {
                    _ = try pass.assign?.evaluate(on: EvaluationInput(input), in: &environment)
                    let value = try pass.output?.evaluate(on: EvaluationInput(input), in: &environment) ?? input
                    return outcome["output"].map { $0 == value || $0.string == JSONWriter.text(value) } ?? false
                } catch let error as EvaluationError {
                    return outcome["cause"]?.string?.hasSuffix(error.cause) == true
                }
            }
        }
    }

    /// Runs `verdict` on every execution of a group that has one state to evaluate; it gives nil for what is not its business.
    private func check(
        group: String, countMin: Int = 50, verdict: (JSONValue, JSONValue) throws -> Bool?
    ) throws {
        guard let folder = SharedData.url("conformance/aws-recorded/cases/\(group)") else { return }
        var counts = (right: 0, all: 0, other: 0)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where file.hasSuffix(".json") {
            let recorded = try JSONParser.parse(Array(try Data(contentsOf: folder.appending(path: file))))
            for execution in recorded["executions"]?.array ?? [] {
                guard let start = execution["definition"]?["StartAt"]?.string,
                    let state = execution["definition"]?["States"]?[JSONString(start)],
                    var members = execution.object
                else { continue }
                let key = execution["other_expectations"]?[0]?["key"]
                members["case_expected"] = recorded["expect"]?.array?.first { $0["key"] == key }?["expected"]
                guard let isRight = try verdict(.object(members), state) else {
                    counts.other += 1
                    continue
                }
                counts.all += 1
                if isRight { counts.right += 1 }
                if !isRight {
                    Issue.record("\(file): \(execution["input"]?.description ?? "no input") is evaluated otherwise")
                }
            }
        }
        print(
            "\(group): \(counts.right) of \(counts.all) recorded evaluations, \(counts.other) executions of another kind"
        )
        #expect(counts.all >= countMin)
        #expect(counts.right == counts.all)
    }

    private static func input(of execution: JSONValue) throws -> JSONValue {
        guard let text = execution["input"]?.string else { return execution["input"] ?? [:] }
        return try JSONParser.parse(text)
    }

    /// The recording replaced the names in the context object by these words.
    private static func context(input: JSONValue) -> JSONValue {
        [
            "Execution": ["Name": "<ExecArnPart_0idx>", "Input": input],
            "StateMachine": [
                "Id": "arn:<partition>:states:<region>:111111111111:stateMachine:<ArnPart_0idx>",
                "Name": "<ArnPart_0idx>",
            ],
        ]
    }

    /// The recording replaced what differs from run to run by words.
    private static func isAnyway(_ value: JSONValue, _ expected: JSONValue) -> Bool {
        guard let actual = value["FunctionResult"] else { return false }
        switch expected["FunctionResult"]?.string {
        case "RandomNumberGenerated": return actual.number?.int64 != nil
        case "generated-uuid": return actual.string?.utf8.count == 36
        default: return false
        }
    }

    private static func condition(_ rule: JSONObject) throws -> Condition {
        for member in rule {
            let isPath = member.key.text.hasSuffix("Path")
            let name = isPath ? String(member.key.text.dropLast(4)) : member.key.text
            guard let comparison = ComparisonOperator(rawValue: name) else { continue }
            let operand =
                isPath ? Condition.Operand.path(try RootedPath(member.value.string ?? "")) : .value(member.value)
            return .comparison(variable: try RootedPath(rule["Variable"]?.string ?? ""), comparison, operand)
        }
        throw CaseError.noComparison
    }

    private enum CaseError: Error { case noComparison }
}
