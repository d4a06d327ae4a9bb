import BatchStore
import EventLog
import Synchronization

/// The producer of a transactional id: it may commit as long as the id's epoch is its own.
final class EmbeddedProducer: LogProducer {
    let transactionalID: String
    private let log: EmbeddedLog
    private let epoch: Int64
    private let isClosed = Atomic<Bool>(false)

    /// Raises the epoch of `transactionalID`, which fences every older producer.
    init(_ log: EmbeddedLog, transactionalID: String) throws(EventLogError) {
        let key = MetadataKey.producer(transactionalID)
        var previous = try log.storage.metadata(key)
        while true {
            let epoch = (MetadataKey.number(previous) ?? 0) + 1
            var change = StorageChange()
            change.guards = [MetadataEntry(key, previous)]
            change.metadata = [MetadataEntry(key, MetadataKey.bytes(epoch))]
            switch try log.storage.apply(change) {
            case .applied:
                self.log = log
                self.transactionalID = transactionalID
                self.epoch = epoch
                return
            case .refused(let present):
                previous = present.value
            }
        }
    }

    func commit(_ transaction: Transaction) throws(EventLogError) -> CommitReceipt {
        try log.checkOpen()
        guard !isClosed.load(ordering: .acquiring) else {
            throw EventLogError(.fatal, .closed, "the producer of \"\(transactionalID)\" is closed")
        }
        try log.checkKeys(transaction.batches)
        let fault = try log.faults?.beforeCommit()
        var change = StorageChange()
        change.guards = [MetadataEntry(MetadataKey.producer(transactionalID), MetadataKey.bytes(epoch))]
        change.appends = transaction.batches
        let outcome = try log.commit(transaction.consumed, with: &change)
        switch outcome {
        case .refused:
            throw EventLogError(
                .fenced, .producerFenced, "another producer has opened transactional id \"\(transactionalID)\"")
        case .applied(let ranges):
            try fault?.afterCommit()
            return CommitReceipt(transaction.batches, ranges)
        }
    }

    func close() {
        isClosed.store(true, ordering: .releasing)
    }
}

/// Appends without a transaction.
final class EmbeddedAppender: LogAppender {
    private let log: EmbeddedLog
    private let isClosed = Atomic<Bool>(false)

    init(_ log: EmbeddedLog) {
        self.log = log
    }

    func append(_ batches: [PartitionBatch]) throws(EventLogError) -> CommitReceipt {
        try log.checkOpen()
        guard !isClosed.load(ordering: .acquiring) else {
            throw EventLogError(.fatal, .closed, "the appender is closed")
        }
        try log.checkKeys(batches)
        var change = StorageChange()
        change.appends = batches
        guard case .applied(let ranges) = try log.commit(nil, with: &change) else {
            throw EventLogError(.fatal, .inputOutput, "an append without conditions was refused")
        }
        return CommitReceipt(batches, ranges)
    }

    func close() {
        isClosed.store(true, ordering: .releasing)
    }
}

extension CommitReceipt {
    fileprivate init(_ batches: [PartitionBatch], _ ranges: [Range<Int64>]) {
        self.init(ranges: zip(batches, ranges).map { PartitionRange(partition: $0.partition, offsets: $1) })
    }
}

extension EmbeddedLog {
    /// Applies `change` together with the offsets of `consumed`, and tells those who wait for the records.
    /// - Throws: `notOwner` when the member has lost a partition.
    func commit(
        _ consumed: ConsumedOffsets?, with change: inout StorageChange
    ) throws(EventLogError) -> StorageOutcome {
        if let consumed {
            do {
                try beginOffsetCommit(consumed)
            } catch {
                faults?.commitWasRefused(consumed.membership.memberID)
                throw error
            }
            for (partition, offset) in consumed.offsets {
                change.metadata.append(
                    MetadataEntry(
                        MetadataKey.offset(consumed.membership.group, partition), MetadataKey.bytes(offset)))
            }
        }
        defer { if let consumed { endOffsetCommit(consumed) } }
        let outcome = try storage.apply(change)
        if case .applied = outcome { subscriptions.recordsArrived(change.appends) }
        return outcome
    }

    /// - Throws: `invalidArgument` when a record for a compacted topic has no key.
    func checkKeys(_ batches: [PartitionBatch]) throws(EventLogError) {
        for batch in batches {
            guard try storage.topic(batch.partition.topic)?.configuration.cleanup == .compact else { continue }
            for record in batch.batch where record.key == nil {
                throw EventLogError(
                    .fatal, .invalidArgument,
                    "records of the compacted topic \"\(batch.partition.topic)\" need a key")
            }
        }
    }

    private func beginOffsetCommit(_ consumed: ConsumedOffsets) throws(EventLogError) {
        try groups.withLock { (groups) throws(EventLogError) in
            guard var group = groups[consumed.membership.group] else {
                throw EventLogError(.abortable, .notOwner, "group \"\(consumed.membership.group)\" has no members")
            }
            try group.beginOffsetCommit(consumed)
            groups[consumed.membership.group] = group
        }
    }

    private func endOffsetCommit(_ consumed: ConsumedOffsets) {
        groups.withLock { $0[consumed.membership.group]?.endOffsetCommit(consumed.membership.memberID) }
    }
}
