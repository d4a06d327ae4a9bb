import Dispatch
import Synchronization

/// Runs many seeds.
public struct SeedRun: Sendable {
    public struct Failure: Sendable {
        public var seed: UInt64
        public var problems: [String]

        public var text: String { "seed \(seed): " + problems.prefix(2).joined(separator: "\n    ") }
    }

    public struct Report: Sendable {
        public var failedSeeds: [UInt64] = []
        public var eventCount = 0
        public var comparedCount = 0
    }

    private let from: UInt64
    private let count: UInt64
    private let jobs: Int

    /// - Parameter jobs: how many run at a time; each has threads of its own, one of which works.
    public init(from: UInt64, count: UInt64, jobs: Int = 1) {
        self.from = from
        self.count = count
        self.jobs = jobs
    }

    /// - Parameter failed: is told of each failure when it is found.
    public func run(_ failed: @escaping @Sendable (Failure) -> Void) -> Report {
        let next = Atomic<UInt64>(0)
        let report = Mutex(Report())
        DispatchQueue.concurrentPerform(iterations: jobs) { _ in
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < count else { return }
                let seed = from + number
                let outcome = Self.outcome(of: Scenario(seed: seed))
                report.withLock { report in
                    report.eventCount += outcome.eventCount
                    report.comparedCount += outcome.comparedCount
                    if !outcome.problems.isEmpty { report.failedSeeds.append(seed) }
                }
                if !outcome.problems.isEmpty { failed(Failure(seed: seed, problems: outcome.problems)) }
            }
        }
        return report.withLock { $0 }
    }

    /// Runs one scenario; an error of the simulation itself is a problem like any other.
    public static func outcome(of scenario: Scenario, keepsStory: Bool = false) -> Simulation.Outcome {
        do {
            return try Simulation(scenario, keepsStory: keepsStory).run()
        } catch {
            return Simulation.Outcome(problems: ["\(error)"], story: [], eventCount: 0, comparedCount: 0)
        }
    }

    /// The simplest scenario found that still fails.
    public static func shrink(_ scenario: Scenario) -> Scenario {
        var best = scenario
        while let simpler = best.simpler.first(where: { !outcome(of: $0).problems.isEmpty }) { best = simpler }
        return best
    }
}
