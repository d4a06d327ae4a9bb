// SAFETY: a message is read while librdkafka's callback lasts.
import CRDKafka
import EventLog

/// What librdkafka has told about the records that were queued together.
struct Deliveries {
    /// The offsets of each batch as far as they are known, by the batch's index.
    private(set) var ranges: [Range<Int64>?] = []
    /// The first failure that is no consequence of another one.
    private(set) var failure: LibraryError?
    /// Whether a record that failed may be on the log all the same.
    private(set) var isOutcomeUnknown = false

    /// Begins anew, for records of `batchCount` batches.
    mutating func begin(batchCount: Int) {
        self = Deliveries()
        ranges = Array(repeating: nil, count: batchCount)
    }

    /// One record has arrived or failed. Its tag is the index of its batch, counted from 1.
    mutating func take(_ message: UnsafePointer<rd_kafka_message_t>) {
        let index = unsafe Int(bitPattern: message.pointee._private) - 1
        guard ranges.indices.contains(index) else { return }
        guard unsafe message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
            let error = unsafe LibraryError(message.pointee.err)
            if failure == nil || failure?.eventLogCode == .transactionAborted { failure = error }
            if unsafe rd_kafka_message_status(message) == RD_KAFKA_MSG_STATUS_POSSIBLY_PERSISTED {
                isOutcomeUnknown = true
            }
            return
        }
        // A record that was sent twice may come back without its offset.
        let offset = unsafe message.pointee.offset
        guard offset >= 0 else { return }
        let known = ranges[index] ?? offset..<offset + 1
        ranges[index] = min(known.lowerBound, offset)..<max(known.upperBound, offset + 1)
    }
}
