import Dispatch
import Foundation
import Synchronization

/// Runs many seeds.
public struct SeedRun: Sendable {
    public struct Failure: Sendable {
        public var seed: UInt64
        public var problems: [String]

        public var text: String {
            "seed \(seed): \(problems.prefix(2).joined(separator: "\n    "))\nmake simulate SEED=\(seed) tells its story"
        }
    }

    public struct Report: Sendable {
        public var seedCount = 0
        public var failures: [Failure] = []
        public var eventCount = 0
        public var comparedCount = 0
    }

    private let from: UInt64
    private let count: UInt64
    private let jobs: Int
    private let timeLimit: Duration?
    private let stopsAtFirst: Bool
    private let isSmall: Bool

    /// - Parameters:
    ///   - jobs: how many run at a time; each has threads of its own, one of which works.
    ///   - timeLimit: no seed is begun later; nil: all are run, however long it takes.
    ///   - isSmall: the seeds' scenarios with small machines.
    ///   - stopsAtFirst: no seed is begun after one that has failed.
    public init(
        from: UInt64, count: UInt64, jobs: Int = 1, timeLimit: Duration? = nil, stopsAtFirst: Bool = false,
        isSmall: Bool = false
    ) {
        self.isSmall = isSmall
        self.stopsAtFirst = stopsAtFirst
        self.from = from
        self.count = count
        self.jobs = jobs
        self.timeLimit = timeLimit
    }

    /// Runs the seeds and waits on the caller's thread. - Parameter failed: is told of each failure when it is found.
    public func run(_ failed: @escaping @Sendable (Failure) -> Void) -> Report {
        let done = DispatchSemaphore(value: 0)
        let report = Mutex(Report())
        start(failed) { result in
            report.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        return report.withLock { $0 }
    }

    /// The same for a task, which holds no thread meanwhile.
    public func result() async -> Report {
        await withCheckedContinuation { continuation in
            start({ _ in }, { continuation.resume(returning: $0) })
        }
    }

    /// Runs scenarios on a thread of their own, one after another, and keeps their stories.
    public static func outcomes(of scenarios: [Scenario]) async -> [Simulation.Outcome] {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: scenarios.map { outcome(of: $0, keepsStory: true) }) }
            thread.stackSize = stackBytes
            thread.start()
        }
    }

    private static let stackBytes = 8 << 20

    /// Runs the seeds on threads of their own; the last one that ends tells the result.
    private func start(_ failed: @escaping @Sendable (Failure) -> Void, _ done: @escaping @Sendable (Report) -> Void) {
        let work = Work(jobs: jobs, stopsAtFirst: stopsAtFirst)
        let deadline = timeLimit.map { ContinuousClock.now + $0 }
        for _ in 0..<jobs {
            let thread = Thread { [self] in
                while let seed = work.next(from, count, before: deadline) {
                    let scenario = Scenario(seed: seed)
                    let outcome = Self.outcome(of: isSmall ? scenario.small : scenario)
                    if let failure = work.note(seed, outcome) { failed(failure) }
                }
                if let report = work.end() { done(report) }
            }
            thread.stackSize = Self.stackBytes
            thread.start()
        }
    }

    /// What the threads of a run share.
    private final class Work: Sendable {
        private struct State {
            var nextNumber: UInt64 = 0
            var threadsLeft: Int
            var report = Report()
        }

        private let state: Mutex<State>

        private let stopsAtFirst: Bool

        init(jobs: Int, stopsAtFirst: Bool) {
            self.stopsAtFirst = stopsAtFirst
            state = Mutex(State(threadsLeft: jobs))
        }

        /// The next seed; nil when all are taken or the time is over.
        func next(_ from: UInt64, _ count: UInt64, before deadline: ContinuousClock.Instant?) -> UInt64? {
            if let deadline, ContinuousClock.now >= deadline { return nil }
            return state.withLock { state in
                guard state.nextNumber < count, !stopsAtFirst || state.report.failures.isEmpty else { return nil }
                defer { state.nextNumber += 1 }
                return from + state.nextNumber
            }
        }

        func note(_ seed: UInt64, _ outcome: Simulation.Outcome) -> Failure? {
            state.withLock { state in
                state.report.seedCount += 1
                state.report.eventCount += outcome.eventCount
                state.report.comparedCount += outcome.comparedCount
                if outcome.problems.isEmpty { return nil }
                let failure = Failure(seed: seed, problems: outcome.problems)
                state.report.failures.append(failure)
                return failure
            }
        }

        /// A thread has ended. - Returns: the report when it was the last one.
        func end() -> Report? {
            state.withLock { state in
                state.threadsLeft -= 1
                return state.threadsLeft == 0 ? state.report : nil
            }
        }
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
