import Engine
import EngineTestKit
import JSON
import StatesLanguage
import Testing

@Suite("Task states")
struct TaskBehaviourTests {
    private static func task(_ members: String, _ others: String = "") -> String {
        """
        {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
         \(members)"Next": "Z"}, \(others)"Z": {"Type": "Succeed"}}}
        """
    }

    private static func delays(_ harness: ExecutionHarness) -> [Int64] {
        harness.events.compactMap { event in
            guard case .retryScheduled(_, let deadline) = event.detail else { return nil }
            return deadline - event.timestamp
        }
    }

    @Test(
        "A retrier waits interval × rate^n, at most MaxDelaySeconds, and gives up after MaxAttempts",
        arguments: [
            ("{\"ErrorEquals\": [\"E\"]}", [1_000, 2_000, 4_000]),
            ("{\"ErrorEquals\": [\"States.ALL\"], \"IntervalSeconds\": 3, \"MaxAttempts\": 2}", [3_000, 6_000]),
            (
                "{\"ErrorEquals\": [\"States.TaskFailed\"], \"IntervalSeconds\": 2, \"BackoffRate\": 1.5, \"MaxAttempts\": 3}",
                [2_000, 3_000, 4_500]
            ),
            (
                "{\"ErrorEquals\": [\"E\"], \"IntervalSeconds\": 2, \"MaxDelaySeconds\": 5, \"MaxAttempts\": 4}",
                [2_000, 4_000, 5_000, 5_000]
            ),
            ("{\"ErrorEquals\": [\"E\"], \"MaxAttempts\": 0}", []),
            ("{\"ErrorEquals\": [\"F\"]}", []),
            ("{\"ErrorEquals\": [\"States.Timeout\"]}", []),
            ("{\"ErrorEquals\": [\"E\"], \"BackoffRate\": 1, \"MaxAttempts\": 2}", [1_000, 1_000]),
        ] as [(String, [Int64])])
    func intervals(retrier: String, expected: [Int64]) throws {
        let harness = try ExecutionHarness(Self.task("\"Retry\": [\(retrier)], "))
        try harness.run { _ in [.failed(error: "E", cause: "c")] }
        #expect(Self.delays(harness) == expected)
        #expect(harness.events.last?.detail == .executionFailed(error: "E", cause: "c"))
        #expect(harness.scheduled.map(\.invocation) == Array(0...expected.count))
        #expect(harness.problems.isEmpty)
    }

    @Test("Full jitter draws each delay from 0 to the interval", arguments: 1...20)
    func jitter(seed: Int) throws {
        let retrier =
            "{\"ErrorEquals\": [\"E\"], \"IntervalSeconds\": 10, \"MaxAttempts\": 3, \"JitterStrategy\": \"FULL\"}"
        let harness = try ExecutionHarness(Self.task("\"Retry\": [\(retrier)], "), seed: UInt64(seed))
        try harness.run { _ in [.failed(error: "E", cause: nil)] }
        let delays = Self.delays(harness)
        #expect(delays.count == 3)
        for (delay, most) in zip(delays, [10_000, 20_000, 40_000] as [Int64]) { #expect((0..<most).contains(delay)) }
        #expect(Set(delays).count == 3)
    }

    @Test("Each retrier counts its own attempts, and entering the state again starts from nothing")
    func counters() throws {
        let retriers = """
            "Retry": [{"ErrorEquals": ["A"], "MaxAttempts": 1}, {"ErrorEquals": ["B"], "MaxAttempts": 1}],
             "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Again"}],
            """
        let again =
            "\"Again\": {\"Type\": \"Choice\", \"Choices\": "
            + "[{\"Variable\": \"$.Error\", \"StringEquals\": \"B\", \"Next\": \"T\"}], \"Default\": \"Z\"}, "
        let harness = try ExecutionHarness(Self.task(retriers, again))
        var errors = ["A", "B", "B", "B", "A", "A"]
        try harness.run { _ in [.failed(error: errors.removeFirst(), cause: nil)] }
        #expect(errors.isEmpty)
        #expect(harness.execution.status == .succeeded)
        #expect(Self.delays(harness) == [1_000, 1_000, 1_000, 1_000])
        #expect(harness.problems.isEmpty)
    }

    @Test(
        "A catcher puts the error where ResultPath says, after the retries, and may assign",
        arguments: [
            ("", "{\"Error\":\"E\",\"Cause\":\"c\"}"), ("\"ResultPath\": null, ", "{\"a\":1}"),
            ("\"ResultPath\": \"$.error\", ", "{\"a\":1,\"error\":{\"Error\":\"E\",\"Cause\":\"c\"}}"),
        ])
    func catching(resultPath: String, expected: String) throws {
        let members = """
            "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "Catch": [{"ErrorEquals": ["F"], "Next": "Z"},
             {"ErrorEquals": ["States.TaskFailed"], \(resultPath)"Assign": {"kept.$": "$.Error"}, "Next": "Z"}],
            """
        let harness = try ExecutionHarness(Self.task(members), input: "{\"a\":1}")
        try harness.run { _ in [.failed(error: "E", cause: "c")] }
        #expect(harness.output == expected)
        #expect(harness.scheduled.count == 2)
        let assigned = harness.events.compactMap { event -> [AssignedVariable]? in
            guard case .stateExited(.task, let exited) = event.detail else { return nil }
            return exited.assignedVariables
        }
        #expect(assigned == [[AssignedVariable(name: "kept", value: Payload(text: "\"E\""))]])
    }

    @Test(
        "A task that does not end in time is cancelled, its late reports are refused, and States.Timeout can be caught")
    func timeout() throws {
        let harness = try ExecutionHarness(
            Self.task("\"TimeoutSeconds\": 10, \"Catch\": [{\"ErrorEquals\": [\"States.Timeout\"], \"Next\": \"Z\"}], ")
        )
        try harness.start()
        let taskID = try #require(harness.pending.first?.taskID)
        harness.advance(milliseconds: 9_999)
        #expect(!harness.execution.isClosed)
        try harness.report(taskID, .heartbeat)
        harness.advance(milliseconds: 1)
        #expect(harness.output == "{\"Error\":\"States.Timeout\",\"Cause\":\"\"}")
        #expect(harness.cancelled == [taskID])
        #expect(throws: Rejection.taskClosed(taskID: taskID)) { try harness.report(taskID, .succeeded(output: "1")) }
        #expect(throws: Rejection.taskDoesNotExist(taskID: "other-3")) { try harness.report("other-3", .started) }
        #expect(harness.problems.isEmpty)
    }

    @Test("Heartbeats put the heartbeat's timeout off, and its end is known as States.HeartbeatTimeout")
    func heartbeat() throws {
        let members =
            "\"HeartbeatSeconds\": 5, \"TimeoutSeconds\": 100, \"Catch\": [{\"ErrorEquals\": [\"States.HeartbeatTimeout\"], \"Next\": \"Z\"}], "
        let harness = try ExecutionHarness(Self.task(members))
        try harness.start()
        let taskID = try #require(harness.pending.first?.taskID)
        for _ in 0..<4 {
            harness.advance(milliseconds: 4_000)
            try harness.report(taskID, .heartbeat)
            harness.restart()
        }
        harness.advance(milliseconds: 4_999)
        #expect(!harness.execution.isClosed)
        harness.advance(milliseconds: 1)
        #expect(harness.execution.status == .succeeded)
        #expect(harness.problems.isEmpty)
    }

    @Test("A number of seconds that no clock has does no harm")
    func enormousTimeout() throws {
        let harness = try ExecutionHarness(
            Self.task("\"TimeoutSecondsPath\": \"$.t\", "), input: "{\"t\": 9223372036854775807}")
        try harness.run { _ in [.succeeded(output: "1")] }
        #expect(harness.execution.status == .succeeded)
    }

    @Test("Reports that come twice, or an output that is no JSON, change nothing")
    func duplicates() throws {
        let harness = try ExecutionHarness(Self.task(""))
        try harness.start()
        let taskID = try #require(harness.pending.first?.taskID)
        try harness.report(taskID, .started)
        try harness.report(taskID, .started)
        try harness.report(taskID, .submitted(output: "{}"))
        try harness.report(taskID, .submitted(output: "{}"))
        let count = harness.events.count
        #expect(throws: Rejection.self) { try harness.report(taskID, .succeeded(output: "{")) }
        #expect(harness.events.count == count)
        try harness.report(taskID, .succeeded(output: " [1, 2] "))
        #expect(throws: Rejection.taskClosed(taskID: taskID)) { try harness.report(taskID, .succeeded(output: "1")) }
        #expect(harness.types.filter { $0 == "LambdaFunctionStarted" }.count == 1)
        #expect(harness.output == " [1, 2] ")
        #expect(harness.problems.isEmpty)
    }

    @Test(
        "The test case of a start goes with each of its tasks, and a worker's name with the claim of an activity's task"
    )
    func testCase() throws {
        let definition = """
            {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:1:activity:a", "End": true}}}
            """
        var start = try ExecutionHarness(definition).startCommand
        start.testCase = "Busy"
        let harness = try ExecutionHarness(definition, start: start, settings: ExecutionHarness.settings)
        try harness.start()
        harness.restart()
        let request = try #require(harness.pending.first)
        #expect(request.testCase == "Busy")
        try harness.report(request.taskID, .claimed(workerName: "w"))
        #expect(harness.history.last?["activityStartedEventDetails"] == ["workerName": "w"])
        #expect(harness.problems.isEmpty)
    }

    @Test("A result that is too big fails the task, and States.ALL catches it")
    func tooBig() throws {
        let settings = Decider.Settings(region: "us-east-1", limits: .aws, tokenKey: [1])
        let members = "\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"ResultPath\": null, \"Next\": \"Z\"}], "
        let harness = try ExecutionHarness(Self.task(members), settings: settings)
        try harness.run { _ in [.succeeded(output: "\"" + String(repeating: "a", count: 262_143) + "\"")] }
        #expect(harness.types.contains("LambdaFunctionFailed"))
        #expect(harness.output == "{}")
    }
}
