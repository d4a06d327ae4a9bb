/// Records for several partitions, and the offsets they were made from: all of it happens, or none.
///
/// A transaction is a value. After an error of kind `retriable` or `abortable` the same one can be committed again.
public struct Transaction: Sendable {
    /// At most one batch a partition, in the order in which the partitions were first written.
    public private(set) var batches: [PartitionBatch]
    /// What was consumed to make the records, if a consumer group is behind them.
    public var consumed: ConsumedOffsets?

    public init(consumed: ConsumedOffsets? = nil) {
        batches = []
        self.consumed = consumed
    }

    /// Nothing to write and nothing consumed.
    public var isEmpty: Bool { batches.isEmpty && (consumed?.offsets.isEmpty ?? true) }

    /// Adds the records of one partition. An empty batch adds nothing.
    ///
    /// There can be one batch a partition: adding a second one for the same partition is a programming error.
    public mutating func append(_ batch: RecordBatch, to partition: TopicPartition) {
        guard batch.count > 0 else { return }
        precondition(
            !batches.contains { $0.partition == partition },
            "a transaction holds one batch a partition: put all records of a partition into one builder")
        batches.append(PartitionBatch(partition: partition, batch: batch))
    }
}

/// The records that a transaction or an append puts on one partition.
public struct PartitionBatch: Sendable {
    public var partition: TopicPartition
    public var batch: RecordBatch

    public init(partition: TopicPartition, batch: RecordBatch) {
        self.partition = partition
        self.batch = batch
    }
}

/// How far a member of a consumer group has come.
public struct ConsumedOffsets: Sendable, Equatable {
    /// Who consumed: lets the log refuse a member that has lost the partitions. From `LogConsumer.membership`.
    public var membership: GroupMembership
    /// The offset of the next record to read, for each partition.
    public var offsets: [TopicPartition: Int64]

    public init(membership: GroupMembership, offsets: [TopicPartition: Int64]) {
        self.membership = membership
        self.offsets = offsets
    }
}

/// A consumer's place in its group at one moment. Source: Kafka's consumer group metadata (KIP-447).
public struct GroupMembership: Sendable, Hashable {
    public var group: String
    public var memberID: String
    /// Grows with every rebalance.
    public var generation: Int

    public init(group: String, memberID: String, generation: Int) {
        self.group = group
        self.memberID = memberID
        self.generation = generation
    }
}

/// Where the records of a commit or append ended up.
public struct CommitReceipt: Sendable, Equatable {
    /// The offsets given to each batch, in the order of the batches.
    public var ranges: [PartitionRange]

    public init(ranges: [PartitionRange]) {
        self.ranges = ranges
    }

    /// The offsets given to the batch of `partition`, if there was one.
    public func range(of partition: TopicPartition) -> Range<Int64>? {
        ranges.first { $0.partition == partition }?.offsets
    }
}

/// Some offsets of one partition.
public struct PartitionRange: Sendable, Equatable {
    public var partition: TopicPartition
    public var offsets: Range<Int64>

    public init(partition: TopicPartition, offsets: Range<Int64>) {
        self.partition = partition
        self.offsets = offsets
    }
}
