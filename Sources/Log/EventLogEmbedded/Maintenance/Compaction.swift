import EventLog

/// One compaction of one partition: all batches are looked at first, then taken in the same order.
struct Compaction {
    private let tombstonesKeptSince: Int64
    private var latest: [[UInt8]: Int64] = [:]
    private var gatherer = RecordGatherer()
    private var offsets: Range<Int64>?
    private var keptCount: Int64 = 0
    private var removedCount: Int64 = 0

    /// - Parameter tombstonesKeptSince: older tombstones go (milliseconds since 1970, UTC).
    init(tombstonesKeptSince: Int64) {
        self.tombstonesKeptSince = tombstonesKeptSince
    }

    mutating func look(at batch: RecordBatch) {
        for record in batch {
            if let key = record.key { latest[Array(key)] = record.offset }
        }
    }

    mutating func take(_ batch: RecordBatch) {
        offsets = (offsets?.lowerBound ?? batch.baseOffset)..<batch.endOffset
        for record in batch {
            if isKept(record) {
                keptCount += 1
                gatherer.keep(record)
            } else {
                removedCount += 1
            }
        }
    }

    /// The batches that stand in the place of those that begin within the offsets; nil when nothing is to change.
    mutating func finish() -> (offsets: Range<Int64>?, batches: [RecordBatch], recordCount: Int64) {
        (removedCount > 0 ? offsets : nil, gatherer.finish(), keptCount)
    }

    private func isKept(_ record: Record) -> Bool {
        guard let key = record.key else { return true }
        guard latest[Array(key)] == record.offset else { return false }
        return !record.isTombstone || record.timestamp >= tombstonesKeptSince
    }
}

/// What the last compactions left, so that the next one waits until it is worth its while.
struct CompactionHistory: Sendable {
    private struct Result: Sendable {
        var end: Int64
        var recordCount: Int64
    }

    /// Fewer new records than this are never worth a compaction.
    private static let newRecordsMin: Int64 = 1_000
    private var results: [TopicPartition: Result] = [:]

    /// Whether more records are new in `partition` than the last compaction left.
    func isDue(_ partition: TopicPartition, _ extent: Range<Int64>) -> Bool {
        let last = results[partition] ?? Result(end: extent.lowerBound, recordCount: 0)
        return extent.upperBound - last.end >= max(last.recordCount, CompactionHistory.newRecordsMin)
    }

    mutating func finished(_ partition: TopicPartition, end: Int64, recordCount: Int64) {
        results[partition] = Result(end: end, recordCount: recordCount)
    }
}
