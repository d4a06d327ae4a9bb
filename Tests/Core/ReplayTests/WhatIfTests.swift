import Engine
import EngineTestKit
import Replay
import Testing

@Suite("A changed definition on recorded results")
struct WhatIfTests {
    private func result(_ harness: ExecutionHarness, _ definition: String) throws -> WhatIfResult {
        var run = WhatIfRun(
            try RecordedRuns.recorded(harness), machine: try RecordedRuns.machine(definition),
            settings: ExecutionHarness.settings)
        return run.run()
    }

    @Test("The same definition takes the same path to the same output", arguments: [true, false])
    func samePath(lastAnswers: Bool) throws {
        let harness = try RecordedRuns.order(lastAnswers: lastAnswers)
        let result = try result(harness, RecordedRuns.order)
        #expect(result.verdict == .samePath)
        #expect(result.status == harness.execution.status.rawValue)
        #expect(!result.hasOtherOutput)
        #expect(result.otherInputs.isEmpty)
        #expect(result.path.filter { $0.mark != .both }.isEmpty)
    }

    @Test("Another choice is another path, and the states are told apart")
    func otherPath() throws {
        let changed = RecordedRuns.order.replacing(#""BooleanEquals": true"#, with: #""BooleanEquals": false"#)
        let result = try result(try RecordedRuns.order(), changed)
        #expect(result.verdict == .otherPath)
        #expect(result.path.filter { $0.mark != .both }.map { $0.mark.rawValue + $0.state } == ["-Rest"])
        #expect(result.status == "SUCCEEDED")
        #expect(!result.hasOtherOutput)
    }

    @Test("A task that was never asked for needs its result, and the place is named")
    func needsResult() throws {
        let changed = RecordedRuns.order
            .replacing(#"true, "Next": "Each"}"#, with: #"false, "Next": "Extra"}"#)
            .replacing(
                #""Rest": {"#,
                with: #"""
                    "Extra": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:extra",
                      "Next": "Each"},
                    "Rest": {
                    """#)
        let result = try result(try RecordedRuns.order(), changed)
        #expect(result.verdict == .needsResult)
        #expect(result.missing?.hasPrefix("Extra: ") == true)
    }

    @Test("A longer timeout needs the result that nobody waited for; a shorter one fires")
    func timeouts() throws {
        let harness = try RecordedRuns.order(lastAnswers: false)
        let longer = RecordedRuns.order.replacing(#""TimeoutSeconds": 60"#, with: #""TimeoutSeconds": 90"#)
        let late = try result(harness, longer)
        #expect(late.verdict == .needsResult)
        #expect(late.missing?.hasPrefix("Each[2]/Pay") == true)
        let shorter = RecordedRuns.order.replacing(#""TimeoutSeconds": 60"#, with: #""TimeoutSeconds": 30"#)
        #expect(try result(harness, shorter).verdict == .samePath)
    }

    @Test("A renamed state gets the result of its old name")
    func renamed() throws {
        let changed = RecordedRuns.order.replacing("\"Check\"", with: "\"Inspect\"")
        let result = try result(try RecordedRuns.order(), changed)
        #expect(result.verdict == .otherPath)
        #expect(result.status == "SUCCEEDED")
        #expect(result.path.first?.mark == .onlyRecorded)
        #expect(result.path.first?.state == "Check")
    }

    @Test("Another output and another input are told")
    func otherData() throws {
        let changed = RecordedRuns.order
            .replacing(#""MaxConcurrency": 2, "#, with: #""MaxConcurrency": 2, "ResultPath": "$.paid", "#)
            .replacing(#""Retry": [{"#, with: #""Parameters": {"extra": 1}, "Retry": [{"#)
        let result = try result(try RecordedRuns.order(), changed)
        #expect(result.verdict == .samePath)
        #expect(result.hasOtherOutput)
        #expect(result.otherInputs == ["Check", "Check"])
    }
}
