import Engine
import EngineTestKit
import JSON
import Replay
import StatesLanguage
import Testing

@Suite("Deciding again what was recorded")
struct DecisionVerifierTests {
    private func difference(
        _ harness: ExecutionHarness, events: [Event]? = nil,
        settings: Decider.Settings = DecisionProfile.all(region: "eu-west-1")[1].settings
    ) -> EventDifference? {
        var verifier = DecisionVerifier(
            executionArn: ExecutionHarness.arn, machine: harness.machine, settings: settings)
        for event in events ?? harness.events { if let found = verifier.take(event) { return found } }
        return verifier.finish()
    }

    @Test("Retries with jitter, a wait, a map and a timeout are decided again as they stand")
    func decidesTheSame() throws {
        for lastAnswers in [true, false] {
            let harness = try RecordedRuns.order(lastAnswers: lastAnswers)
            #expect(harness.execution.isClosed)
            #expect(difference(harness)?.json == nil)
        }
    }

    @Test("A stop, a heartbeat and a token's task are rebuilt from their events, without the key of tokens")
    func rebuildsCommands() throws {
        let harness = try ExecutionHarness(
            #"""
            {"StartAt": "A", "States": {"A": {"Type": "Task", "End": true, "HeartbeatSeconds": 60,
              "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
              "Parameters": {"FunctionName": "f", "Payload": {"token.$": "$$.Task.Token"}}}}}
            """#)
        try harness.start()
        let task = try #require(harness.scheduled.first)
        try harness.report(task.taskID, .submitted(output: "{}"))
        try harness.report(task.taskID, .heartbeat)
        harness.stop(error: "Enough", cause: nil)
        #expect(harness.execution.status == .aborted)
        #expect(difference(harness)?.json == nil)
    }

    @Test("An event that would be another one is named, with both sides")
    func namesTheDifference() throws {
        let harness = try RecordedRuns.order()
        var events = harness.events
        let index = try #require(
            events.firstIndex { if case .stateEntered(.wait, _, _) = $0.detail { true } else { false } })
        events[index].detail = .stateEntered(.wait, name: "Rest", input: Payload(text: "{}"))
        let found = try #require(difference(harness, events: events))
        #expect(found.sequence == events[index].sequence)
        #expect(found.executionArn == ExecutionHarness.arn)
        #expect(found.members.map(\.place) == ["stateEnteredEventDetails.input"])
        #expect(found.members.first?.left == "{}")
    }

    @Test("An event too many and one too few are differences")
    func countsEvents() throws {
        let harness = try RecordedRuns.order()
        #expect(difference(harness, events: harness.events.dropLast())?.recorded == nil)
        var more = harness.events
        var last = try #require(more.last)
        last.sequence += 1
        last.cause = nil
        more.append(last)
        #expect(difference(harness, events: more)?.decided == nil)
    }

    @Test("The version of who decided is no difference")
    func overlooksTheVersion() throws {
        let harness = try RecordedRuns.order()
        var events = harness.events
        for index in events.indices { events[index].cause?.engineVersion = "0" }
        #expect(difference(harness, events: events)?.json == nil)
    }
}
