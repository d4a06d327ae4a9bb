import Foundation
import Synchronization
import TaskWorkers
import Testing

/// Many tasks, with what goes wrong on a normal day. The long run is scripts/ecs-run; figures in Benchmarks/BENCHMARKS.md.
@Suite(.serialized) struct ECSReachTests {
    private static let trouble = """
        "speed": 100, "runTask": {"perSecond": 20, "burst": 40, "throttles": 0.05, "capacityFailures": 0.02, "lostAnswers": 0.01},
        "describeTasks": {"missing": 0.05, "missingMilliseconds": 2000},
        "events": {"lost": 0.01, "duplicated": 0.02, "delayMilliseconds": [0, 3000]},
        "lifecycles": [{"provisioning": [1000, 9000], "pending": [1000, 5000], "running": [1000, 60000],
                        "deprovisioning": [1000, 10000]}]
        """

    /// The script runs a hundred times as fast, and so do the worker's buckets and sweeps.
    private func world() throws -> ECSWorld {
        try ECSWorld(Self.trouble) {
            $0.runTaskRate = .init(perSecond: 2000, burst: 40)
            $0.describeTasksRate = .init(perSecond: 1000, burst: 20)
            $0.sweepMilliseconds = 600
            $0.capacityRetryMilliseconds = 60_000
        }
    }

    private static let taskCount = 2000

    private func check(_ world: ECSWorld, seconds: Double) {
        let launched = world.calls.count("launched")
        let described = world.calls.count("calls", "DescribeTasks")
        #expect(launched == Int64(Self.taskCount))
        #expect(world.calls.count("clientTokensLaunchedTwice") == 0)
        #expect(world.calls.count("startedByLaunchedTwice") == 0)
        #expect(world.taskIDsEnded.count == Self.taskCount)
        // One poll a task each 5 s of its life, some 45 s of the script.
        #expect(described * 20 <= Int64(Self.taskCount) * 9)
        print("\(launched) tasks in \(seconds) s, DescribeTasks \(described), counts without tokens follow the script")
    }

    @Test("Through throttles, lack of capacity and lost events every task is launched once and every end is heard")
    func trouble() async throws {
        let world = try world()
        let runner = try world.runner()
        let began = ContinuousClock.now
        try await world.with(runner) {
            for number in 0..<Self.taskCount { world.start(ECSWorld.request("t-\(number)"), on: runner) }
            #expect(await world.wait(seconds: 60) { world.endCount == Self.taskCount })
        }
        check(world, seconds: (ContinuousClock.now - began) / .seconds(1))
        #expect(world.taskIDsEnded.values.allSatisfy { $0 == 1 })
    }

    @Test("A worker that dies again and again is followed by one that launches nothing twice and hears every end")
    func deaths() async throws {
        let world = try world()
        let began = ContinuousClock.now
        for life in 0..<5 {
            let runner = try world.runner()
            try await world.with(runner) {
                // What the log still holds as in flight is asked for again.
                let ended = world.taskIDsEnded
                for number in 0..<Self.taskCount where ended["t-\(number)", default: 0] == 0 {
                    world.start(ECSWorld.request("t-\(number)"), on: runner)
                }
                guard life < 4 else {
                    #expect(await world.wait(seconds: 60) { world.taskIDsEnded.values.count { $0 > 0 } == Self.taskCount })
                    return
                }
                try await Task.sleep(for: .milliseconds(300))
            }
        }
        check(world, seconds: (ContinuousClock.now - began) / .seconds(1))
    }
}
