import Engine
import EngineTestKit
import JSON
import Testing

@Suite("Claims of an activity's tasks")
struct ActivityClaimTests {
    private static func definition(_ members: String = "") -> String {
        """
        {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:us-east-1:1:activity:a", \(members)"End": true}}}
        """
    }

    @Test("Of two claims the first has the task, the second is refused and leaves no event")
    func oneHolder() throws {
        let harness = try ExecutionHarness(Self.definition())
        try harness.start()
        let task = try #require(harness.pending.first)
        try harness.report(task.taskID, .claimed(workerName: "first", deadline: harness.now))
        let count = harness.events.count
        #expect(throws: Rejection.taskClosed(taskID: task.taskID)) {
            try harness.report(task.taskID, .claimed(workerName: "second"))
        }
        harness.restart()
        #expect(throws: Rejection.taskClosed(taskID: task.taskID)) {
            try harness.report(task.taskID, .claimed(workerName: "first"))
        }
        #expect(harness.events.count == count)
        try harness.report(task.taskID, .succeeded(output: "1"))
        #expect(harness.output == "1")
        #expect(harness.problems.isEmpty)
    }

    @Test("A claim that is decided after its deadline is refused, and the task stays for others")
    func lateClaim() throws {
        let harness = try ExecutionHarness(Self.definition())
        try harness.start()
        let task = try #require(harness.pending.first)
        let deadline = harness.now + 10
        harness.advance(milliseconds: 1_000)
        #expect(throws: Rejection.taskClosed(taskID: task.taskID)) {
            try harness.report(task.taskID, .claimed(workerName: "gone", deadline: deadline))
        }
        try harness.report(task.taskID, .claimed(workerName: "there", deadline: harness.now + 10))
        #expect(harness.history.last?["activityStartedEventDetails"] == ["workerName": "there"])
        #expect(harness.problems.isEmpty)
    }

    @Test("A claim begins the heartbeat's time anew: a holder that is gone loses the task when it is over, not before")
    func heartbeats() throws {
        let harness = try ExecutionHarness(
            Self.definition("\"HeartbeatSeconds\": 2, \"Retry\": [{\"ErrorEquals\": [\"States.Timeout\"]}], "))
        try harness.start()
        harness.advance(milliseconds: 1_500)
        let first = try #require(harness.pending.first)
        try harness.report(first.taskID, .claimed(workerName: nil))
        harness.restart()
        harness.advance(milliseconds: 1_999)
        #expect(harness.types.last == "ActivityStarted")
        harness.advance(milliseconds: 1)
        #expect(harness.types.last == "ActivityTimedOut")
        harness.advance(milliseconds: 1_000)
        #expect(harness.types.last == "ActivityScheduled")
        #expect(throws: Rejection.taskClosed(taskID: first.taskID)) {
            try harness.report(first.taskID, .succeeded(output: "1"))
        }
        #expect(harness.problems.isEmpty)
    }
}
