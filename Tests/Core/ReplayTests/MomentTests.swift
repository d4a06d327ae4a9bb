import Engine
import EngineTestKit
import JSON
import Replay
import Testing

@Suite("An execution at some moment")
struct MomentTests {
    private func fold(_ harness: ExecutionHarness, while isWanted: (Event) -> Bool) throws -> Execution {
        let execution = Execution(start: harness.startCommand, machine: harness.machine)
        for event in harness.events.prefix(while: isWanted) { try execution.evolve(event) }
        return execution
    }

    @Test("At each event of an open execution something is waited for, or the decision goes on")
    func alwaysHasACause() throws {
        let harness = try RecordedRuns.order(lastAnswers: false)
        let ends = Set(harness.events.filter { $0.cause != nil }.map { $0.sequence - 1 })
        for end in ends where end > 0 {
            let execution = try fold(harness) { $0.sequence <= end }
            #expect(!execution.pendingCauses.isEmpty)
            #expect(execution.pendingCauses.allSatisfy { $0.kind != .nothing }, "after \(end)")
        }
        #expect(harness.execution.pendingCauses.isEmpty)
    }

    @Test("Waits, retries and tasks are told apart, with the item they are in")
    func kinds() throws {
        let harness = try RecordedRuns.order(lastAnswers: false)
        var seen: [PendingCause.Kind: Set<String>] = [:]
        for event in harness.events {
            let execution = try fold(harness) { $0.sequence <= event.sequence }
            for cause in execution.pendingCauses { seen[cause.kind, default: []].insert(cause.place) }
        }
        #expect(seen[.timer] == ["Rest"])
        #expect(seen[.retry] == ["Check"])
        #expect(seen[.task] == ["Check", "Each[0]/Pay", "Each[1]/Pay", "Each[2]/Pay"])
    }

    @Test("Two pictures differ in what happened between them")
    func pictures() throws {
        let harness = try RecordedRuns.order()
        let wait = try #require(
            harness.events.first { if case .timerStarted = $0.detail { true } else { false } })
        let before = try fold(harness) { $0.sequence < wait.sequence }.picture
        let after = try fold(harness) { $0.sequence <= wait.sequence }.picture
        let places = JSONDifference.between(before, after).map(\.place)
        #expect(places.contains("frames.main.waitsUntil"))
        #expect(places.contains("event"))
        #expect(JSONDifference.between(after, after).isEmpty)
    }
}
