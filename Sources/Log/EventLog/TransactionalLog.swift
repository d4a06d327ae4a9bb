/// A partitioned log of bytes that any number of topics can be written to in one transaction.
///
/// All calls are synchronous and may block: they are made from threads, never from the cooperative pool.
/// A log may be used from any thread; each producer, consumer and reader is used by one thread at a time, except for
/// the functions that say otherwise (`wake`). Readers and consumers see committed records only.
public protocol TransactionalLog: Sendable {
    /// Creates `topic`, or checks that it exists as asked. Retention of an existing topic is changed to what is asked.
    /// - Throws: `topicMismatch` when it exists with another partition count or clean-up, `invalidArgument` for a name
    ///   outside `[a-zA-Z0-9._-]{1,249}` (Source: Kafka's topic names) or a count outside 1...10,000.
    func createTopic(_ topic: String, _ configuration: TopicConfiguration) throws(EventLogError)

    /// The configuration of `topic`; nil when there is no such topic.
    func topic(_ topic: String) throws(EventLogError) -> TopicConfiguration?

    /// The names of all topics, sorted.
    func topics() throws(EventLogError) -> [String]

    /// Opens the producer of `transactionalID`. Every earlier producer with the same id, in any process, is fenced: its
    /// open transaction is settled before this returns, and its next call fails with kind `fenced`.
    func makeProducer(transactionalID: String) throws(EventLogError) -> any LogProducer

    /// The same for several ids, in their order; all of them or none. A log that lets one wait for its brokers opens them side by side.
    func makeProducers(transactionalIDs: [String]) throws(EventLogError) -> [any LogProducer]

    /// A writer of records that need no transaction.
    func makeAppender() throws(EventLogError) -> any LogAppender

    /// Joins a consumer group.
    func makeConsumer(_ configuration: ConsumerConfiguration) throws(EventLogError) -> any LogConsumer

    /// Reads the given partitions from the given positions, without a group.
    func makeReader(_ positions: [TopicPartition: ReadPosition]) throws(EventLogError) -> any LogReader

    /// A reader that is closed as soon as it has come to the end, and should hear of it soon; by default as any other.
    func makeReaderToEnd(_ positions: [TopicPartition: ReadPosition]) throws(EventLogError) -> any LogReader

    /// The offset of the first record that is kept, or of the next one if there is none.
    func beginOffset(of partition: TopicPartition) throws(EventLogError) -> Int64

    /// The offset after the last committed record.
    func endOffset(of partition: TopicPartition) throws(EventLogError) -> Int64

    /// The offset of the first record with a timestamp of `timestamp` or later; nil when there is none.
    /// `timestamp` is in milliseconds since 1970 (UTC).
    func offset(of partition: TopicPartition, atOrAfter timestamp: Int64) throws(EventLogError) -> Int64?

    /// The committed offsets of `group` for those of `partitions` that have one.
    func committedOffsets(
        of group: String, for partitions: [TopicPartition]
    ) throws(EventLogError) -> [TopicPartition: Int64]

    /// Closes the log: what waits in a call returns, later calls fail with `closed`. Closing twice does nothing.
    func close()
}

extension TransactionalLog {
    public func makeReaderToEnd(
        _ positions: [TopicPartition: ReadPosition]
    ) throws(EventLogError) -> any LogReader {
        try makeReader(positions)
    }

    public func makeProducers(transactionalIDs: [String]) throws(EventLogError) -> [any LogProducer] {
        var producers: [any LogProducer] = []
        do {
            for id in transactionalIDs { producers.append(try makeProducer(transactionalID: id)) }
            return producers
        } catch {
            for producer in producers { producer.close() }
            throw error
        }
    }
}
