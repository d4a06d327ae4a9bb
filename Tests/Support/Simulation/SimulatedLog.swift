import EventLog
import EventLogEmbedded
import Synchronization

/// The log as one process sees it: the embedded log, with places to stop at.
final class SimulatedLog: TransactionalLog {
    let inner: EmbeddedLog
    let process: SimulatedProcess
    let drama: Drama
    /// Where a gateway's appends wait.
    private let gate: AppendGate?

    init(_ inner: EmbeddedLog, _ process: SimulatedProcess, _ drama: Drama, gate: AppendGate? = nil) {
        self.gate = gate
        self.inner = inner
        self.process = process
        self.drama = drama
    }

    func createTopic(_ topic: String, _ configuration: TopicConfiguration) throws(EventLogError) {
        try inner.createTopic(topic, configuration)
    }

    func topic(_ topic: String) throws(EventLogError) -> TopicConfiguration? { try inner.topic(topic) }

    func topics() throws(EventLogError) -> [String] { try inner.topics() }

    func makeProducer(transactionalID: String) throws(EventLogError) -> any LogProducer {
        try process.checkAlive()
        return SimulatedProducer(try inner.makeProducer(transactionalID: transactionalID), self)
    }

    func makeAppender() throws(EventLogError) -> any LogAppender {
        let appender = try inner.makeAppender()
        return gate.map { SimulatedAppender(appender, $0) } ?? appender
    }

    func makeConsumer(_ configuration: ConsumerConfiguration) throws(EventLogError) -> any LogConsumer {
        try process.checkAlive()
        let consumer = SimulatedConsumer(try inner.makeConsumer(configuration), self)
        process.consumer = consumer.inner
        return consumer
    }

    func makeReader(_ positions: [TopicPartition: ReadPosition]) throws(EventLogError) -> any LogReader {
        try process.checkAlive()
        return SimulatedReader(try inner.makeReader(positions), self)
    }

    func beginOffset(of partition: TopicPartition) throws(EventLogError) -> Int64 {
        try inner.beginOffset(of: partition)
    }

    func endOffset(of partition: TopicPartition) throws(EventLogError) -> Int64 {
        try process.checkAlive()
        return try inner.endOffset(of: partition)
    }

    func offset(of partition: TopicPartition, atOrAfter timestamp: Int64) throws(EventLogError) -> Int64? {
        try inner.offset(of: partition, atOrAfter: timestamp)
    }

    func committedOffsets(
        of group: String, for partitions: [TopicPartition]
    ) throws(EventLogError) -> [TopicPartition: Int64] {
        try inner.committedOffsets(of: group, for: partitions)
    }

    func close() {}
}

/// A producer whose commits may take long, and whose process may die before or after them.
private final class SimulatedProducer: LogProducer {
    private let inner: any LogProducer
    private let log: SimulatedLog

    init(_ inner: any LogProducer, _ log: SimulatedLog) {
        self.inner = inner
        self.log = log
    }

    var transactionalID: String { inner.transactionalID }

    func commit(_ transaction: Transaction) throws(EventLogError) -> CommitReceipt {
        try log.process.checkAlive()
        if log.drama.stopsBeforeCommit() { _ = try log.process.park(.commit) }
        let receipt = try noted(transaction)
        if log.drama.stopsAfterCommit() { _ = try log.process.park(.commit) }
        return receipt
    }

    /// Commits, and notes who has written, before anybody looks at the log. An error does not say that nothing was written: the log
    /// itself does.
    private func noted(_ transaction: Transaction) throws(EventLogError) -> CommitReceipt {
        let place = transaction.batches.first?.partition
        let end = try place.map { partition throws(EventLogError) in try log.inner.endOffset(of: partition) }
        defer {
            if let place, let now = try? log.inner.endOffset(of: place), now != end {
                log.drama.noteCommit(transaction, by: log.process)
            }
        }
        return try inner.commit(transaction)
    }

    func close() { inner.close() }
}

/// A member of a group that waits for the director instead of for time.
private final class SimulatedConsumer: LogConsumer {
    let inner: any LogConsumer
    private let log: SimulatedLog

    init(_ inner: any LogConsumer, _ log: SimulatedLog) {
        self.inner = inner
        self.log = log
    }

    var membership: GroupMembership { inner.membership }
    var assignment: [TopicPartition] { inner.assignment }

    func poll(timeout: Duration) throws(EventLogError) -> PollResult {
        let answer = try log.process.park(.poll(inner, until: log.drama.time(after: timeout)))
        guard case .polled(let result) = answer else { return PollResult() }
        return result
    }

    func pause(_ partitions: [TopicPartition]) { inner.pause(partitions) }
    func resume(_ partitions: [TopicPartition]) { inner.resume(partitions) }

    func seek(_ partition: TopicPartition, to offset: Int64) throws(EventLogError) {
        try inner.seek(partition, to: offset)
    }

    func position(of partition: TopicPartition) -> Int64? { inner.position(of: partition) }

    func commit(_ offsets: [TopicPartition: Int64]) throws(EventLogError) {
        try log.process.checkAlive()
        try inner.commit(offsets)
    }

    func wake() { inner.wake() }

    /// A dead process leaves its group without a word; the group finds out later.
    func close() {
        if !log.process.isKilled { inner.close() }
    }
}

/// A reader. What is there is had at once by lanes and workers; gateway and projection wait for their turn.
private final class SimulatedReader: LogReader {
    private let inner: any LogReader
    private let log: SimulatedLog

    init(_ inner: any LogReader, _ log: SimulatedLog) {
        self.inner = inner
        self.log = log
    }

    func read(timeout: Duration) throws(EventLogError) -> [PartitionRecords] {
        try log.process.checkAlive()
        guard log.process.hasBegun else { return try inner.read(timeout: .zero) }
        let answer = try log.process.park(.read(inner, until: log.drama.time(after: timeout)))
        guard case .read(let records) = answer else { return [] }
        return records
    }

    func position(of partition: TopicPartition) -> Int64? { inner.position(of: partition) }

    func seek(_ partition: TopicPartition, to position: ReadPosition) throws(EventLogError) {
        try inner.seek(partition, to: position)
    }

    func wake() { inner.wake() }
    func close() { inner.close() }
}
