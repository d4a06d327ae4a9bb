import Engine
import EventLog

/// The records of one transaction while they are being made: one batch a partition.
struct Outbox {
    private var builders: [TopicPartition: RecordBatchBuilder] = [:]
    private var order: [TopicPartition] = []

    var isEmpty: Bool { order.isEmpty }

    /// How many bytes are there in all.
    var byteCount: Int { builders.values.reduce(0) { $0 + $1.byteCount } }

    /// How many bytes are there for a partition.
    func byteCount(_ partition: TopicPartition) -> Int { builders[partition]?.byteCount ?? 0 }

    mutating func append(
        to partition: TopicPartition, key: [UInt8], value: [UInt8]?, headers: RecordHeaders = .none, timestamp: Int64
    ) {
        withBuilder(partition) { $0.append(key: key, value: value, headers: headers, timestamp: timestamp) }
    }

    /// The events of one decision, as CloudEvents in Kafka's binary mode.
    /// - Parameter time: text of the events' timestamp, which they share.
    mutating func append(_ events: [Event], of entry: ExecutionEntry, to partition: TopicPartition, time: String) {
        guard !events.isEmpty else { return }
        var encoder = EventEncoder(executionArn: entry.arn)
        var headers = CloudEventHeaders.shared(
            arn: entry.arn, traceHeader: entry.execution.start.traceHeader, time: time)
        let shared = headers.mark
        withBuilder(partition) { builder in
            for event in events {
                headers.removeAll(behind: shared)
                CloudEventHeaders.append(sequence: event.sequence, type: event.detail.typeName, to: &headers)
                builder.append(key: entry.key, headers: headers, timestamp: event.timestamp) { bytes in
                    encoder.write(event, to: &bytes)
                }
            }
        }
    }

    /// An event of the registry, as CloudEvents in Kafka's binary mode.
    mutating func append(_ event: RegistryEvent, to partition: TopicPartition, time: String) {
        var headers = CloudEventHeaders.shared(arn: event.arn, traceHeader: nil, time: time)
        CloudEventHeaders.append(sequence: event.sequence, type: event.kind.rawValue, to: &headers)
        withBuilder(partition) { builder in
            builder.append(key: Array(event.arn.utf8), headers: headers, timestamp: event.timestamp) { bytes in
                bytes.append(contentsOf: RegistryRecord.encode(event))
            }
        }
    }

    /// The transaction of all that was appended.
    mutating func transaction(consumed: ConsumedOffsets?) -> Transaction {
        var transaction = Transaction(consumed: consumed)
        for partition in order {
            if var builder = builders[partition] { transaction.append(builder.finish(), to: partition) }
        }
        builders = [:]
        order = []
        return transaction
    }

    private mutating func withBuilder(_ partition: TopicPartition, _ body: (inout RecordBatchBuilder) -> Void) {
        if builders[partition] == nil {
            builders[partition] = RecordBatchBuilder(capacity: 64 << 10)
            order.append(partition)
        }
        if let index = builders.index(forKey: partition) { body(&builders.values[index]) }
    }
}
