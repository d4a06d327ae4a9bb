import BatchStore
import EventLog
import EventLogEmbedded
import Testing

@Suite struct ReadToEndTests {
    @Test func `What comes while a topic is read to its end is there for the next reading`() throws {
        let log = BusyLog(EmbeddedLog(MemoryBatchStorage()))
        let partition = TopicPartition("definitions", 0)
        try log.createTopic("definitions", TopicConfiguration(partitions: 1))
        try log.write("a", to: partition)
        unsafe log.atNextReader = "b"
        var read: [String] = []
        let next = try log.readToEnd(partition) { read.append(String(decoding: $0.value ?? [], as: UTF8.self)) }
        #expect(read == ["a"])
        #expect(next == 1)
        let end = try log.readToEnd(partition, from: .offset(next)) {
            read.append(String(decoding: $0.value ?? [], as: UTF8.self))
        }
        #expect(read == ["a", "b"])
        #expect(end == 2)
        #expect(try log.readToEnd(partition, from: .offset(end)) { _ in Issue.record("nothing is left") } == 2)
    }
}

/// A log to which somebody writes between the question for its end and the reading.
private final class BusyLog: TransactionalLog {
    private let inner: EmbeddedLog
    /// What is written as soon as a reader is made.
    nonisolated(unsafe) var atNextReader: String?

    init(_ inner: EmbeddedLog) { self.inner = inner }

    func write(_ text: String, to partition: TopicPartition) throws(EventLogError) {
        var batch = RecordBatchBuilder()
        batch.append(key: nil, value: Array(text.utf8), timestamp: 0)
        _ = try inner.makeAppender().append([PartitionBatch(partition: partition, batch: batch.finish())])
    }

    func makeReader(_ positions: [TopicPartition: ReadPosition]) throws(EventLogError) -> any LogReader {
        if let text = unsafe atNextReader, let partition = positions.keys.first {
            unsafe atNextReader = nil
            try write(text, to: partition)
        }
        return try inner.makeReader(positions)
    }

    func createTopic(_ topic: String, _ configuration: TopicConfiguration) throws(EventLogError) {
        try inner.createTopic(topic, configuration)
    }

    func topic(_ topic: String) throws(EventLogError) -> TopicConfiguration? { try inner.topic(topic) }
    func topics() throws(EventLogError) -> [String] { try inner.topics() }
    func makeProducer(transactionalID: String) throws(EventLogError) -> any LogProducer {
        try inner.makeProducer(transactionalID: transactionalID)
    }
    func makeAppender() throws(EventLogError) -> any LogAppender { try inner.makeAppender() }
    func makeConsumer(_ configuration: ConsumerConfiguration) throws(EventLogError) -> any LogConsumer {
        try inner.makeConsumer(configuration)
    }
    func beginOffset(of partition: TopicPartition) throws(EventLogError) -> Int64 {
        try inner.beginOffset(of: partition)
    }
    func endOffset(of partition: TopicPartition) throws(EventLogError) -> Int64 { try inner.endOffset(of: partition) }
    func offset(of partition: TopicPartition, atOrAfter timestamp: Int64) throws(EventLogError) -> Int64? {
        try inner.offset(of: partition, atOrAfter: timestamp)
    }
    func committedOffsets(
        of group: String, for partitions: [TopicPartition]
    ) throws(EventLogError) -> [TopicPartition: Int64] {
        try inner.committedOffsets(of: group, for: partitions)
    }
    func close() { inner.close() }
}
