import Engine
import EngineTestKit
import StatesLanguage
import Testing

@Suite("Redrive")
struct RedriveTests {
    private static let work =
        "{\"Type\": \"Task\", \"Resource\": \"arn:aws:lambda:us-east-1:123456789012:function:f\", \"End\": true}"

    private static func parallel(_ members: String = "") -> String {
        """
        {"StartAt": "P", "States": {"P": {"Type": "Parallel", \(members)"Branches": [
          {"StartAt": "A", "States": {"A": \(work)}}, {"StartAt": "B", "States": {"B": \(work)}}], "Next": "Z"}, "Z": {"Type": "Succeed"}}}
        """
    }

    private static func map(_ members: String = "") -> String {
        """
        {"StartAt": "M", "States": {"M": {"Type": "Map", \(members)"ItemProcessor": {"StartAt": "T", "States": {"T": \(work)}}, "End": true}}}
        """
    }

    private static let task = """
        {"StartAt": "A", "TimeoutSeconds": 100, "States": {
         "A": {"Type": "Pass", "Next": "T"},
         "T": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 50,
          "Parameters": {"token.$": "$$.Task.Token", "redrive.$": "$$.Execution.RedriveCount", "retries.$": "$$.State.RetryCount"},
          "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}], "End": true}}}
        """

    /// Fails the pending task of a state, or of an item.
    private static func fail(_ harness: ExecutionHarness, _ index: Int = 0) throws {
        try harness.report(harness.pending[index].taskID, .failed(error: "E", cause: nil))
    }

    @Test("A failed task is scheduled again under a new token, its retries and all timeouts counted anew")
    func failedTask() throws {
        let harness = try ExecutionHarness(Self.task)
        try harness.start()
        try Self.fail(harness)
        harness.fireNextTimers()
        try Self.fail(harness)
        #expect(harness.execution.status == .failed)
        harness.advance(milliseconds: 500_000)
        #expect(try harness.redrive(clientToken: "a") == harness.now)
        #expect(harness.execution.status == .running)
        #expect(harness.execution.stoppedAt == nil && harness.execution.error == nil)
        #expect(
            harness.outline.suffix(4) == [
                "10<9 TaskFailed", "11<10 ExecutionFailed", "12<11 ExecutionRedriven", "13<12 TaskScheduled",
            ])
        #expect(harness.pending.first?.input.contains("\"redrive\":1,\"retries\":0") == true)
        #expect(Set(harness.scheduled.compactMap(\.taskToken)).count == 3)
        #expect(harness.execution.nextDeadline == harness.now + 50_000)
        harness.restart()
        try Self.fail(harness)
        harness.fireNextTimers()
        harness.advance(milliseconds: 49_000)
        #expect(harness.execution.status == .running)
        harness.advance(milliseconds: 60_000)
        #expect(harness.execution.status == .failed && harness.execution.error == "States.Timeout")
        try harness.redrive()
        try harness.report(harness.pending[0].taskID, .succeeded(output: "7"))
        #expect(harness.output == "7" && harness.execution.redriveCount == 2)
        #expect(harness.problems.isEmpty)
    }

    @Test("The machine's TimeoutSeconds counts from the redrive, and what was stopped or timed out can be redriven")
    func timeout() throws {
        let harness = try ExecutionHarness(Self.task)
        try harness.start()
        harness.stop()
        try harness.redrive()
        #expect(harness.cancelled.count == 1 && harness.pending.count == 1)
        try harness.report(harness.pending[0].taskID, .submitted(output: "{}"))
        harness.advance(milliseconds: 40_000)
        try Self.fail(harness)
        harness.advance(milliseconds: 1_000)
        harness.advance(milliseconds: 49_000)
        #expect(harness.execution.status == .running)
        harness.advance(milliseconds: 1_000)
        #expect(harness.execution.status == .failed)
        try harness.redrive()
        harness.stop(error: "X")
        #expect(harness.execution.status == .aborted && harness.execution.error == "X")
        #expect(harness.problems.isEmpty)
    }

    @Test("Of a Parallel state only the branches run again that had not ended", arguments: [false, true])
    func branches(restarts: Bool) throws {
        let harness = try ExecutionHarness(Self.parallel(), input: "{\"a\":1}")
        try harness.start()
        try harness.report(harness.pending[0].taskID, .succeeded(output: "\"first\""))
        try Self.fail(harness)
        #expect(harness.execution.status == .failed)
        if restarts { harness.restart() }
        try harness.redrive()
        #expect(harness.pending.map(\.stateName) == ["B"])
        #expect(harness.pending.first?.input == "{\"a\":1}")
        if restarts { harness.restart() }
        try harness.report(harness.pending[0].taskID, .succeeded(output: "\"second\""))
        #expect(harness.output == "[\"first\",\"second\"]")
        #expect(harness.types.filter { $0 == "ParallelStateStarted" }.count == 1)
        #expect(harness.problems.isEmpty)
    }

    @Test("Siblings that a failure has aborted run again as well, and not those of a failure that was caught")
    func siblings() throws {
        let harness = try ExecutionHarness(Self.parallel())
        try harness.start()
        try Self.fail(harness, 1)
        try harness.redrive()
        #expect(harness.pending.map(\.stateName) == ["A", "B"])
        for request in harness.pending { try harness.report(request.taskID, .succeeded(output: "1")) }
        #expect(harness.output == "[1,1]")

        let caught = try ExecutionHarness(
            Self.parallel("\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"Next\": \"Z\"}], ")
                .replacing("\"Z\": {\"Type\": \"Succeed\"}", with: "\"Z\": \(Self.work)"))
        try caught.start()
        try Self.fail(caught)
        try Self.fail(caught)
        try caught.redrive()
        #expect(caught.pending.map(\.stateName) == ["Z"])
        #expect(caught.problems.isEmpty && harness.problems.isEmpty)
    }

    @Test(
        "Of a Map only the iterations run again that had not ended, then those that had not begun",
        arguments: [0, 1, 2])
    func iterations(concurrency: Int) throws {
        let harness = try ExecutionHarness(Self.map("\"MaxConcurrency\": \(concurrency), "), input: "[0,1,2,3]")
        try harness.start()
        try harness.report(harness.pending[0].taskID, .succeeded(output: "\"0\""))
        try Self.fail(harness)
        harness.restart()
        try harness.redrive()
        #expect(harness.pending.first?.input == "1")
        #expect(harness.pending.count == (concurrency == 0 ? 3 : concurrency))
        while let next = harness.pending.last {
            try harness.report(next.taskID, .succeeded(output: "\"\(next.input)\""))
        }
        #expect(harness.output == "[\"0\",\"1\",\"2\",\"3\"]")
        #expect(harness.types.filter { $0 == "MapIterationStarted" }.count == 4)
        #expect(harness.problems.isEmpty)
    }

    @Test("A failure in a Map inside a Parallel state leaves what had ended on every level")
    func nested() throws {
        let definition = """
            {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
             \(Self.map()), {"StartAt": "B", "States": {"B": \(Self.work)}}]}}}
            """
        let harness = try ExecutionHarness(definition, input: "[0,1]")
        try harness.start()
        let second = try #require(harness.pending.first { $0.input == "1" })
        try harness.report(second.taskID, .succeeded(output: "\"1\""))
        let first = try #require(harness.pending.first { $0.input == "0" })
        try harness.report(first.taskID, .failed(error: "E", cause: nil))
        #expect(harness.execution.status == .failed)
        harness.restart()
        try harness.redrive()
        #expect(harness.pending.map(\.stateName).sorted() == ["B", "T"])
        for request in harness.pending {
            try harness.report(request.taskID, .succeeded(output: "\"\(request.input)\""))
        }
        #expect(harness.output == "[[\"0\",\"1\"],\"[0,1]\"]")
        #expect(harness.problems.isEmpty)
    }

    @Test("A Parallel state that failed with its results runs all its branches again")
    func resultTooBig() throws {
        var settings = ExecutionHarness.settings
        settings.limits.payloadBytesMax = 100
        let harness = try ExecutionHarness(Self.parallel(), settings: settings)
        try harness.run { _ in [.succeeded(output: "\"\(String(repeating: "x", count: 60))\"")] }
        #expect(harness.execution.error == "States.DataLimitExceeded")
        try harness.redrive()
        #expect(harness.pending.map(\.stateName) == ["A", "B"])
        #expect(harness.types.filter { $0 == "ParallelStateStarted" }.count == 2)
        for request in harness.pending { try harness.report(request.taskID, .succeeded(output: "1")) }
        #expect(harness.output == "[1,1]")
        #expect(harness.problems.isEmpty)
    }

    @Test("A Wait goes on to the time it had, a Choice and a Fail state are entered again")
    func otherStates() throws {
        let wait = try ExecutionHarness(
            #"{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 100, "End": true}}}"#)
        try wait.start()
        wait.advance(milliseconds: 30_000)
        wait.stop()
        try wait.redrive()
        #expect(wait.execution.nextDeadline == wait.now + 70_000)
        wait.stop()
        wait.advance(milliseconds: 100_000)
        try wait.redrive()
        #expect(wait.execution.status == .succeeded)
        #expect(wait.types.filter { $0 == "WaitStateEntered" }.count == 1)

        let choice = try ExecutionHarness(
            """
            {"StartAt": "C", "States": {"C": {"Type": "Choice", "Choices": [
              {"Variable": "$$.Execution.RedriveTime", "IsPresent": true, "Next": "F"}]}, "F": {"Type": "Fail", "Error": "E"}}}
            """)
        try choice.start()
        #expect(choice.execution.error == "States.Runtime")
        try choice.redrive()
        #expect(choice.execution.error == "E")
        try choice.redrive()
        #expect(
            choice.types.suffix(8) == [
                "ExecutionRedriven", "ChoiceStateEntered", "ChoiceStateExited", "FailStateEntered", "ExecutionFailed",
                "ExecutionRedriven", "FailStateEntered", "ExecutionFailed",
            ])
        #expect(choice.problems.isEmpty && wait.problems.isEmpty)
    }

    @Test("The token of an earlier request of the last 15 minutes gives its time and does nothing anew")
    func tokens() throws {
        let harness = try ExecutionHarness(Self.task)
        try harness.start()
        harness.stop()
        let time = try harness.redrive(clientToken: "a")
        harness.advance(milliseconds: 1_000)
        let count = harness.events.count
        #expect(try harness.redrive(clientToken: "a") == time)
        harness.stop()
        harness.restart()
        #expect(try harness.redrive(clientToken: "a") == time)
        #expect(harness.events.count == count + 1 && harness.execution.isClosed)
        harness.advance(milliseconds: 900_000)
        #expect(try harness.redrive(clientToken: "a") == harness.now)
        for number in 0..<10 {
            harness.stop()
            try harness.redrive(clientToken: "\(number)")
        }
        harness.stop()
        harness.advance(milliseconds: 1)
        #expect(try harness.redrive(clientToken: "a") == harness.now)
        #expect(harness.execution.redriveCount == 13)
        #expect(harness.problems.isEmpty)
    }

    @Test("What runs, has succeeded, or is too old is refused in AWS's words")
    func refusals() throws {
        var settings = ExecutionHarness.settings
        settings.limits = .aws
        let harness = try ExecutionHarness(Self.task, settings: settings)
        try harness.start()
        #expect(throws: Rejection.executionNotRedrivable(.running)) { try harness.redrive() }
        harness.stop()
        let day: Int64 = 86_400_000
        harness.sleep(milliseconds: 14 * day)
        try harness.redrive()
        harness.stop()
        harness.sleep(milliseconds: 14 * day + 1)
        #expect(throws: Rejection.executionNotRedrivable(.period)) { try harness.redrive() }
        harness.sleep(milliseconds: 365 * day)
        #expect(throws: Rejection.executionNotRedrivable(.age)) { try harness.redrive() }
        let old = RedriveRefusal(
            status: .failed, startedAt: 0, stoppedAt: 0, lastEventID: 24_999, now: 0, limits: .aws)
        #expect(old == .historyLimit)

        let done = try ExecutionHarness(#"{"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}"#)
        try done.start()
        #expect(throws: Rejection.executionNotRedrivable(.succeeded)) { try done.redrive() }
        #expect(RedriveRefusal.succeeded.rawValue == "Execution is SUCCEEDED and cannot be redriven")
    }
}
