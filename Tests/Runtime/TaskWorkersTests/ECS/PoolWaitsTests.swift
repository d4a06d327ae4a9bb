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
