import Engine
import EngineTestKit
import StatesLanguage
import Testing

@Suite("Parallel and Map states")
struct ParallelMapTests {
    private static let work =
        "{\"Type\": \"Task\", \"Resource\": \"arn:aws:lambda:us-east-1:123456789012:function:f\", \"End\": true}"

    private static func map(_ members: String) -> String {
        """
        {"StartAt": "M", "States": {"M": {"Type": "Map", \(members)"ItemProcessor": {"StartAt": "T", "States": {"T": \(work)}}, "End": true}}}
        """
    }

    @Test(
        "A Map runs as many iterations at a time as MaxConcurrency says, and keeps the items' order",
        arguments: [1, 2, 3, 0])
    func concurrency(limit: Int) throws {
        let harness = try ExecutionHarness(Self.map("\"MaxConcurrency\": \(limit), "), input: "[0,1,2,3,4]")
        try harness.start()
        var most = 0
        while let last = harness.pending.last {
            most = max(most, harness.pending.count)
            harness.restart()
            try harness.report(last.taskID, .succeeded(output: "\"\(last.input)\""))
        }
        #expect(most == (limit == 0 ? 5 : limit))
        #expect(harness.output == "[\"0\",\"1\",\"2\",\"3\",\"4\"]")
        #expect(harness.problems.isEmpty)
    }

    @Test("A Map of no items succeeds with an empty array")
    func empty() throws {
        let harness = try ExecutionHarness(Self.map(""), input: "[]")
        try harness.run()
        #expect(harness.output == "[]")
        #expect(
            harness.types == [
                "ExecutionStarted", "MapStateEntered", "MapStateStarted", "MapStateSucceeded", "MapStateExited",
                "ExecutionSucceeded",
            ])
    }

    @Test("When an iteration fails, the others are aborted in AWS's order and their tasks cancelled")
    func iterationFails() throws {
        let harness = try ExecutionHarness(Self.map(""), input: "[0,1,2]")
        try harness.start()
        let second = try #require(harness.pending.dropFirst().first)
        try harness.report(second.taskID, .failed(error: "E", cause: "c"))
        let expected = [
            "14<13 LambdaFunctionFailed", "15<14 MapIterationFailed M[1]", "16<14 TaskStateAborted",
            "17<14 MapIterationAborted M[0]",
            "18<14 TaskStateAborted", "19<14 MapIterationAborted M[2]", "20<14 TaskStateAborted",
            "21<14 MapStateFailed",
            "22<21 ExecutionFailed",
        ]
        #expect(harness.outline.suffix(9) == expected)
        #expect(harness.execution.error == "E" && harness.execution.cause == "c")
        #expect(harness.cancelled.count == 2)
        #expect(harness.problems.isEmpty)
    }

    private static func parallel(_ members: String, _ first: String = work) -> String {
        """
        {"StartAt": "P", "States": {"P": {"Type": "Parallel", \(members)"Branches": [
          {"StartAt": "A", "States": {"A": \(first)}}, {"StartAt": "B", "States": {"B": \(work)}}], "Next": "Z"}, "Z": {"Type": "Succeed"}}}
        """
    }

    @Test("A failed branch is retried with the whole state, and States.BranchFailed names it")
    func retry() throws {
        let harness = try ExecutionHarness(
            Self.parallel("\"Retry\": [{\"ErrorEquals\": [\"States.BranchFailed\"], \"MaxAttempts\": 2}], "),
            input: "{\"a\":1}")
        var failures = 2
        try harness.run { request in
            guard request.stateName == "A", failures > 0 else {
                return request.stateName == "A" ? [.succeeded(output: "1")] : []
            }
            failures -= 1
            return [.failed(error: "E", cause: nil)]
        }
        let last = try #require(harness.pending.first)
        #expect(harness.pending.count == 1 && harness.cancelled.count == 2)
        try harness.report(last.taskID, .succeeded(output: " 2"))
        #expect(harness.output == "[1, 2]")
        #expect(harness.types.filter { $0 == "ParallelStateStarted" }.count == 3)
        #expect(harness.types.contains("ParallelStateFailed") == false)
        #expect(harness.problems.isEmpty)
    }

    @Test("A failed branch is caught by its state, and what its siblings report is refused")
    func caught() throws {
        let harness = try ExecutionHarness(
            Self.parallel(
                "\"Catch\": [{\"ErrorEquals\": [\"States.ALL\"], \"ResultPath\": \"$.error\", \"Next\": \"Z\"}], "),
            input: "{\"a\":1}")
        try harness.start()
        let (first, second) = (harness.pending[0].taskID, harness.pending[1].taskID)
        try harness.report(second, .failed(error: "E", cause: "c"))
        #expect(harness.output == "{\"a\":1,\"error\":{\"Error\":\"E\",\"Cause\":\"c\"}}")
        #expect(harness.cancelled == [first])
        #expect(throws: Rejection.taskClosed(taskID: first)) { try harness.report(first, .succeeded(output: "1")) }
        #expect(harness.problems.isEmpty)
    }

    @Test("An ItemSelector that fails while iterations run ends the execution and gives up their tasks")
    func selectorFails() throws {
        let harness = try ExecutionHarness(
            Self.map("\"MaxConcurrency\": 2, \"ItemSelector\": {\"v.$\": \"$$.Map.Item.Value.v\"}, "),
            input: "[{\"v\":1},{\"v\":2},{}]")
        try harness.start()
        let first = try #require(harness.pending.first)
        try harness.report(first.taskID, .succeeded(output: "1"))
        #expect(harness.execution.error == "States.Runtime")
        #expect(harness.cancelled.count == 1 && harness.pending.isEmpty)
        #expect(harness.problems.isEmpty, "\(harness.problems)")
    }

    @Test("Maps nest in Parallel states in Maps, through restarts at every step")
    func nested() throws {
        let inner =
            "{\"Type\": \"Map\", \"ItemsPath\": \"$.list\", \"ItemProcessor\": {\"StartAt\": \"T\", \"States\": {\"T\": \(Self.work)}}, \"End\": true}"
        let harness = try ExecutionHarness(
            """
            {"StartAt": "O", "States": {"O": {"Type": "Map", "MaxConcurrency": 1, "ItemProcessor": {"StartAt": "P", "States": {
              "P": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "A", "States": {"A": \(inner)}},
                {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 3, "End": true}}}]}}}, "End": true}}}
            """, input: "[{\"list\":[1,2]},{\"list\":[]},{\"list\":[3]}]")
        try harness.start()
        for _ in 0..<100 where !harness.execution.isClosed {
            harness.restart()
            if let request = harness.pending.last {
                try harness.report(request.taskID, .succeeded(output: request.input + "0"))
            } else if !harness.fireNextTimers() {
                break
            }
        }
        #expect(harness.output == "[[[10,20],{\"list\":[1,2]}],[[],{\"list\":[]}],[[30],{\"list\":[3]}]]")
        #expect(harness.problems.isEmpty)
    }

    @Test("A DISTRIBUTED Map validates, and starting it fails with a cause that says so")
    func distributed() throws {
        let harness = try ExecutionHarness(
            """
            {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED",
             "ExecutionType": "STANDARD"}, "StartAt": "T", "States": {"T": \(Self.work)}}, "End": true}}}
            """, input: "[1]")
        try harness.run()
        #expect(harness.execution.cause?.contains("DISTRIBUTED") == true)
    }
}
