public import EventLog
import Synchronization

/// A storage that tells others when records were appended: for two who stand on the same one.
public final class ObservedStorage: BatchStorage {
    private let storage: any BatchStorage
    private let observers = Mutex<[@Sendable (Set<TopicPartition>) -> Void]>([])

    public init(_ storage: any BatchStorage) {
        self.storage = storage
    }

    /// From now on `observer` is told of every partition that gets records, by the thread that appended them.
    public func observe(_ observer: @escaping @Sendable (Set<TopicPartition>) -> Void) {
        observers.withLock { $0.append(observer) }
    }

    public func apply(_ change: StorageChange) throws(EventLogError) -> StorageOutcome {
        let outcome = try storage.apply(change)
        if case .applied = outcome, !change.appends.isEmpty {
            let partitions = Set(change.appends.map(\.partition))
            for observer in observers.withLock({ $0 }) { observer(partitions) }
        }
        return outcome
    }

    public func topics() throws(EventLogError) -> [StoredTopic] { try storage.topics() }
    public func topic(_ name: String) throws(EventLogError) -> StoredTopic? { try storage.topic(name) }

    public func extent(of partition: TopicPartition) throws(EventLogError) -> Range<Int64> {
        try storage.extent(of: partition)
    }

    public func read(
        _ partition: TopicPartition, from offset: Int64, bytesMax: Int
    ) throws(EventLogError) -> [RecordBatch] {
        try storage.read(partition, from: offset, bytesMax: bytesMax)
    }

    public func offset(
        of partition: TopicPartition, atOrAfter timestamp: Int64
    ) throws(EventLogError) -> Int64? {
        try storage.offset(of: partition, atOrAfter: timestamp)
    }

    public func metadata(_ key: String) throws(EventLogError) -> [UInt8]? { try storage.metadata(key) }

    public func metadata(prefix: String) throws(EventLogError) -> [MetadataEntry] {
        try storage.metadata(prefix: prefix)
    }

    public func close() { storage.close() }
}
