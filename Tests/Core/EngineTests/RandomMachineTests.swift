import Engine
import EngineTestKit
import JSON
import Testing

@Suite("Random machines")
struct RandomMachineTests {
    private static let machines: UInt64 = 200

    @Test(
        "Machines of all state types end as a straight-line reading says, whatever comes first, comes twice, yields or crashes"
    )
    func randomMachines() throws {
        var (succeeded, failed) = (0, 0)
        for seed in 1...Self.machines {
            let machine = RandomMachine(seed: seed)
            let harness = try Self.run(machine, seed: seed)
            #expect(harness.problems.isEmpty, "seed \(seed): \(harness.problems.prefix(2)) \(machine.definition)")
            #expect(
                harness.execution.isClosed, "seed \(seed) has no end: \(harness.execution.dump) \(machine.definition)")
            #expect(harness.pending.isEmpty, "seed \(seed)")
            let expected = machine.expectedOutput()
            let output = harness.output.flatMap { try? JSONParser.parse($0) }.map(RandomMachine.canonical)
            #expect(
                output == expected,
                "seed \(seed): \(harness.execution.error ?? "") \(harness.execution.cause ?? "") \(machine.definition)")
            if expected == nil { failed += 1 } else { succeeded += 1 }
        }
        print("random machines: \(succeeded) succeeded, \(failed) failed, as they should")
        #expect(succeeded > 20 && failed > 20)
    }

    @Test("A machine that is stopped at any moment leaves no task behind")
    func stopped() throws {
        for seed in 1...60 as ClosedRange<UInt64> {
            let harness = try Self.run(RandomMachine(seed: seed), seed: seed, stopAfter: Int(seed % 17))
            #expect(harness.problems.isEmpty, "seed \(seed): \(harness.problems.prefix(2))")
            #expect(harness.execution.isClosed && harness.pending.isEmpty, "seed \(seed)")
        }
    }

    @Test("A machine that is stopped at any moments and redriven each time ends as if nothing had been")
    func redriven() throws {
        var redrives: Int64 = 0
        for seed in 1...120 as ClosedRange<UInt64> {
            let machine = RandomMachine(seed: seed)
            guard let expected = machine.expectedOutput() else { continue }
            let harness = try Self.run(machine, seed: seed, stopAfter: Int(seed % 17), isRedriven: true)
            #expect(harness.problems.isEmpty, "seed \(seed): \(harness.problems.prefix(2))")
            let output = harness.output.flatMap { try? JSONParser.parse($0) }.map(RandomMachine.canonical)
            #expect(output == expected, "seed \(seed): \(harness.execution.dump) \(machine.definition)")
            redrives += harness.execution.redriveCount
        }
        #expect(redrives > 60)
    }

    @Test("The same seed gives the same events")
    func deterministic() throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            let (first, second) = (
                try Self.run(RandomMachine(seed: seed), seed: seed), try Self.run(RandomMachine(seed: seed), seed: seed)
            )
            #expect(first.records == second.records, "seed \(seed)")
        }
    }

    /// Does what is possible in an order that the seed gives. The clock moves only when no task has an answer, so none is too late.
    /// - Parameter isRedriven: each `stopAfter` steps it is stopped, and redriven at once.
    private static func run(
        _ machine: RandomMachine, seed: UInt64, stopAfter: Int? = nil, isRedriven: Bool = false
    ) throws -> ExecutionHarness {
        var bits = SeededBits(seed: seed &* 7_919)
        var settings = ExecutionHarness.settings
        if seed % 2 == 0 { settings.limits.eventsPerDecisionMax = 2 + Int(seed % 20) }
        let harness: ExecutionHarness
        do throws(InvalidDefinition) {
            harness = try ExecutionHarness(machine.definition, input: machine.input, settings: settings, seed: seed)
        } catch {
            Issue.record("seed \(seed): \(error.message) \(machine.definition)")
            throw error
        }
        try harness.start()
        var answered: [String] = []
        for step in 0..<20_000 where !harness.execution.isClosed {
            if step == stopAfter || isRedriven && step % (3 + (stopAfter ?? 0)) == 0 && step < 200 {
                harness.stop(error: "stopped")
                if bits.next() % 2 == 0 { harness.restart() }
                if isRedriven { try harness.redrive() }
            }
            if bits.next() % 10 == 0 { harness.restart() }
            // Reports may come between a decision that yielded and its continuation.
            if bits.next() % 2 == 0, harness.continueDecision() { continue }
            if bits.next() % 8 == 0, let old = answered.last { repeatReport(old, harness) }
            let open = harness.pending.filter { !RandomMachine.answer($0).isEmpty }
            if let request = open.isEmpty ? nil : open[Int(bits.next() % UInt64(open.count))] {
                if bits.next() % 2 == 0 { try? harness.report(request.taskID, .started) }
                if bits.next() % 4 == 0 { try? harness.report(request.taskID, .started) }
                for report in RandomMachine.answer(request) { try? harness.report(request.taskID, report) }
                answered.append(request.taskID)
                continue
            }
            if harness.continueDecision() { continue }
            if !harness.fireNextTimers() { break }
        }
        return harness
    }

    private static func repeatReport(_ taskID: String, _ harness: ExecutionHarness) {
        guard !harness.execution.isClosed, !harness.pending.contains(where: { $0.taskID == taskID }) else { return }
        #expect(throws: Rejection.taskClosed(taskID: taskID)) { try harness.report(taskID, .succeeded(output: "{}")) }
    }
}
