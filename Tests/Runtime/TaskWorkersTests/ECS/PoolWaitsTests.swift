import Engine
import JSON
import Testing

@testable import TaskWorkers

@Suite struct PoolWaitsTests {
    @Test func `What a task waits for is put on the log once, until a service has it`() {
        var pool = PoolTasks(runningMax: 1)
        for (taskID, partition) in [("a", 0), ("b", 0), ("c", 1)] {
            pool.add(
                InflightTask(request: ECSWorld.request(taskID), intentAt: 1_000), partition: partition,
                isInherited: false, leavesRoom: true)
        }
        let first = pool.next()
        #expect(first?.task.request.taskID == "a")
        pool.note(waits: ["a": "capacity: RESOURCE:CPU"], before: 999, ofPartitions: [0])
        #expect(pool.reports(ofPartition: 0).isEmpty)

        pool.note(waits: ["a": "capacity: RESOURCE:CPU"], before: 1_000, ofPartitions: [0])
        let told = pool.reports(ofPartition: 0)
        #expect(told.map(\.task.request.taskID) == ["a", "b"])
        #expect(told.map(\.task.waitsFor) == ["capacity: RESOURCE:CPU", "room: this worker does 1 tasks at a time"])
        #expect(pool.reports(ofPartition: 1).isEmpty)

        let ended = pool.settle(2, ofPartition: 0, reduce: { $0 })
        #expect(ended.isEmpty)
        pool.note(waits: ["a": "capacity: RESOURCE:CPU"], before: 2_000, ofPartitions: [0])
        #expect(pool.reports(ofPartition: 0).isEmpty)

        let isOfInterest = pool.note(.submitted(output: "{}"), of: "a")
        #expect(isOfInterest)
        _ = pool.settle(1, ofPartition: 0, reduce: { $0 })
        pool.note(waits: ["a": "something else"], before: 3_000, ofPartitions: [0])
        #expect(pool.reports(ofPartition: 0).isEmpty)

        pool.note(waits: [:], before: 3_000, ofPartitions: [1])
        pool.dropWaiting(ofPartition: 1)
        #expect(pool.reports(ofPartition: 1).isEmpty)
    }

    @Test func `What needs no room waits behind nobody who does`() {
        var pool = PoolTasks(runningMax: 1)
        func add(_ taskID: String, submission: String? = nil, isUnwanted: Bool = false) {
            pool.add(
                InflightTask(
                    request: ECSWorld.request(taskID), submission: submission, intentAt: 1_000, isUnwanted: isUnwanted),
                partition: 0, isInherited: true, leavesRoom: true)
        }
        for taskID in ["a", "b"] { add(taskID) }
        add("c", submission: "{}")
        add("d", isUnwanted: true)
        add("e")
        var started: [String] = []
        while let next = pool.next() { started.append(next.task.request.taskID) }
        #expect(started == ["c", "d", "a"])
        #expect(pool.nextPartition() == nil)
        let isOfInterest = pool.note(.succeeded(output: "1"), of: "a")
        #expect(isOfInterest)
        let further = pool.next()
        #expect(further?.task.request.taskID == "b")
    }

    @Test
    func
        `What another worker gave up is stopped by the one that had started it, with the handle that stands on the log`()
    {
        var pool = PoolTasks(runningMax: 1)
        pool.add(
            InflightTask(request: ECSWorld.request("a"), intentAt: 1_000), partition: 0, isInherited: false,
            leavesRoom: false)
        _ = pool.next()
        let gone = pool.keep(["a"], ofPartition: 0)
        #expect(gone.isEmpty)
        let dismissal = pool.dismiss("a", submission: "{\"tasks\":[]}")
        guard case .stop(let task) = dismissal else {
            Issue.record("\(dismissal)")
            return
        }
        #expect(task.submission == "{\"tasks\":[]}")
        #expect(task.isUnwanted)
        let again = pool.dismiss("a")
        #expect(again == .underWay(task))
    }

    @Test func `An intent that says what it waits for is still the intent that it was`() throws {
        var task = InflightTask(request: ECSWorld.request("a"), intentAt: 1_000)
        task.waitsFor = "its turn"
        let bytes = task.encoded()
        #expect(try InflightTask(decoding: bytes, timestamp: 2_000) == task)
        guard case .request(let request) = try TaskRecord(decoding: bytes) else {
            Issue.record("it is no request any more")
            return
        }
        #expect(request == task.request)
        task.isUnwanted = true
        #expect(try InflightTask(decoding: task.encoded(), timestamp: 2_000).isUnwanted)
    }
}
