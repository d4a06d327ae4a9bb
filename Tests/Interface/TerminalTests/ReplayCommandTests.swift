import CommandTesting
import Foundation
import JSON
import Testing

@Suite("steplog replay and its kin, as a user runs them")
struct ReplayCommandTests {
    private static let definition = #"""
        {"StartAt": "Look", "States": {
          "Look": {"Type": "Pass", "Result": 7, "Assign": {"seen": true}, "Next": "Rest"},
          "Rest": {"Type": "Wait", "Seconds": 60, "Next": "Judge"},
          "Judge": {"Type": "Choice", "Choices": [{"Variable": "$", "NumericEquals": 7, "Next": "Bad"}], "Default": "Good"},
          "Good": {"Type": "Succeed"}, "Bad": {"Type": "Fail", "Error": "Seven"}}}
        """#

    @Test(
        "A run's log is folded, verified, exported, imported, tried, pictured and planned for; exit codes say how it went"
    )
    func wholeRound() throws {
        let folder = try SteplogProcess.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.definition.write(to: folder.appending(path: "m.asl.json"), atomically: true, encoding: .utf8)
        func steplog(_ line: String, expecting status: Int32 = 0) throws -> String {
            let outcome = try SteplogProcess.run(line.split(separator: " ").map(String.init), in: folder)
            #expect(outcome.status == status, "\(line): \(outcome.messages)\(outcome.output)")
            return outcome.output
        }
        _ = try steplog("run m.asl.json --name e --log l.sqlite --skip-waits --quiet", expecting: 1)
        #expect(try steplog("replay --log l.sqlite").hasPrefix("1 executions (1 FAILED)"))
        let verified = try JSONParser.parse(try steplog("replay --verify --log l.sqlite --output json"))
        #expect(verified["same"] == 1)
        _ = try steplog("export --log l.sqlite --to-file l.jsonl --execution m/e")
        _ = try steplog("import l.jsonl --log i.sqlite")
        _ = try steplog("import l.jsonl --log i.sqlite", expecting: 2)
        #expect(try steplog("replay --verify --log i.sqlite").contains("1 executions are as they would be decided"))
        #expect(try steplog("replay --what-if m.asl.json --log l.jsonl").contains("the same path"))
        try Self.definition.replacing("\"NumericEquals\": 7", with: "\"NumericEquals\": 8")
            .write(to: folder.appending(path: "m.asl.json"), atomically: true, encoding: .utf8)
        #expect(try steplog("replay --what-if m.asl.json --log l.jsonl", expecting: 1).contains("+ Good"))
        #expect(try steplog("describe m/e --at 3 --log l.sqlite").contains("\"seen\": true"))
        #expect(try steplog("diff m/e@1 m/e@3 --log l.jsonl", expecting: 1).contains("frames.main.variables"))
        _ = try steplog("diff m/e@3 m/e@3 --log l.jsonl")
        #expect(try steplog("why m/e --log l.sqlite") == "the execution has ended\n")
        #expect(try steplog("reprocess --status FAILED --log l.jsonl").contains("nothing was started"))
        _ = try steplog("replay --log nowhere.sqlite", expecting: 2)
        _ = try steplog("replay --verify --what-if m.asl.json --log l.sqlite", expecting: 2)
    }
}
