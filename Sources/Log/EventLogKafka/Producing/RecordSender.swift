// SAFETY: librdkafka copies keys, values and headers before `steplog_produce` returns; topic objects are freed by `close`,
// before the client.
import CRDKafka
import EventLog
import Synchronization

/// Queues the records of batches with librdkafka, one by one.
@safe struct RecordSender {
    private let handle: KafkaHandle
    private let prefix: String
    private var topics: [String: OpaquePointer] = unsafe [:]
    /// What an empty key or value points to, so that it is told from null.
    private static let empty: StaticString = ""

    init(_ handle: KafkaHandle, prefix: String) {
        self.handle = handle
        self.prefix = prefix
    }

    /// Frees what librdkafka keeps for each topic.
    mutating func close() {
        unsafe topics.values.forEach { topic in unsafe rd_kafka_topic_destroy(topic) }
        unsafe topics = [:]
    }

    /// Queues all records. Their fate is told to `ClientCallbacks.deliveries`, which begins anew.
    /// - Throws: what librdkafka says to a record; those before it are queued.
    mutating func send(_ batches: [PartitionBatch]) throws {
        handle.callbacks.deliveries.withLock { $0.begin(batchCount: batches.count) }
        for (index, batch) in batches.enumerated() {
            let topic = try unsafe topic(batch.partition.topic)
            for record in batch.batch {
                try unsafe send(record, to: topic, batch.partition.partition, tag: index + 1)
            }
        }
    }

    private func send(_ record: Record, to topic: OpaquePointer, _ partition: Int, tag: Int) throws {
        let headers = unsafe copy(record.headers)
        // librdkafka takes the time 0 for "now"; -1 is Kafka's "none", which readers here show as 0.
        let timestamp = record.timestamp == 0 ? -1 : record.timestamp
        while true {
            let code = unsafe withBytes(record.key) { key, keyCount in
                unsafe withBytes(record.value) { value, valueCount in
                    unsafe steplog_produce(
                        handle.client, topic, Int32(truncatingIfNeeded: partition), key, keyCount, value, valueCount,
                        timestamp, headers, UnsafeMutableRawPointer(bitPattern: tag))
                }
            }
            if code == RD_KAFKA_RESP_ERR_NO_ERROR { return }
            if code == RD_KAFKA_RESP_ERR__QUEUE_FULL {
                // Room comes with deliveries; a record that can't be delivered fails after its time.
                _ = unsafe rd_kafka_poll(handle.client, 1_000)
                continue
            }
            if let headers = unsafe headers { unsafe rd_kafka_headers_destroy(headers) }
            throw LibraryError(code)
        }
    }

    private mutating func topic(_ name: String) throws -> OpaquePointer {
        if let topic = unsafe topics[name] { return unsafe topic }
        guard let topic = unsafe rd_kafka_topic_new(handle.client, prefix + name, nil) else {
            throw LibraryError(rd_kafka_last_error())
        }
        unsafe topics[name] = topic
        return unsafe topic
    }

    /// librdkafka's own form of `headers`; nil for none.
    private func copy(_ headers: RecordHeaders) -> OpaquePointer? {
        guard headers.count > 0, let copy = unsafe rd_kafka_headers_new(headers.count) else { return nil }
        headers.forEachField { name, value in
            unsafe withBytes(name) { name, nameCount in
                unsafe withBytes(value) { value, valueCount in
                    _ = unsafe rd_kafka_header_add(
                        copy, name?.assumingMemoryBound(to: CChar.self), nameCount, value, valueCount)
                }
            }
        }
        return unsafe copy
    }

    private func withBytes<Result>(
        _ bytes: ArraySlice<UInt8>?, _ body: (UnsafeRawPointer?, Int) -> Result
    ) -> Result {
        guard let bytes else { return body(nil, 0) }
        guard !bytes.isEmpty else { return unsafe body(UnsafeRawPointer(Self.empty.utf8Start), 0) }
        return unsafe bytes.withUnsafeBytes { unsafe body($0.baseAddress, $0.count) }
    }
}
