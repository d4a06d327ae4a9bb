import EventLog

/// One compaction of one partition: all batches are looked at first, then rewritten one by one in the same order.
///
/// Each batch keeps its offsets, producer and attributes, so that sequences, transactions and readers' positions stay right.
/// Records of aborted transactions go; compressed batches, which are not looked into, stay whole.
struct LogCompaction {
    private let aborted: [PartitionState.AbortedRange]
    private let tombstonesKeptSince: Int64
    private var latest: [[UInt8]: Int64] = [:]

    /// - Parameter tombstonesKeptSince: older tombstones go (milliseconds since 1970, UTC).
    init(aborted: [PartitionState.AbortedRange], tombstonesKeptSince: Int64) {
        self.aborted = aborted
        self.tombstonesKeptSince = tombstonesKeptSince
    }

    mutating func look(at batch: RecordBatch) {
        guard !isAborted(batch) else { return }
        for record in batch {
            if let key = record.key { latest[Array(key)] = record.offset }
        }
    }

    /// What is left of `batch`; nil when nothing is.
    func rewrite(_ batch: RecordBatch) -> RecordBatch? {
        if batch.header.isControl || batch.header.isCompressed { return batch }
        if isAborted(batch) { return nil }
        let kept = batch.filtered(isKept)
        // What lost nothing is the same batch, byte for byte.
        return kept?.count == batch.count ? batch : kept
    }

    private func isKept(_ record: Record) -> Bool {
        guard let key = record.key, let last = latest[Array(key)] else { return true }
        guard last == record.offset else { return false }
        return !record.isTombstone || record.timestamp >= tombstonesKeptSince
    }

    private func isAborted(_ batch: RecordBatch) -> Bool {
        batch.header.isTransactional && !batch.header.isControl
            && aborted.contains { range in
                range.producerID == batch.header.producerID && range.firstOffset <= batch.baseOffset
                    && batch.baseOffset < range.lastOffset
            }
    }
}
