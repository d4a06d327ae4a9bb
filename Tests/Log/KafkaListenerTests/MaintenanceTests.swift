import BatchStore
import EventLog
import Testing

@testable import KafkaListener

struct MaintenanceTests {
    @Test(
        "Compaction leaves the latest record of each key at its offset, and takes aborted ones and old tombstones out")
    func compaction() throws {
        let rig = try BrokerRig()
        let settings = [
            "cleanup.policy": "compact", "delete.retention.ms": "1000", "min.cleanable.dirty.ratio": "0.01",
        ]
        _ = try rig.createTopic("t", settings: settings)
        for number in 0..<10 { _ = try rig.produce(["\(number)"], to: "t", key: "k\(number % 2)") }
        let producer = TransactionalClient(rig, "x")
        try producer.initialize()
        try producer.begin("t")
        _ = try rig.produce(
            TestBatch.make(["aborted"], as: producer.producer, key: "k1", timestamp: rig.moment.wall), to: "t")
        _ = try producer.end(commit: false)
        _ = try rig.produce(["last"], to: "t", key: "other")
        rig.maintain()
        let fetched = try #require(try rig.fetch("t"))
        #expect(fetched.committedValues == ["8", "9", "last"])
        #expect(fetched.batches.map(\.baseOffset) == [8, 9, 11, 12])
        #expect(fetched.highWatermark == 13)
        _ = try rig.produce(TestBatch.tombstone("k0", timestamp: rig.moment.wall), to: "t")
        _ = try rig.produce(["end"], to: "t", key: "other")
        rig.maintain()
        #expect(try rig.fetch("t")?.committedValues == ["9", "", "end"])
        rig.pass(milliseconds: 2_000)
        rig.maintain()
        #expect(try rig.fetch("t")?.committedValues == ["9", "end"])
    }

    @Test("Retention takes old records, but not those that came within segment.ms, however old they say they are")
    func retention() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t", settings: ["retention.ms": "2000", "segment.ms": "1000"])
        rig.maintain()
        let ancient = TestBatch.make(["ancient"], as: TestProducer(), key: nil, timestamp: 0)
        _ = try rig.produce(ancient, to: "t")
        rig.maintain()
        #expect(try rig.fetch("t")?.committedValues == ["ancient"])
        rig.pass(milliseconds: 1_500)
        rig.maintain()
        #expect(try rig.fetch("t")?.error == .offsetOutOfRange)
        _ = try rig.produce(["new"], to: "t")
        rig.maintain()
        rig.pass(milliseconds: 1_500)
        rig.maintain()
        #expect(try rig.fetch("t", from: 1)?.committedValues == ["new"])
        rig.pass(milliseconds: 1_000)
        rig.maintain()
        #expect(try rig.fetch("t", from: 1)?.error == .offsetOutOfRange)
    }

    @Test("Retention by size keeps the newest bytes")
    func retentionBySize() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t", settings: ["retention.bytes": "1000", "segment.ms": "1"])
        rig.maintain()
        for number in 0..<10 { _ = try rig.produce(["\(number)" + String(repeating: "x", count: 300)], to: "t") }
        rig.maintain()
        rig.pass(milliseconds: 10)
        rig.maintain()
        #expect(try rig.fetch("t", from: 8)?.batches.count == 2)
        #expect(try rig.fetch("t", from: 7)?.error == .offsetOutOfRange)
    }

    @Test("More partitions leave the old ones as they are, in memory and in a file")
    func growth() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t", partitions: 2)
        _ = try rig.createTopic("u")
        _ = try rig.produce(["a"], to: "t", 1)
        _ = try rig.produce(["b"], to: "u")
        _ = rig.ask(rig.connect(), .createPartitions, 1) { writer in
            writer.array(["t"]) { writer, topic in
                writer.string(topic)
                writer.int32(4)
                writer.nilArray()
            }
            writer.int32(1_000)
            writer.bool(false)
        }
        #expect(try rig.fetch("t", 1)?.committedValues == ["a"])
        #expect(try rig.produce(["c"], to: "t", 3) == (ErrorCode.none, 0))
        #expect(try rig.produce(["d"], to: "t", 1) == (ErrorCode.none, 1))
        #expect(try rig.fetch("t", 1)?.committedValues == ["a", "d"])
        #expect(try rig.fetch("u")?.committedValues == ["b"])
    }
}
