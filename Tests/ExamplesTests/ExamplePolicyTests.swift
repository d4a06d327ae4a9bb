import CommandTesting
import Foundation
import JSON
import Testing

/// Golden policies: `policy.json` beside each workflow, as `steplog policy` prints it. To write them again:
/// `steplog policy workflow.asl.json --task-definitions task-definitions --region us-east-1 > policy.json`.
@Suite("The examples' policies")
struct ExamplePolicyTests {
    private func run(_ more: [String], in name: String) throws -> SteplogProcess.Outcome {
        try SteplogProcess.run(
            ["policy", "workflow.asl.json", "--task-definitions", "task-definitions", "--region", "us-east-1"] + more,
            in: Example.root.appending(path: name))
    }

    @Test("Each example has the policy that stands beside it", arguments: Example.names)
    func golden(name: String) throws {
        let outcome = try run([], in: name)
        #expect(outcome.status == 0, "\(outcome.messages)")
        let golden = try String(
            contentsOf: Example.root.appending(path: "\(name)/policy.json"), encoding: .utf8)
        #expect(outcome.output == golden)
        #expect(outcome.messages.contains("TaskDefinition names no revision"))
    }

    @Test("As JSON the policy stands beside what is not narrowed", arguments: Example.names)
    func json(name: String) throws {
        let outcome = try run(["--format", "json"], in: name)
        let answer = try JSONParser.parse(outcome.output)
        let golden = try String(
            contentsOf: Example.root.appending(path: "\(name)/policy.json"), encoding: .utf8)
        #expect(try answer["policy"] == JSONParser.parse(golden))
        #expect(answer["notNarrowed"]?.array?.isEmpty == false)
        #expect(outcome.messages.isEmpty)
    }

    @Test("A file with errors, and a folder that is not there, are refused with their place")
    func refusals() throws {
        let folder = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(#"{"StartAt":"A","States":{}}"#.utf8).write(to: folder.appending(path: "bad.json"))
        let outcome = try SteplogProcess.run(["policy", "bad.json"], in: folder)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("bad.json:1:"))
        let missing = try SteplogProcess.run(["policy", "bad.json", "--task-definitions", "none"], in: folder)
        #expect(missing.status == 2)
        #expect(missing.messages.contains("none"))
    }
}
