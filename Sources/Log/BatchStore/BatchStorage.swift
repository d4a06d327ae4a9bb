public import EventLog

/// Partitions of record batches and a table of metadata, changed atomically, owned by one process.
///
/// It gives out offsets and keeps bytes. What producers, groups and transactions are is for those who stand on it
/// (the embedded log, the Kafka listener): they keep their state in the metadata. All calls may block; all may come from any thread.
public protocol BatchStorage: Sendable {
    /// All topics, by name.
    func topics() throws(EventLogError) -> [StoredTopic]

    /// The topic called `name`.
    func topic(_ name: String) throws(EventLogError) -> StoredTopic?

    /// Does all of `change` or, when a guard does not hold, nothing.
    /// - Throws: `storageFull` (retriable, nothing happened), `unknownTopic`, `tooLarge`, and what the device says.
    func apply(_ change: StorageChange) throws(EventLogError) -> StorageOutcome

    /// The offsets from the first one kept to the next one to be given out.
    func extent(of partition: TopicPartition) throws(EventLogError) -> Range<Int64>

    /// Batches that hold offsets from `offset` on, as many as fit `bytesMax` and at least one; the first begins at `offset`.
    /// Empty at the end of the partition and when nothing is left from `offset` to the end.
    /// - Throws: `offsetOutOfRange`.
    func read(_ partition: TopicPartition, from offset: Int64, bytesMax: Int) throws(EventLogError) -> [RecordBatch]

    /// The offset of the first kept record whose timestamp is `timestamp` or later (of a compressed batch, its first).
    func offset(of partition: TopicPartition, atOrAfter timestamp: Int64) throws(EventLogError) -> Int64?

    /// The value under `key`.
    func metadata(_ key: String) throws(EventLogError) -> [UInt8]?

    /// All entries whose key begins with `prefix`, by key.
    func metadata(prefix: String) throws(EventLogError) -> [MetadataEntry]

    /// Lets go of the storage; later calls fail with `closed`.
    func close()
}

/// A topic as stored.
public struct StoredTopic: Sendable, Equatable {
    public var name: String
    public var configuration: TopicConfiguration
    /// The storage's number for partition 0; the others follow.
    public var firstPartitionID: Int64

    /// The storage's number for `partition`; nil when the topic has no such partition.
    func partitionID(_ partition: Int) -> Int64? {
        (0..<configuration.partitions).contains(partition) ? firstPartitionID + Int64(partition) : nil
    }
}

/// One row of the metadata table. A nil value, where one is allowed, means that there is no such row.
public struct MetadataEntry: Sendable, Equatable {
    public var key: String
    public var value: [UInt8]?

    public init(_ key: String, _ value: [UInt8]?) {
        self.key = key
        self.value = value
    }
}

/// What happened to a change.
public enum StorageOutcome: Sendable, Equatable {
    /// The offsets of each appended batch, in the order of the change.
    case applied([Range<Int64>])
    /// The first guard that did not hold. Nothing was changed.
    case refused(MetadataEntry)
}
