import BatchStore
import EventLog
import Testing

@testable import KafkaListener

struct ProduceFetchTests {
    @Test("What is produced is fetched byte for byte, at the offsets that were answered")
    func roundTrip() throws {
        let rig = try BrokerRig()
        #expect(try rig.createTopic("t") == ErrorCode.none)
        #expect(try rig.produce(["a", "b"], to: "t") == (ErrorCode.none, 0))
        #expect(try rig.produce(["c"], to: "t") == (ErrorCode.none, 2))
        let fetched = try #require(try rig.fetch("t"))
        #expect(fetched.committedValues == ["a", "b", "c"])
        #expect(fetched.batches.map(\.baseOffset) == [0, 2])
        #expect(fetched.highWatermark == 3)
        #expect(try rig.fetch("t", from: 1)?.batches.map(\.baseOffset) == [0, 2])
        #expect(try rig.fetch("t", from: 4)?.error == .offsetOutOfRange)
    }

    @Test("A fetch at the end waits for records, and no longer than it said")
    func longPoll() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t")
        let reader = rig.connect()
        #expect(try rig.fetch("t", waitMilliseconds: 500, on: reader) == nil)
        _ = try rig.produce(["a"], to: "t")
        #expect(try rig.fetchAnswer(reader)?.committedValues == ["a"])
        #expect(try rig.fetch("t", from: 1, waitMilliseconds: 500, on: reader) == nil)
        rig.pass(milliseconds: 499)
        #expect(try rig.fetchAnswer(reader) == nil)
        rig.pass(milliseconds: 1)
        #expect(try rig.fetchAnswer(reader)?.batches.isEmpty == true)
    }

    @Test("A request behind a waiting fetch is not held up by it, and answers keep their order")
    func noHeadOfLineBlocking() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t")
        let reader = rig.connect()
        #expect(try rig.fetch("t", waitMilliseconds: 5_000, on: reader) == nil)
        rig.send(reader, .apiVersions, 0) { _ in }
        #expect(try rig.fetchAnswer(reader)?.batches.isEmpty == true)
        #expect(rig.answer(reader, .apiVersions, 0) != nil)
    }

    @Test("A repeated batch of an idempotent producer is answered with its first offset and stored once")
    func idempotence() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t")
        func produce(_ sequence: Int32, epoch: Int16 = 0) throws -> (ErrorCode?, Int64) {
            try rig.produce(["a", "b"], to: "t", as: TestProducer(id: 7, epoch: epoch, sequence: sequence))
        }
        #expect(try produce(0) == (ErrorCode.none, 0))
        #expect(try produce(2) == (ErrorCode.none, 2))
        #expect(try produce(0) == (ErrorCode.none, 0))
        #expect(try produce(6) == (.outOfOrderSequenceNumber, -1))
        #expect(try produce(4) == (ErrorCode.none, 4))
        #expect(try produce(1, epoch: 1) == (.outOfOrderSequenceNumber, -1))
        #expect(try produce(0, epoch: 1) == (ErrorCode.none, 6))
        #expect(try produce(6, epoch: 0) == (.invalidProducerEpoch, -1))
        #expect(try rig.fetch("t")?.highWatermark == 8)
    }

    @Test("Sequence numbers go on from 0 after the highest one")
    func sequencesWrap() throws {
        var state = PartitionState()
        state.wrote(
            producerID: 1, epoch: 0, batch: .init(firstSequence: .max - 1, lastSequence: .max, baseOffset: 0),
            isTransactional: false, wall: 0)
        #expect(state.judge(producerID: 1, epoch: 0, firstSequence: 0, lastSequence: 3) == .append)
        #expect(
            state.judge(producerID: 1, epoch: 0, firstSequence: 1, lastSequence: 3)
                == .refuse(.outOfOrderSequenceNumber))
    }

    @Test("What is no client's batch is refused and not stored")
    func refusesBadBatches() throws {
        let rig = try BrokerRig()
        _ = try rig.createTopic("t", settings: ["max.message.bytes": "500"])
        _ = try rig.createTopic("c", settings: ["cleanup.policy": "compact"])
        var bytes = TestBatch.make(["a"], as: TestProducer(), key: nil, timestamp: 0)
        bytes[bytes.count - 1] ^= 1
        #expect(try rig.produce(bytes, to: "t") == (.corruptMessage, -1))
        #expect(try rig.produce([], to: "t") == (.invalidRecord, -1))
        #expect(try rig.produce([String(repeating: "x", count: 600)], to: "t") == (.messageTooLarge, -1))
        #expect(try rig.produce(["a"], to: "nowhere") == (.unknownTopicOrPartition, -1))
        #expect(try rig.produce(["a"], to: "t", 3) == (.unknownTopicOrPartition, -1))
        #expect(try rig.produce(["a"], to: "c") == (.invalidRecord, -1))
        #expect(try rig.produce(["a"], to: "c", key: "k") == (ErrorCode.none, 0))
        let marker = ControlBatch.make(isCommit: true, producerID: 1, epoch: 0, timestamp: 0)
        #expect(try rig.produce(marker.bytes, to: "t") == (.invalidRecord, -1))
        #expect(try rig.fetch("t")?.highWatermark == 0)
    }

    @Test("Steplog's own topics are read but not written, unless that is allowed; never deleted")
    func ownTopics() throws {
        for isAllowed in [false, true] {
            let storage = MemoryBatchStorage()
            var change = StorageChange()
            change.topics["steplog.events"] = TopicConfiguration(partitions: 1)
            _ = try storage.apply(change)
            let rig = try BrokerRig(storage) { configuration in
                configuration.ownTopicPrefix = "steplog."
                configuration.allowsWritesToOwnTopics = isAllowed
            }
            #expect(
                try rig.produce(["a"], to: "steplog.events").0
                    == (isAllowed ? ErrorCode.none : .topicAuthorizationFailed))
            #expect(try rig.fetch("steplog.events")?.highWatermark == (isAllowed ? 1 : 0))
            #expect(try rig.createTopic("steplog.mine") == .topicAuthorizationFailed)
            let deleted = rig.ask(rig.connect(), .deleteTopics, 1) { writer in
                writer.array(["steplog.events"]) { $0.string($1) }
                writer.int32(1_000)
            }
            var reader = try #require(deleted)
            _ = try reader.int32()
            let codes = try reader.array { reader in
                _ = try reader.string()
                return try reader.int16()
            }
            #expect(codes == [ErrorCode.topicAuthorizationFailed.rawValue])
        }
    }
}
