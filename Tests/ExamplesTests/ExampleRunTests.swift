import CommandTesting
import Foundation
import JSON
import Testing

/// Each example is run by the built program, in its own folder, with its tasks as real processes.
@Suite("The examples run as their pages say")
struct ExampleRunTests {
    /// Work takes hardly any time here.
    private static let quickly = "0.02"

    @Test("An example's output is the expected one", .timeLimit(.minutes(2)), arguments: Example.all)
    func outputIsAsExpected(example: Example) throws {
        let results = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: results) }
        let outcome = try run(example, results: results)
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(try JSONParser.parse(outcome.output) == example.json(example.expectedOutputFile), "\(outcome.messages)")
    }

    @Test("Definitions are valid to the command as well", arguments: Example.names)
    func validate(name: String) throws {
        let outcome = try SteplogProcess.run(["validate", "workflow.asl.json"], in: Example.root.appending(path: name))
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.messages)")
    }

    @Test("A graph names every state of the top level", arguments: Example.names)
    func graph(name: String) throws {
        let folder = Example.root.appending(path: name)
        let outcome = try SteplogProcess.run(["graph", "workflow.asl.json"], in: folder)
        #expect(outcome.status == 0, "\(outcome.messages)")
        let workflow = try JSONParser.parse(
            String(contentsOf: folder.appending(path: "workflow.asl.json"), encoding: .utf8))
        for state in workflow["States"]?.object?.members ?? [] {
            #expect(outcome.output.contains(state.key.text), "the graph leaves out \(state.key.text)")
        }
    }

    @Test("The saga undoes its steps in reverse order")
    func sagaJournal() throws {
        let journal = try contents(
            of: "order-1042.journal", after: Example(name: "saga-order", inputFile: "input.json"))
        #expect(journal == "reserve\ncharge\nrefund\nrelease\n")
    }

    @Test("The media pipeline publishes what its manifest lists")
    func mediaManifest() throws {
        let example = Example(name: "media-pipeline", inputFile: "input.json")
        let manifest = try JSONParser.parse(contents(of: "published/manifest.json", after: example))
        let names = manifest["files"]?.object?.members.map(\.key.text)
        #expect(names == ["captions.en.vtt", "high.wav", "low.wav", "master.wav", "medium.wav", "poster.svg"])
    }

    @Test("The ETL loads the totals of the clean files only")
    func etlTotals() throws {
        let totals = try JSONParser.parse(
            contents(of: "totals.json", after: Example(name: "etl-files", inputFile: "input.json")))
        #expect(
            totals == (try JSONParser.parse(#"{"currency":"EUR","cents":{"chair":42900,"lamp":21190,"table":24000}}"#)))
    }

    @Test("A retried task starts once an attempt, all others once")
    func startsAreCounted() throws {
        let results = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: results) }
        let counter = results.appending(path: "starts")
        let example = Example(name: "nightly-job", inputFile: "input.json")
        _ = try run(example, results: results, environment: ["STEPLOG_TASK_COUNTER_FILE": counter.path])
        let starts = try String(contentsOf: counter, encoding: .utf8).split(separator: "\n").compactMap {
            $0.split(separator: " ").first
        }
        #expect(starts == ["export", "export", "export", "load", "load", "dead-letter"])
    }

    private func run(
        _ example: Example, results: URL, environment: [String: String] = [:]
    ) throws -> SteplogProcess.Outcome {
        let given = ["STEPLOG_EXAMPLE_DIR": results.path, "STEPLOG_EXAMPLE_PACE": Self.quickly].merging(environment) {
            $1
        }
        let arguments = ["run", "workflow.asl.json", "--input", "@\(example.inputFile)", "--skip-waits"]
        return try SteplogProcess.run(arguments, in: example.folder, environment: given)
    }

    /// A file that the tasks wrote, by its path below the execution's own folder.
    private func contents(of file: String, after example: Example) throws -> String {
        let results = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: results) }
        let outcome = try run(example, results: results)
        let executions = Example.files(in: results)
        #expect(executions.count == 1, "\(outcome.messages)")
        return try String(contentsOf: results.appending(path: "\(executions.first ?? "")/\(file)"), encoding: .utf8)
    }
}
