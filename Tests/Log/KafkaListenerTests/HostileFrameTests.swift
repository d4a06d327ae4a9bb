import BatchStore
import EventLog
import NIOCore
import Testing

@testable import KafkaListener

struct HostileFrameTests {
    @Test(
        "Bytes that are no request close their connection with a line in the log, and nothing else", arguments: 0..<40)
    func fuzz(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let storage = MemoryBatchStorage()
        let rig = try BrokerRig(storage) { $0.createsTopics = false }
        _ = try rig.createTopic("t")
        _ = try rig.produce(["a"], to: "t")
        let bystander = rig.connect()
        for round in 0..<250 {
            let connection = rig.connect()
            rig.sendBytes(Self.frame(&random), connection)
            #expect(rig.closed[bystander] == nil, "seed \(seed), round \(round)")
            rig.disconnect(connection)
        }
        rig.pass(milliseconds: 4_000_000)
        #expect(rig.ask(bystander, .apiVersions, 0) { _ in } != nil)
        #expect(try rig.fetch("t")?.batches.first?.count == 1)
    }

    @Test("A batch whose header lies is refused, or kept as it is: the broker goes on", arguments: 0..<10)
    func lyingHeaders(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let rig = try BrokerRig()
        _ = try rig.createTopic(
            "t", settings: ["cleanup.policy": "compact,delete", "delete.retention.ms": "\(Int64.max)"])
        let edges: [Int64] = [0, 1, -1, .max, .min, Int64(Int32.max), Int64(Int32.min)]
        func number() -> Int64 { edges[Int(random.next() % UInt64(edges.count))] }
        for _ in 0..<200 {
            var builder = RecordBatchBuilder()
            builder.append(key: [1], value: [2], timestamp: number())
            let batch = builder.finish { header in
                header.attributes = Int16(truncatingIfNeeded: random.next() % 64)
                header.lastOffsetDelta = Int32(truncatingIfNeeded: number())
                header.maxTimestamp = number()
                header.producerID = number()
                header.producerEpoch = Int16(truncatingIfNeeded: number())
                header.baseSequence = Int32(truncatingIfNeeded: number())
                header.recordCount = Int32(truncatingIfNeeded: number())
            }
            _ = try rig.produce(batch.bytes, to: "t")
        }
        rig.maintain()
        rig.pass(milliseconds: 700_000_000)
        rig.maintain()
        #expect(try rig.produce(["fine"], to: "t", key: "k").0 == ErrorCode.none)
        #expect(try rig.fetch("t") != nil)
    }

    @Test("A request that is cut off, has a length that is none, or is unknown closes its connection and says why")
    func namesTheReason() throws {
        let rig = try BrokerRig()
        let frames: [[UInt8]] = [
            [], [0], [0, 0, 0, 7], [0, 99, 0, 0, 0, 0, 0, 1, 0, 0], [0, 3, 0, 99, 0, 0, 0, 1, 0, 0],
            // Metadata 4 with an array of two billion names; JoinGroup with a text of length -2.
            [0, 3, 0, 4, 0, 0, 0, 1, 255, 255, 127, 255, 255, 255], [0, 11, 0, 0, 0, 0, 0, 1, 255, 255, 255, 254],
        ]
        for frame in frames {
            let connection = rig.connect()
            rig.sendBytes(frame, connection)
            #expect(rig.closed[connection]?.isEmpty == false, "\(frame)")
        }
    }

    @Test("A client that is too new learns the versions of ApiVersions")
    func answersNewerClients() throws {
        let rig = try BrokerRig()
        let connection = rig.connect()
        rig.sendBytes([0, 18, 0, 99, 0, 0, 0, 1, 1, 2, 3], connection)
        var reader = try #require(rig.answer(connection, .apiVersions, 0))
        #expect(try reader.int16() == ErrorCode.unsupportedVersion.rawValue)
        #expect(rig.closed[connection] == nil)
    }

    /// Random bytes behind the header of a request that exists, or a request of zeros with some bytes changed.
    private static func frame(_ random: inout SplitMix) -> [UInt8] {
        let api = API.allCases[Int(random.next() % UInt64(API.allCases.count))]
        let span = UInt64(api.versions.upperBound - api.versions.lowerBound + 1)
        var writer = WireWriter(isFlexible: false)
        writer.int16(api.rawValue)
        writer.int16(api.versions.lowerBound + Int16(random.next() % span))
        writer.int32(1)
        writer.string("fuzz")
        var bytes = Array(writer.buffer.readableBytesView)
        let count = Int(random.next() % 200)
        let isWild = random.next() % 2 == 0
        for _ in 0..<count {
            bytes.append(isWild || random.next() % 8 == 0 ? UInt8(truncatingIfNeeded: random.next()) : 0)
        }
        // Names that exist lead deeper.
        if random.next() % 2 == 0 {
            bytes.insert(contentsOf: [0, 1, UInt8(ascii: "t")], at: min(bytes.count, 14 + count / 4))
        }
        if random.next() % 10 == 0 { bytes = Array(bytes.prefix(Int(random.next() % 20))) }
        return bytes
    }
}
