import Engine
import EngineTestKit
import JSON
import Testing

@Suite("Executions")
struct ExecutionBehaviourTests {
    @Test("An execution that takes longer than the machine's TimeoutSeconds ends, and its task is cancelled")
    func timeout() throws {
        let harness = try ExecutionHarness(
            "{\"StartAt\":\"T\",\"TimeoutSeconds\":60,\"States\":{\"T\":{\"Type\":\"Task\","
                + "\"Resource\":\"arn:aws:lambda:us-east-1:1:function:f\",\"End\":true}}}"
                .replacing(":1:", with: ":123456789012:"))
        try harness.start()
        harness.advance(milliseconds: 59_999)
        #expect(!harness.execution.isClosed)
        harness.advance(milliseconds: 1)
        #expect(harness.execution.status == .timedOut)
        #expect(harness.cancelled.count == 1 && harness.problems.isEmpty)
    }

    @Test("Stop ends an execution with what the caller says, once")
    func stop() throws {
        let harness = try ExecutionHarness(
            "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}}}")
        try harness.start()
        harness.stop(error: "E", cause: "because")
        harness.stop(error: "F")
        #expect(harness.types == ["ExecutionStarted", "WaitStateEntered", "ExecutionAborted"])
        #expect(harness.execution.error == "E" && harness.execution.cause == "because")
        #expect(harness.problems.isEmpty)
    }

    @Test("An input that is no JSON is refused before anything happens")
    func badInput() throws {
        let harness = try ExecutionHarness(
            "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}", input: "{\"a\":")
        #expect(throws: Rejection.self) { try harness.start() }
        #expect(harness.events.isEmpty)
    }

    @Test(
        "A machine that loops for ever yields at the limit and goes on, also after a restart and with reports in between"
    )
    func yields() throws {
        var settings = ExecutionHarness.settings
        settings.limits.eventsPerDecisionMax = 50
        let harness = try ExecutionHarness(
            """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Choice",
                "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "C"}], "Default": "A"}, "C": {"Type": "Succeed"}}},
              {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "F"},
                "F": {"Type": "Fail", "Error": "Enough"}}}]}}}
            """, settings: settings)
        try harness.start()
        for _ in 0..<5 {
            #expect(harness.execution.hasYielded)
            harness.restart()
            #expect(harness.continueDecision())
        }
        let taskID = try #require(harness.pending.first?.taskID)
        try harness.report(taskID, .started)
        harness.restart()
        #expect(harness.execution.hasYielded)
        #expect(harness.continueDecision())
        try harness.report(taskID, .succeeded(output: "1"))
        while harness.continueDecision() {}
        #expect(harness.execution.error == "Enough")
        #expect(harness.problems.isEmpty)
    }

    @Test("Event number 25,000 is the failure, and running tasks are cancelled")
    func historyLimit() throws {
        var settings = Decider.Settings(region: "us-east-1", limits: .aws, tokenKey: [1])
        settings.limits.historyEventsMax = 200
        let harness = try ExecutionHarness(
            """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
              {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}},
              {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}}}]}}}
            """, settings: settings)
        try harness.run()
        #expect(harness.events.last?.id == 200)
        #expect(harness.execution.cause == "The execution reached the maximum number of history events (200).")
        #expect(harness.execution.error == "States.Runtime")
        #expect(harness.cancelled.count == 1 && harness.problems.isEmpty)
    }

    @Test("A state's output above the limit ends the execution with States.DataLimitExceeded")
    func dataLimit() throws {
        var settings = ExecutionHarness.settings
        settings.limits.payloadBytesMax = 100
        let harness = try ExecutionHarness(
            "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Parameters\":{\"a.$\":\"$\",\"b.$\":\"$\"},\"End\":true}}}",
            input: "\"" + String(repeating: "x", count: 60) + "\"", settings: settings)
        try harness.run()
        #expect(harness.execution.error == "States.DataLimitExceeded")
        #expect(harness.problems.isEmpty)
    }

    @Test("A token names its task; changed, cut, or of another installation it names nothing")
    func tokens() throws {
        let harness = try ExecutionHarness(
            """
            {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
             "Parameters": {"FunctionName": "f", "Payload": {"t.$": "$$.Task.Token"}}, "End": true}}}
            """)
        try harness.start()
        let request = try #require(harness.pending.first)
        let token = try #require(request.taskToken)
        #expect(token.utf8.count <= 1_024)
        #expect(request.input.contains(token))
        let named = try #require(TaskToken.parse(token, key: [1, 2, 3]))
        #expect(named.executionArn == ExecutionHarness.arn && named.taskID == request.taskID)
        #expect(TaskToken.parse(token, key: [1, 2, 4]) == nil)
        for position in stride(from: 0, to: token.utf8.count, by: 7) {
            var bytes = Array(token.utf8)
            bytes[position] = bytes[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(TaskToken.parse(String(decoding: bytes, as: UTF8.self), key: [1, 2, 3]) == nil)
            #expect(TaskToken.parse(String(token.prefix(position)), key: [1, 2, 3]) == nil)
        }
        for odd in ["", "=", "é", String(repeating: "A", count: 5_000)] {
            #expect(TaskToken.parse(odd, key: [1, 2, 3]) == nil)
        }
        try harness.report(named.taskID, .succeeded(output: "1"))
        #expect(harness.released == [request.taskID] && harness.cancelled.isEmpty)
    }

    @Test("Variables are seen in inner scopes, and those of a branch end with it")
    func variables() throws {
        let harness = try ExecutionHarness(
            """
            {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"outer": 1}, "Next": "M"},
             "M": {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": {"StartAt": "I", "States": {
               "I": {"Type": "Pass", "Assign": {"inner.$": "States.MathAdd($outer, $)"}, "Next": "W"},
               "W": {"Type": "Wait", "Seconds": 1, "Next": "J"},
               "J": {"Type": "Pass", "Parameters": {"v.$": "$inner", "i.$": "$$.Map.Item.Index"}, "End": true}}}, "End": true}}}
            """, input: "{\"items\":[10,20]}")
        try harness.start()
        harness.restart()
        try harness.run()
        #expect(harness.output == "[{\"v\":11,\"i\":0},{\"v\":21,\"i\":1}]")
        #expect(harness.problems.isEmpty)
    }

    @Test("A timeout's catcher sees the Map's item, also when the timer is the first thing after a restart")
    func itemAfterRestart() throws {
        let harness = try ExecutionHarness(
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemsPath": "$", "ItemProcessor": {"StartAt": "T", "States": {
               "T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "TimeoutSeconds": 5,
                 "Catch": [{"ErrorEquals": ["States.ALL"], "Assign": {"item.$": "$$.Map.Item.Value"}, "Next": "P"}], "End": true},
               "P": {"Type": "Pass", "Parameters": {"item.$": "$item"}, "End": true}}}, "End": true}}}
            """, input: "[\"a\",\"b\"]")
        try harness.start()
        harness.restart()
        harness.advance(milliseconds: 5_000)
        #expect(harness.output == "[{\"item\":\"a\"},{\"item\":\"b\"}]", "\(harness.execution.cause ?? "")")
        #expect(harness.problems.isEmpty)
    }
}
