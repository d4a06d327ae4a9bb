import ArgumentParser
import Foundation
import Simulation

/// Runs simulations of the whole system: many seeds, or one with its story, and shrinks what fails.
@main
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "simulate")

    @Option(help: "The first seed.")
    var from: UInt64 = 1

    @Option(help: "How many seeds.")
    var seeds: UInt64 = 1_000

    @Option(help: "Runs one seed and prints its story.")
    var seed: UInt64?

    @Option(help: "How many seeds run at a time.")
    var jobs: Int = 1

    @Flag(help: "Only small machines: one execution, states at most one deep.")
    var small = false

    @Flag(help: "Begins no further seed after one that fails.")
    var stopsAtFirst = false

    func run() throws {
        if let seed { return try tellStory(seed) }
        let start = ContinuousClock.now
        let report = SeedRun(from: from, count: seeds, jobs: jobs, stopsAtFirst: stopsAtFirst, isSmall: small).run {
            failure in print(failure.text)
        }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let rate = Double(report.seedCount) / elapsed
        print(
            """
            \(report.seedCount) seeds from \(from): \(report.failures.count) failed \(report.failures.map(\.seed).sorted()); \
            \(report.eventCount) events, \(report.comparedCount) outputs compared; \
            \(Int(elapsed)) s, \(Int(rate)) seeds/s
            """)
        if !report.failures.isEmpty { throw ExitCode.failure }
    }

    private func tellStory(_ seed: UInt64) throws {
        let outcome = SeedRun.outcome(of: Scenario(seed: seed), keepsStory: true)
        for line in outcome.story { print(line) }
        for problem in outcome.problems { print("WRONG: \(problem)") }
        guard !outcome.problems.isEmpty else { return print("seed \(seed): all is well") }
        let shrunk = SeedRun.shrink(Scenario(seed: seed))
        print("shrunk to \(shrunk)")
        for problem in SeedRun.outcome(of: shrunk).problems.prefix(3) { print("WRONG: \(problem)") }
        throw ExitCode.failure
    }
}
