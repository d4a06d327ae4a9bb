import Foundation
import JSON
import StatesLanguage
import Testing

@Suite("Variable references")
struct VariableReferenceTests {
    @Test("A state refers to what its paths, intrinsic functions and rules read, sorted by name")
    func references() throws {
        let definition = #"""
            {"StartAt": "A", "States": {
              "A": {"Type": "Pass", "Assign": {"x": 1, "z": 2}, "Next": "B"},
              "B": {"Type": "Pass", "InputPath": "$z", "Parameters": {"l": [{"f.$": "States.Format('{}', States.MathAdd($x, 1))"}]},
                    "Assign": {"y.$": "$z.deep"}, "Next": "C"},
              "C": {"Type": "Choice", "Default": "D", "Choices": [
                {"Not": {"Variable": "$.v", "NumericEqualsPath": "$y"}, "Next": "D"}]},
              "D": {"Type": "Wait", "SecondsPath": "$x", "Next": "E"},
              "E": {"Type": "Fail", "ErrorPath": "$x", "CausePath": "States.Format('{}', $w)"}}}
            """#
        let compilation = Definition.compile(definition)
        let machine = try #require(compilation.machine, "\(compilation.diagnostics)")
        let references = machine.variableReferences
        #expect(references.map(\.state) == ["B", "C", "D", "E"])
        #expect(references.map(\.variables) == [["x", "z"], ["y"], ["x"], ["w", "x"]])
    }

    @Test("DescribeStateMachine's recorded variable references are found")
    func recorded() throws {
        guard let folder = SharedData.url("conformance/aws-recorded/cases/api_variable_references") else { return }
        var count = 0
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where file.hasSuffix(".json") {
            let recorded = try JSONParser.parse(Array(try Data(contentsOf: folder.appending(path: file))))
            let create = recorded["steps"]?.array?.first { $0["op"]?.string == "CreateStateMachine" }
            let text = try #require(create?["params"]?["definition"]?.string)
            let compilation = Definition.compile(text)
            let machine = try #require(compilation.machine, "\(file): \(compilation.diagnostics)")
            var expected: [String: [String]] = [:]
            let described = recorded["expect"]?.array?.first { $0["expected"]?["definition"] != nil }
            for member in described?["expected"]?["variableReferences"]?.object ?? [:] {
                expected[member.key.text] = member.value.array?.compactMap(\.string)
            }
            let actual = Dictionary(uniqueKeysWithValues: machine.variableReferences.map { ($0.state, $0.variables) })
            #expect(actual == expected, "\(file)")
            count += 1
        }
        print("api_variable_references: \(count) recorded machines")
        #expect(count > 10)
    }
}
