import Engine
import Foundation
import Glibc
import JSON
import StatesLanguage
import Synchronization
import Testing

@testable import TaskWorkers

/// Many tasks, with what goes wrong on a normal day. The long run is STEPLOG_ECS_TASKS=10000; figures in Benchmarks/BENCHMARKS.md.
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

    /// STEPLOG_ECS_TASKS makes it a long run.
    private static let taskCount = ProcessInfo.processInfo.environment["STEPLOG_ECS_TASKS"].flatMap(Int.init) ?? 400
    private static let secondsMax = max(60, taskCount / 20)

    private func check(_ world: ECSWorld, seconds: Double) {
        let launched = world.calls.count("launched")
        let described = world.calls.count("calls", "DescribeTasks")
        #expect(launched == Int64(Self.taskCount))
        #expect(world.calls.count("clientTokensLaunchedTwice") == 0)
        #expect(world.calls.count("startedByLaunchedTwice") == 0)
        #expect(world.taskIDsEnded.count == Self.taskCount)
        // One poll a task each 5 s of its life, some 45 s of the script.
        #expect(described * 20 <= Int64(Self.taskCount) * 9)
        print("\(launched) tasks in \(seconds) s, DescribeTasks \(described)")
        print(world.calls.told)
    }

    @Test("Through throttles, lack of capacity and lost events every task is launched once and every end is heard")
    func trouble() throws {
        let world = try world()
        let began = ContinuousClock.now
        try world.with(world.worker()) { runner in
            for number in 0..<Self.taskCount { world.start(ECSWorld.request("t-\(number)"), on: runner) }
            #expect(world.wait(seconds: Self.secondsMax) { world.endCount == Self.taskCount })
        }
        check(world, seconds: (ContinuousClock.now - began) / .seconds(1))
        #expect(world.taskIDsEnded.values.allSatisfy { $0 == 1 })
    }

    @Test("A worker that dies again and again is followed by one that launches nothing twice and hears every end")
    func deaths() throws {
        let world = try world()
        let began = ContinuousClock.now
        for life in 0..<5 {
            try world.with(world.worker()) { runner in
                // What the log still holds as in flight is asked for again.
                let ended = world.taskIDsEnded
                for number in 0..<Self.taskCount where ended["t-\(number)", default: 0] == 0 {
                    world.start(ECSWorld.request("t-\(number)"), on: runner)
                }
                guard life < 4 else {
                    #expect(
                        world.wait(seconds: Self.secondsMax) {
                            world.taskIDsEnded.values.count { $0 > 0 } == Self.taskCount
                        })
                    return
                }
                usleep(300_000)
            }
        }
        check(world, seconds: (ContinuousClock.now - began) / .seconds(1))
    }

    @Test("100,000 watched tasks take less than 200 MB")
    func memory() throws {
        func residentBytes() throws -> Int {
            let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            return (Int(pages[1]) ?? 0) * 4096
        }
        let before = try residentBytes()
        var fleet = ECSFleet()
        var pool = PoolTasks(runningMax: 1000)
        let reducer = try ECSWorld().worker().runner
        for number in 0..<100_000 {
            let taskID = "task-\(number)"
            var request = ECSWorld.request(taskID)
            request.executionArn = "arn:aws:states:us-east-1:123456789012:execution:machine:execution-\(number)"
            let name = "\(number)" + String(repeating: "a", count: 27)
            let answer = #"{"Tasks": [{"TaskArn": "arn:aws:ecs:us-east-1:123456789012:task/default/\#(name)"}]}"#
            let task = InflightTask(request: request, submission: answer, intentAt: 1)
            pool.add(reducer.remainder(of: task), partition: 0, isInherited: true, leavesRoom: true)
            let watch = ECSFleet.Watch(pattern: .sync, cluster: "default", role: nil) { _ in
                precondition(!taskID.isEmpty)
            }
            let isNew = fleet.insert(watch, "task-\(number)")
            precondition(isNew && pool.next() != nil, "every task has its own id")
            let arn = SubmittedTasks(answer).arns[0]
            _ = fleet.launched("task-\(number)", arns: [arn], now: 1)
        }
        let bytes = try residentBytes() - before
        print("100,000 watched tasks: \(bytes / 1_000_000) MB")
        #expect(bytes < 200_000_000)
        #expect(fleet.sweeps(launchedBefore: 1).count == 1000)
    }
}
