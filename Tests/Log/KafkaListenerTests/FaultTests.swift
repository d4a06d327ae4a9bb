import BatchStore
import Testing

@testable import KafkaListener

struct FaultTests {
    @Test("A fault closes, drops, delays or answers with its error, and the next request is as ever")
    func perRequest() throws {
        let rig = try BrokerRig(faults: "close metadata\ndrop heartbeat\ndelay listGroups ms 50\nerror produce code 6")
        _ = try rig.createTopic("t")
        let cut = rig.connect()
        #expect(rig.ask(cut, .metadata, 1) { $0.nilArray() } == nil)
        #expect(rig.closed[cut] != nil)
        #expect(try rig.produce(["a"], to: "t") == (.notLeaderOrFollower, -1))
        #expect(try rig.produce(["a"], to: "t") == (ErrorCode.none, 0))
        let patient = rig.connect()
        #expect(rig.ask(patient, .listGroups, 0) { _ in } == nil)
        rig.pass(milliseconds: 50)
        #expect(rig.answer(patient, .listGroups, 0) != nil)
    }

    @Test("An answer that is lost leaves what was done: the repeated batch is a duplicate")
    func lostAnswer() throws {
        let rig = try BrokerRig(faults: "close-after produce")
        _ = try rig.createTopic("t")
        let producer = TestProducer(id: 5, epoch: 0, sequence: 0)
        let connection = rig.connect()
        let batch = TestBatch.make(["a"], as: producer, key: nil, timestamp: 0)
        rig.sendProduce(batch, to: "t", on: connection)
        #expect(rig.answer(connection, .produce, 7) == nil)
        #expect(rig.closed[connection] != nil)
        #expect(try rig.produce(["a"], to: "t", as: producer) == (ErrorCode.none, 0))
        #expect(try rig.fetch("t")?.highWatermark == 1)
    }

    @Test("A lost broker's partitions are led by another until it is back")
    func lostBroker() throws {
        let rig = try BrokerRig(brokers: 3, faults: "lose-broker heartbeat broker 1 ms 1000")
        _ = try rig.createTopic("t", partitions: 3)
        let second = rig.connect(node: 1)
        #expect(try rig.produce(["a"], to: "t", 1, on: second) == (ErrorCode.none, 0))
        #expect(try rig.produce(["a"], to: "t", 1) == (.notLeaderOrFollower, -1))
        rig.send(rig.connect(), .heartbeat, 0) { writer in
            writer.string("g")
            writer.int32(1)
            writer.string("m")
        }
        #expect(rig.closed[second] != nil)
        #expect(try rig.produce(["a"], to: "t", 1, on: rig.connect(node: 2)) == (ErrorCode.none, 1))
        rig.pass(milliseconds: 1_000)
        #expect(try rig.produce(["a"], to: "t", 1, on: rig.connect(node: 1)) == (ErrorCode.none, 2))
    }

    @Test("A group whose coordinator moved is not known to the old one")
    func movedCoordinator() throws {
        let rig = try BrokerRig(brokers: 3, faults: "move-coordinator listGroups key g")
        let node = try #require(rig.broker.cluster.coordinator(of: "g"))
        rig.send(rig.connect(), .listGroups, 0) { _ in }
        #expect(rig.broker.cluster.coordinator(of: "g") == (node + 1) % 3)
        var reader = try #require(
            rig.ask(rig.connect(node: node), .heartbeat, 0) { writer in
                writer.string("g")
                writer.int32(1)
                writer.string("m")
            })
        #expect(try reader.int16() == ErrorCode.notCoordinator.rawValue)
    }

    @Test("A restart keeps what was synced, and with restart-unsynced nothing else")
    func restart() throws {
        for (fault, kept) in [("restart", 3), ("restart-unsynced", 2)] as [(String, Int64)] {
            let rig = try BrokerRig(MemoryBatchStorage(commitsPerSync: 3), faults: "\(fault) heartbeat")
            _ = try rig.createTopic("t")
            for value in ["a", "b", "c"] { _ = try rig.produce([value], to: "t") }
            let connection = rig.connect()
            rig.send(connection, .heartbeat, 0) { writer in
                writer.string("g")
                writer.int32(1)
                writer.string("m")
            }
            #expect(rig.closed[connection] != nil)
            #expect(try rig.fetch("t")?.highWatermark == kept)
        }
    }
}
