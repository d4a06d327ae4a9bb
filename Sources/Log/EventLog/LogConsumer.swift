/// A member of a consumer group.
///
/// The group's partitions are divided among its members by range, topic by topic: members that subscribe to topics with
/// equal partition counts get the same partition numbers of each. `poll` tells what came and what goes.
public protocol LogConsumer: AnyObject, Sendable {
    /// What `ConsumedOffsets` needs. Changes only within `poll`.
    var membership: GroupMembership { get }

    /// The partitions that this member owns, those being revoked included.
    var assignment: [TopicPartition] { get }

    /// Waits until there is something to tell, at most `timeout`. Returns at once when records arrive, when ownership changes
    /// and when `wake` was called. `timeout` zero looks and returns.
    ///
    /// - A result that names `revoked` partitions holds no records. They stay owned until the next `poll`, which gives
    ///   them up: commit what is open before it.
    /// - `lost` partitions are gone already; committing their offsets fails.
    /// - `assigned` partitions deliver from the next `poll` on, starting at the group's committed offset, or
    ///   at `ConsumerConfiguration.start` without one: `seek` or `pause` them before it.
    /// - Throws: `offsetOutOfRange` when the next record of a partition is gone (retention): `seek` to go on.
    func poll(timeout: Duration) throws(EventLogError) -> PollResult

    /// Stops delivering from `partitions` until `resume`. Ownership and position stay.
    func pause(_ partitions: [TopicPartition])

    /// Delivers from `partitions` again.
    func resume(_ partitions: [TopicPartition])

    /// The next record to deliver from an owned partition.
    /// - Throws: `notOwner`.
    func seek(_ partition: TopicPartition, to offset: Int64) throws(EventLogError)

    /// The offset of the next record to deliver; nil for a partition not owned.
    func position(of partition: TopicPartition) -> Int64?

    /// Commits offsets outside a transaction.
    /// - Throws: `notOwner` when a partition is not this member's any more; nothing is committed then.
    func commit(_ offsets: [TopicPartition: Int64]) throws(EventLogError)

    /// Makes the `poll` under way, or else the next one, return at once. From any thread.
    func wake()

    /// Leaves the group: its partitions go to the others at once.
    func close()
}

/// How a consumer joins its group.
public struct ConsumerConfiguration: Sendable {
    public var group: String
    public var topics: [String]
    /// A name that lets a restarted member take its old place (static membership); nil for none. Unique in the group.
    public var instanceID: String?
    /// Where to begin in a partition without a committed offset.
    public var start: ReadPosition
    /// About how many bytes of batches one `poll` returns at most; at least one batch comes whatever its size.
    public var pollBytesMax: Int
    /// How long a process may be silent before its members are taken for dead. The implementation keeps in touch by itself
    /// (the embedded log, whose members die with it, has no use for this).
    public var sessionTimeout: Duration
    /// How long a member may take from one `poll` to the next before its partitions go to others: a thread that is stuck.
    public var pollIntervalMax: Duration

    public init(
        group: String, topics: [String], instanceID: String? = nil, start: ReadPosition = .beginning,
        pollBytesMax: Int = 1 << 20, sessionTimeout: Duration = .seconds(6), pollIntervalMax: Duration = .seconds(300)
    ) {
        self.group = group
        self.topics = topics
        self.instanceID = instanceID
        self.start = start
        self.pollBytesMax = pollBytesMax
        self.sessionTimeout = sessionTimeout
        self.pollIntervalMax = pollIntervalMax
    }
}

/// What a `poll` has to tell.
public struct PollResult: Sendable {
    /// Partitions that the next `poll` gives up.
    public var revoked: [TopicPartition]
    /// Partitions that are gone already.
    public var lost: [TopicPartition]
    /// Partitions that are this member's from now on.
    public var assigned: [TopicPartition]
    /// Records, at most one element a partition.
    public var records: [PartitionRecords]
    /// Whether a `wake` was answered.
    public var isWoken: Bool

    public init(
        revoked: [TopicPartition] = [], lost: [TopicPartition] = [], assigned: [TopicPartition] = [],
        records: [PartitionRecords] = [], isWoken: Bool = false
    ) {
        self.revoked = revoked
        self.lost = lost
        self.assigned = assigned
        self.records = records
        self.isWoken = isWoken
    }

    /// Nothing happened before the timeout.
    public var isEmpty: Bool {
        revoked.isEmpty && lost.isEmpty && assigned.isEmpty && records.isEmpty && !isWoken
    }
}

/// Consecutive records of one partition.
public struct PartitionRecords: Sendable {
    public var partition: TopicPartition
    /// In order of offset. Records before the asked position are already left out.
    public var batches: [RecordBatch]
    /// The offset to go on from: after the last record, and after what compaction removed behind it.
    public var nextOffset: Int64

    public init(partition: TopicPartition, batches: [RecordBatch], nextOffset: Int64) {
        self.partition = partition
        self.batches = batches
        self.nextOffset = nextOffset
    }
}
