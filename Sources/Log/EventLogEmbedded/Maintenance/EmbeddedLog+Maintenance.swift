import BatchStore
public import EventLog
import Synchronization

extension EmbeddedLog {
    /// Removes what retention lets go, and compacts partitions in which more records are new than were left last time.
    /// - Parameter now: milliseconds since 1970 (UTC).
    public func maintain(at now: Int64) throws(EventLogError) {
        for topic in try storage.topics() {
            for number in 0..<topic.configuration.partitions {
                let partition = TopicPartition(topic.name, number)
                switch topic.configuration.cleanup {
                case .delete:
                    guard let retention = topic.configuration.retention else { continue }
                    try trim(partition, before: now - retention.milliseconds)
                case .compact:
                    let extent = try storage.extent(of: partition)
                    guard compactions.withLock({ $0.isDue(partition, extent) }) else { continue }
                    try compact(partition, at: now)
                }
            }
        }
    }

    /// Leaves of each key the record with the highest offset, whatever the clean-up of the topic. A tombstone older than
    /// the retention of the topic (a day without one) goes too. Offsets stay as they are. Partitions that hold
    /// compressed or transactional batches of other clients are left alone.
    /// - Parameter now: milliseconds since 1970 (UTC).
    public func compact(_ partition: TopicPartition, at now: Int64) throws(EventLogError) {
        let extent = try storage.extent(of: partition)
        let retention = try storage.topic(partition.topic)?.configuration.retention ?? .seconds(86_400)
        var compaction = Compaction(tombstonesKeptSince: now - retention.milliseconds)
        var isPlain = true
        try forEachBatch(of: partition, in: extent) { batch in
            isPlain = isPlain && batch.header.attributes == 0
            compaction.look(at: batch)
        }
        guard isPlain else { return }
        try forEachBatch(of: partition, in: extent) { batch in compaction.take(batch) }
        let (offsets, batches, recordCount) = compaction.finish()
        compactions.withLock { $0.finished(partition, end: extent.upperBound, recordCount: recordCount) }
        guard let offsets else { return }
        var change = StorageChange()
        change.replacements = [.init(partition: partition, offsets: offsets, batches: batches)]
        _ = try storage.apply(change)
    }

    private func trim(_ partition: TopicPartition, before timestamp: Int64) throws(EventLogError) {
        let extent = try storage.extent(of: partition)
        let begin = try storage.offset(of: partition, atOrAfter: timestamp) ?? extent.upperBound
        guard begin > extent.lowerBound else { return }
        var change = StorageChange()
        change.trims[partition] = begin
        _ = try storage.apply(change)
    }

    private func forEachBatch(
        of partition: TopicPartition, in extent: Range<Int64>, _ body: (RecordBatch) -> Void
    ) throws(EventLogError) {
        var offset = extent.lowerBound
        while offset < extent.upperBound {
            let batches = try storage.read(partition, from: offset, bytesMax: ReadLimit.bytes)
            guard let last = batches.last else { return }
            for batch in batches where batch.baseOffset < extent.upperBound { body(batch) }
            offset = last.endOffset
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
