public import EventLog

/// Changes that a storage makes together or not at all.
public struct StorageChange: Sendable {
    /// Entries that must be as given (a nil value: absent) for anything to happen: compare and set.
    public var guards: [MetadataEntry] = []
    /// Topics to create, or whose clean-up and retention to set; the partition count of an existing one stays.
    public var topics: [String: TopicConfiguration] = [:]
    public var deletedTopics: [String] = []
    /// New, higher partition counts of existing topics. What the topic holds is moved: the time goes with its bytes.
    public var partitionCounts: [String: Int] = [:]
    /// Batches to put at the end of their partitions, in order.
    public var appends: [PartitionBatch] = []
    /// Entries to set, or with a nil value to remove.
    public var metadata: [MetadataEntry] = []
    /// New first offsets; what lies wholly before them is removed.
    public var trims: [TopicPartition: Int64] = [:]
    public var replacements: [Replacement] = []

    /// Compaction: the batches that begin within `offsets` give way to others, placed within the same offsets.
    public struct Replacement: Sendable {
        public var partition: TopicPartition
        public var offsets: Range<Int64>
        public var batches: [RecordBatch]

        public init(partition: TopicPartition, offsets: Range<Int64>, batches: [RecordBatch]) {
            self.partition = partition
            self.offsets = offsets
            self.batches = batches
        }
    }

    public init() {}
}
