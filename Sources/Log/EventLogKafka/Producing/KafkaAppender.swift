// SAFETY: by the contract one thread at a time uses an appender; only `close` touches the client besides it.
import CRDKafka
import EventLog
import Synchronization

/// Writes without transactions, as an idempotent producer: each record once, in order.
final class KafkaAppender: LogAppender, @unchecked Sendable {
    private let log: KafkaLog
    private let handle: KafkaHandle
    private var sender: RecordSender
    private var isClosed = false

    init(_ log: KafkaLog) throws(EventLogError) {
        self.log = log
        handle = try log.makeHandle(.appender)
        sender = RecordSender(handle, prefix: log.configuration.namePrefix)
    }

    deinit { close() }

    func append(_ batches: [PartitionBatch]) throws(EventLogError) -> CommitReceipt {
        try log.checkOpen()
        guard !isClosed else { throw EventLogError(.fatal, .closed, "the appender is closed") }
        for batch in batches { try log.requirePartition(batch.partition) }
        var refusal: LibraryError?
        do {
            try sender.send(batches)
        } catch {
            refusal = error as? LibraryError
        }
        while unsafe rd_kafka_flush(handle.client, 1_000) != RD_KAFKA_RESP_ERR_NO_ERROR {
            try log.checkOpen()
            if let error = handle.fatalError { refusal = error; break }
        }
        let deliveries = handle.callbacks.deliveries.withLock(\.self)
        if let error = refusal ?? deliveries.failure {
            if error.eventLogCode == .unknownTopic { batches.forEach { log.topicDirectory.forget($0.partition.topic) } }
            let message =
                "records for \(batches.map(\.partition.description).joined(separator: ", ")) were not appended"
            throw error.eventLogError(message, kind: deliveries.isOutcomeUnknown ? .fatal : nil)
        }
        return CommitReceipt(batches, deliveries.ranges)
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        sender.close()
        handle.close()
    }
}

extension CommitReceipt {
    /// A batch whose place the brokers did not tell, since it came to them twice, is left out.
    init(_ batches: [PartitionBatch], _ ranges: [Range<Int64>?]) {
        self.init(
            ranges: zip(batches, ranges).compactMap { batch, range in
                range.map { PartitionRange(partition: batch.partition, offsets: $0) }
            })
    }
}
