import EventLog
import EventLogKafka

/// A member of a group that copies every record of "in" to the same partition of "out", exactly once, until it is killed.
///
///     KafkaCopyTool BROKER SESSION-MILLISECONDS
@main
enum KafkaCopyTool {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let session = Int(arguments[2]) else {
            print("usage: KafkaCopyTool BROKER SESSION-MILLISECONDS")
            return
        }
        let log = try KafkaLog(
            KafkaConfiguration(brokers: [arguments[1]], transactionTimeout: .milliseconds(session)))
        let consumer = try log.makeConsumer(
            ConsumerConfiguration(group: "copy", topics: ["in"], sessionTimeout: .milliseconds(session)))
        var producers: [TopicPartition: any LogProducer] = [:]
        while true {
            let result = try consumer.poll(timeout: .seconds(1))
            for partition in result.revoked + result.lost { producers.removeValue(forKey: partition)?.close() }
            for partition in result.assigned {
                producers[partition] = try log.makeProducer(transactionalID: "copy-\(partition.partition)")
            }
            for records in result.records {
                do throws(EventLogError) {
                    _ = try producers[records.partition]?.commit(copy(records, membership: consumer.membership))
                } catch {
                    // Another member has the partition now, or the brokers want it again: read on from what is committed.
                    guard error.kind == .abortable || error.kind == .retriable || error.kind == .fenced else {
                        throw error
                    }
                    if error.kind == .fenced { producers.removeValue(forKey: records.partition)?.close() }
                    guard let first = records.batches.first, error.code != .notOwner else { continue }
                    if error.kind != .fenced { try consumer.seek(records.partition, to: first.baseOffset) }
                }
            }
        }
    }

    private static func copy(_ records: PartitionRecords, membership: GroupMembership) -> Transaction {
        var builder = RecordBatchBuilder()
        for batch in records.batches {
            for record in batch {
                builder.append(
                    key: record.key.map(Array.init), value: record.value.map(Array.init), headers: record.headers,
                    timestamp: record.timestamp)
            }
        }
        var transaction = Transaction(
            consumed: ConsumedOffsets(membership: membership, offsets: [records.partition: records.nextOffset]))
        transaction.append(builder.finish(), to: TopicPartition("out", records.partition.partition))
        return transaction
    }
}
