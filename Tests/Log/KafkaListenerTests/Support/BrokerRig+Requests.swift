import EventLog
import NIOCore
import Testing

@testable import KafkaListener

/// Who produces: an id, an epoch and the sequence number of the first record.
struct TestProducer {
    var id: Int64 = -1
    var epoch: Int16 = -1
    var sequence: Int32 = -1
    var isTransactional = false
}

extension BrokerRig {
    func createTopic(_ name: String, partitions: Int32 = 1, settings: [String: String] = [:]) throws -> ErrorCode? {
        let connection = connect()
        var reader = try #require(
            ask(connection, .createTopics, 4) { writer in
                writer.array([name]) { writer, name in
                    writer.string(name)
                    writer.int32(partitions)
                    writer.int16(1)
                    writer.array([Int]()) { $0.int32(Int32($1)) }
                    writer.array(settings.sorted { $0.key < $1.key }) { writer, setting in
                        writer.string(setting.key)
                        writer.string(setting.value)
                    }
                }
                writer.int32(1_000)
                writer.bool(false)
            })
        _ = try reader.int32()
        return try reader.array { reader in
            _ = try reader.string()
            let code = try reader.int16()
            _ = try reader.nullableString()
            return ErrorCode(rawValue: code)
        }.first ?? nil
    }

    /// Produces one batch; gives the error and the offset.
    func produce(
        _ values: [String], to topic: String, _ partition: Int32 = 0, as producer: TestProducer = TestProducer(),
        key: String? = nil, on connection: ConnectionID? = nil
    ) throws -> (ErrorCode?, Int64) {
        let batch = TestBatch.make(values, as: producer, key: key, timestamp: moment.wall)
        return try produce(batch, to: topic, partition, on: connection)
    }

    func produce(
        _ bytes: [UInt8], to topic: String, _ partition: Int32 = 0, on connection: ConnectionID? = nil
    ) throws -> (ErrorCode?, Int64) {
        let connection = connection ?? connect()
        sendProduce(bytes, to: topic, partition, on: connection)
        var reader = try #require(answer(connection, .produce, 7))
        let answers = try reader.array { reader in
            _ = try reader.string()
            return try reader.array { reader in
                _ = try reader.int32()
                let answer = (ErrorCode(rawValue: try reader.int16()), try reader.int64())
                _ = try reader.int64()
                _ = try reader.int64()
                return answer
            }
        }
        return try #require(answers.first?.first)
    }

    func sendProduce(_ bytes: [UInt8], to topic: String, _ partition: Int32 = 0, on connection: ConnectionID) {
        send(connection, .produce, 7) { writer in
            writer.string(nil)
            writer.int16(-1)
            writer.int32(1_000)
            writer.array([topic]) { writer, topic in
                writer.string(topic)
                writer.array([partition]) { writer, partition in
                    writer.int32(partition)
                    writer.bytes(bytes)
                }
            }
        }
    }

    /// What a fetch of one partition gives.
    struct Fetched {
        var error: ErrorCode?
        var highWatermark: Int64
        var stableOffset: Int64
        var aborted: [(producerID: Int64, firstOffset: Int64)]
        var batches: [RecordBatch]

        /// What a reader of committed records sees: the values without aborted ones and markers.
        var committedValues: [String] {
            var open = Set<Int64>()
            var pending = aborted
            var values: [String] = []
            for batch in batches {
                for range in pending where range.firstOffset <= batch.baseOffset { open.insert(range.producerID) }
                pending.removeAll { $0.firstOffset <= batch.baseOffset }
                if batch.header.isControl {
                    open.remove(batch.header.producerID)
                } else if !batch.header.isTransactional || !open.contains(batch.header.producerID) {
                    values += batch.map { String(decoding: $0.value ?? [], as: UTF8.self) }
                }
            }
            return values
        }
    }

    func fetch(
        _ topic: String, _ partition: Int32 = 0, from offset: Int64 = 0, committed: Bool = true,
        waitMilliseconds: Int32 = 0, on connection: ConnectionID? = nil
    ) throws -> Fetched? {
        let connection = connection ?? connect()
        send(connection, .fetch, 11) { writer in
            writer.int32(-1)
            writer.int32(waitMilliseconds)
            writer.int32(1)
            writer.int32(50 << 20)
            writer.int8(committed ? 1 : 0)
            writer.int32(0)
            writer.int32(-1)
            writer.array([topic]) { writer, topic in
                writer.string(topic)
                writer.array([partition]) { writer, partition in
                    writer.int32(partition)
                    writer.int32(-1)
                    writer.int64(offset)
                    writer.int64(0)
                    writer.int32(1 << 20)
                }
            }
            writer.array([Int]()) { $0.int32(Int32($1)) }
            writer.string("")
        }
        return try fetchAnswer(connection)
    }

    func fetchAnswer(_ connection: ConnectionID) throws -> Fetched? {
        guard var reader = answer(connection, .fetch, 11) else { return nil }
        _ = try reader.int32()
        _ = try reader.int16()
        _ = try reader.int32()
        return try reader.array { reader in
            _ = try reader.string()
            return try reader.array { reader in
                _ = try reader.int32()
                let error = ErrorCode(rawValue: try reader.int16())
                let highWatermark = try reader.int64()
                let stable = try reader.int64()
                _ = try reader.int64()
                let aborted = try reader.array { (try $0.int64(), try $0.int64()) }
                _ = try reader.int32()
                return Fetched(
                    error: error, highWatermark: highWatermark, stableOffset: stable, aborted: aborted,
                    batches: try TestBatch.split(reader.nullableBytes() ?? []))
            }
        }.first?.first
    }
}

/// Batches as clients make them.
enum TestBatch {
    static func make(_ values: [String], as producer: TestProducer, key: String?, timestamp: Int64) -> [UInt8] {
        var builder = RecordBatchBuilder()
        for value in values {
            builder.append(key: key.map { Array($0.utf8) }, value: Array(value.utf8), timestamp: timestamp)
        }
        return builder.finish { header in
            header.producerID = producer.id
            header.producerEpoch = producer.epoch
            header.baseSequence = producer.sequence
            if producer.isTransactional { header.attributes = 0x10 }
        }.bytes
    }

    static func tombstone(_ key: String, timestamp: Int64) -> [UInt8] {
        var builder = RecordBatchBuilder()
        builder.append(key: Array(key.utf8), value: nil, timestamp: timestamp)
        return builder.finish().bytes
    }

    /// The batches that stand one behind the other in `bytes`.
    static func split(_ bytes: [UInt8]) throws -> [RecordBatch] {
        var batches: [RecordBatch] = []
        var position = 0
        while position + RecordBatch.headerBytes <= bytes.count {
            let head = ByteBuffer(bytes: bytes[position..<position + 12])
            let offset = try #require(head.getInteger(at: 0, as: Int64.self))
            let length = Int(try #require(head.getInteger(at: 8, as: Int32.self))) + 12
            batches.append(try RecordBatch(decoding: Array(bytes[position..<position + length]), baseOffset: offset))
            position += length
        }
        return batches
    }
}
