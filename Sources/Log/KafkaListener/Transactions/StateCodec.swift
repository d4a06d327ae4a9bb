import EventLog
import NIOCore

/// How the broker's state is written in the storage's metadata. The first byte of each value is the form's version.
///
/// A topic's name holds no slash, so that a key can be taken apart from the right.
enum StateCodec {
    static let prefix = "kafka/"
    static let nextProducerIDKey = "kafka/next-producer-id"
    static let offsetPrefix = "kafka/offset/"
    static let producerPrefix = "kafka/producer/"
    static let abortedPrefix = "kafka/aborted/"
    static let transactionPrefix = "kafka/transaction/"
    static let settingsPrefix = "kafka/topic/"
    private static let version: Int8 = 1

    static func offsetKey(_ group: String, _ partition: TopicPartition) -> String {
        "\(offsetPrefix)\(group)/\(partition)"
    }

    static func producerKey(_ partition: TopicPartition, _ producerID: Int64) -> String {
        "\(producerPrefix)\(producerID)/\(partition)"
    }

    static func abortedKey(_ partition: TopicPartition, _ lastOffset: Int64) -> String {
        "\(abortedPrefix)\(lastOffset)/\(partition)"
    }

    static func transactionKey(_ transactionalID: String) -> String { transactionPrefix + transactionalID }
    static func settingsKey(_ topic: String) -> String { settingsPrefix + topic }

    /// Takes `…/topic/partition` apart; nil for a key that is no such thing.
    static func split(_ key: Substring) -> (name: String, partition: TopicPartition)? {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, let number = Int(parts[parts.count - 1]) else { return nil }
        return (
            parts.dropLast(2).joined(separator: "/"), TopicPartition(String(parts[parts.count - 2]), number)
        )
    }

    static func encode(_ body: (inout WireWriter) -> Void) -> [UInt8] {
        var writer = WireWriter(isFlexible: true)
        writer.int8(version)
        body(&writer)
        return Array(writer.buffer.readableBytesView)
    }

    /// - Throws: `WireError` when `bytes` are none of ours.
    static func decode<Value>(_ bytes: [UInt8], _ body: (inout WireReader) throws -> Value) throws -> Value {
        var reader = WireReader(ByteBuffer(bytes: bytes), isFlexible: true)
        let found = try reader.int8()
        guard found == version else { throw WireError("form \(version) of the state is read, not \(found)") }
        return try body(&reader)
    }
}

extension CommittedOffset {
    func write(to writer: inout WireWriter) {
        writer.int64(offset)
        writer.int32(leaderEpoch)
        writer.string(metadata)
    }

    init(from reader: inout WireReader) throws {
        offset = try reader.int64()
        leaderEpoch = try reader.int32()
        metadata = try reader.string()
    }
}

extension PartitionState.Producer {
    func write(to writer: inout WireWriter) {
        writer.int16(epoch)
        writer.int64(openSince ?? -1)
        writer.int64(lastWall)
        writer.array(batches) { writer, batch in
            writer.int32(batch.firstSequence)
            writer.int32(batch.lastSequence)
            writer.int64(batch.baseOffset)
        }
    }

    init(from reader: inout WireReader) throws {
        epoch = try reader.int16()
        let since = try reader.int64()
        openSince = since < 0 ? nil : since
        lastWall = try reader.int64()
        batches = try reader.array {
            PartitionState.Batch(
                firstSequence: try $0.int32(), lastSequence: try $0.int32(), baseOffset: try $0.int64())
        }
    }
}

extension TransactionState {
    func write(to writer: inout WireWriter) {
        writer.int64(producerID)
        writer.int16(epoch)
        writer.int16(previousEpoch)
        writer.int32(timeoutMilliseconds)
        writer.int8(status.rawValue)
        writer.int64(beganWall)
        writer.array(partitions) { $0.partition($1) }
        writer.array(groups.sorted { $0.key < $1.key }) { writer, group in
            writer.string(group.key)
            writer.array(group.value) { writer, pending in
                writer.partition(pending.partition)
                pending.offset.write(to: &writer)
            }
        }
    }

    init(from reader: inout WireReader) throws {
        producerID = try reader.int64()
        epoch = try reader.int16()
        previousEpoch = try reader.int16()
        timeoutMilliseconds = try reader.int32()
        let number = try reader.int8()
        guard let status = Status(rawValue: number) else { throw WireError("\(number) is no state of a transaction") }
        self.status = status
        beganWall = try reader.int64()
        partitions = try reader.array { try $0.partition() }
        let entries = try reader.array { reader in
            (
                try reader.string(),
                try reader.array {
                    PendingOffset(partition: try $0.partition(), offset: try CommittedOffset(from: &$0))
                }
            )
        }
        groups = Dictionary(entries) { $1 }
    }
}

extension WireWriter {
    fileprivate mutating func partition(_ partition: TopicPartition) {
        string(partition.topic)
        int32(Int32(truncatingIfNeeded: partition.partition))
    }
}

extension WireReader {
    fileprivate mutating func partition() throws -> TopicPartition {
        TopicPartition(try string(), Int(try int32()))
    }
}
