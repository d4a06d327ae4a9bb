import Foundation
import Simulation
import Testing

@Suite("Simulation", .serialized)
struct SeedTests {
    /// How long the seeds may take, in seconds; with them, a few thousand are run on two cores.
    private static let seconds = ProcessInfo.processInfo.environment["STEPLOG_SIMULATION_SECONDS"].flatMap(Int.init) ?? 60

    @Test("Whatever goes wrong, nothing is lost, nothing happens twice, and everything ends as it should")
    func manySeeds() async {
        let run = SeedRun(from: 1, count: 4_000, jobs: 2, timeLimit: .seconds(Self.seconds))
        let report = await run.result()
        print("simulation: \(report.seedCount) seeds, \(report.eventCount) events, \(report.comparedCount) outputs compared")
        for failure in report.failures { Issue.record(Comment(rawValue: failure.text)) }
        #expect(report.comparedCount > report.seedCount / 2)
    }

    @Test("The same seed gives the same story")
    func deterministic() async {
        let seeds: [UInt64] = [3, 8, 21]
        let first = await SeedRun.outcomes(of: seeds.map { Scenario(seed: $0) })
        let second = await SeedRun.outcomes(of: seeds.map { Scenario(seed: $0) })
        #expect(first.map(\.story) == second.map(\.story))
        #expect(first.allSatisfy { !$0.story.isEmpty })
    }
}
