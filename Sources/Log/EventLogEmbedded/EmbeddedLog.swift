public import BatchStore
public import EventLog
import Synchronization

/// The log inside the process: topics, producers and consumer groups over a `BatchStorage`.
///
/// Groups live in memory, since all members are in this process. Producer epochs and committed offsets are in the
/// storage's metadata and change in the same step as the records.
public final class EmbeddedLog: TransactionalLog {
    let storage: any BatchStorage
    let faults: FaultInjector?
    let subscriptions = Subscriptions()
    let groups: Mutex<[String: Group]> = Mutex([:])
    let compactions = Mutex(CompactionHistory())
    /// Time since any fixed moment; does not run while the machine sleeps.
    let elapsed: @Sendable () -> Duration
    private let isClosed = Atomic<Bool>(false)
    private let memberCount = Atomic<Int>(0)

    /// - Parameters:
    ///   - faults: what goes wrong, in tests.
    ///   - elapsed: the clock of poll intervals; the machine's unless a test brings its own.
    public init(
        _ storage: any BatchStorage, faults: FaultInjector? = nil,
        elapsed: @escaping @Sendable () -> Duration = EmbeddedLog.machineClock()
    ) {
        self.storage = storage
        self.faults = faults
        self.elapsed = elapsed
    }

    /// The time since this call.
    public static func machineClock() -> @Sendable () -> Duration {
        let start = SuspendingClock.now
        return { SuspendingClock.now - start }
    }

    public func createTopic(_ topic: String, _ configuration: TopicConfiguration) throws(EventLogError) {
        try checkOpen()
        try configuration.validate(asTopic: topic)
        if let existing = try storage.topic(topic)?.configuration {
            try existing.requireMatch(configuration, ofTopic: topic)
            if existing == configuration { return }
        }
        var change = StorageChange()
        change.topics[topic] = configuration
        _ = try storage.apply(change)
        if let created = try storage.topic(topic)?.configuration {
            try created.requireMatch(configuration, ofTopic: topic)
        }
        groups.withLock { groups in
            for name in Array(groups.keys) { groups[name]?.topicsChanged(partitionCounts: partitionCounts()) }
        }
    }

    public func topic(_ topic: String) throws(EventLogError) -> TopicConfiguration? {
        try checkOpen()
        return try storage.topic(topic)?.configuration
    }

    public func topics() throws(EventLogError) -> [String] {
        try checkOpen()
        return try storage.topics().map(\.name)
    }

    public func makeProducer(transactionalID: String) throws(EventLogError) -> any LogProducer {
        try checkOpen()
        return try EmbeddedProducer(self, transactionalID: transactionalID)
    }

    public func makeAppender() throws(EventLogError) -> any LogAppender {
        try checkOpen()
        return EmbeddedAppender(self)
    }

    public func makeConsumer(_ configuration: ConsumerConfiguration) throws(EventLogError) -> any LogConsumer {
        try checkOpen()
        return try EmbeddedConsumer(self, configuration)
    }

    public func makeReader(_ positions: [TopicPartition: ReadPosition]) throws(EventLogError) -> any LogReader {
        try checkOpen()
        return try EmbeddedReader(self, positions)
    }

    public func beginOffset(of partition: TopicPartition) throws(EventLogError) -> Int64 {
        try storage.extent(of: partition).lowerBound
    }

    public func endOffset(of partition: TopicPartition) throws(EventLogError) -> Int64 {
        try storage.extent(of: partition).upperBound
    }

    public func offset(
        of partition: TopicPartition, atOrAfter timestamp: Int64
    ) throws(EventLogError) -> Int64? {
        try storage.offset(of: partition, atOrAfter: timestamp)
    }

    public func committedOffsets(
        of group: String, for partitions: [TopicPartition]
    ) throws(EventLogError) -> [TopicPartition: Int64] {
        var offsets: [TopicPartition: Int64] = [:]
        for partition in partitions {
            offsets[partition] = try MetadataKey.number(storage.metadata(MetadataKey.offset(group, partition)))
        }
        return offsets
    }

    public func close() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        groups.withLock { groups in
            for group in groups.values { group.signalAll() }
        }
        subscriptions.signalAll()
        storage.close()
    }

    /// Tells who waits for records that another has appended some to these partitions of the same storage.
    public func recordsArrived(in partitions: Set<TopicPartition>) {
        subscriptions.recordsArrived(in: partitions)
    }

    /// - Throws: `closed`.
    func checkOpen() throws(EventLogError) {
        if isClosed.load(ordering: .acquiring) { throw EventLogError(.fatal, .closed, "the log is closed") }
    }

    /// Where `position` is in `partition` now.
    func resolve(_ position: ReadPosition, in partition: TopicPartition) throws(EventLogError) -> Int64 {
        let extent = try storage.extent(of: partition)
        switch position {
        case .beginning: return extent.lowerBound
        case .end: return extent.upperBound
        case .offset(let offset): return offset
        case .time(let timestamp):
            return try storage.offset(of: partition, atOrAfter: timestamp) ?? extent.upperBound
        }
    }

    /// A name for one more member of `group`.
    func newMemberID(_ group: String) -> String {
        let number = memberCount.add(1, ordering: .relaxed).newValue
        return "\(group)-\(String(repeating: "0", count: max(0, 6 - String(number).count)))\(number)"
    }

    /// Reads from each of `places`, about `bytesMax` together and at least one batch if there is one. A place where there
    /// is nothing to deliver any more (compaction) is returned with its next offset and no batch.
    func fetch(
        _ places: [(partition: TopicPartition, offset: Int64)], bytesMax: Int
    ) throws(EventLogError) -> [PartitionRecords] {
        var records: [PartitionRecords] = []
        var remaining = bytesMax
        for place in places where remaining > 0 {
            let end = try storage.extent(of: place.partition).upperBound
            if place.offset == end { continue }
            var batches = try storage.read(place.partition, from: place.offset, bytesMax: remaining)
            let next = batches.last?.endOffset ?? end
            for batch in batches where batch.header.isCompressed && !batch.header.isControl {
                throw EventLogError(
                    .fatal, .unsupported,
                    "the batch at offset \(batch.baseOffset) of \(place.partition) is compressed, "
                        + "which the embedded log does not read")
            }
            remaining -= batches.reduce(0) { $0 + $1.bytes.count }
            batches.removeAll { batch in batch.header.isControl || batch.count == 0 }
            records.append(PartitionRecords(partition: place.partition, batches: batches, nextOffset: next))
        }
        return records
    }

    /// How many partitions each topic has.
    func partitionCounts() -> [String: Int] {
        guard let topics = try? storage.topics() else { return [:] }
        return Dictionary(uniqueKeysWithValues: topics.map { ($0.name, $0.configuration.partitions) })
    }
}
