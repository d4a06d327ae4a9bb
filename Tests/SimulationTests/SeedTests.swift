import Simulation
import Testing

@Suite("Simulation")
struct SeedTests {
    @Test("Whatever goes wrong, nothing is lost, nothing happens twice, and everything ends as it should")
    func manySeeds() {
        let report = SeedRun(from: 1, count: 100, jobs: 2).run { Issue.record("\($0.text)\nmake simulate SEED=\($0.seed)") }
        #expect(report.failedSeeds.isEmpty)
        #expect(report.comparedCount > 100)
    }

    @Test("The same seed gives the same story")
    func deterministic() {
        for seed in [3, 8, 21] as [UInt64] {
            let first = SeedRun.outcome(of: Scenario(seed: seed), keepsStory: true)
            #expect(first.story == SeedRun.outcome(of: Scenario(seed: seed), keepsStory: true).story)
            #expect(!first.story.isEmpty)
        }
    }
}
