import BatchStore
import EventLog
import EventLogEmbedded
import Testing

@Suite("Retention and compaction")
struct MaintenanceTests {
    private let partition = TopicPartition("t", 0)

    private func makeLog(_ configuration: TopicConfiguration) throws -> EmbeddedLog {
        let log = EmbeddedLog(MemoryBatchStorage())
        try log.createTopic("t", configuration)
        return log
    }

    private func append(_ log: EmbeddedLog, key: String, timestamps: [Int64]) throws {
        var builder = RecordBatchBuilder()
        for timestamp in timestamps { builder.append(key: Array(key.utf8), value: [1], timestamp: timestamp) }
        _ = try log.makeAppender().append([PartitionBatch(partition: partition, batch: builder.finish())])
    }

    @Test("Records older than the topic's retention go, in the middle of a batch too")
    func retention() throws {
        let log = try makeLog(TopicConfiguration(partitions: 1, retention: .seconds(10)))
        try append(log, key: "k", timestamps: [1_000, 2_000])
        try append(log, key: "k", timestamps: [3_000, 20_000])
        try log.maintain(at: 11_000)
        #expect(try log.beginOffset(of: partition) == 0)
        try log.maintain(at: 14_000)
        #expect(try log.beginOffset(of: partition) == 3)
        var offsets: [Int64] = []
        try log.readToEnd(partition) { offsets.append($0.offset) }
        #expect(offsets == [3])
        try log.maintain(at: 100_000)
        #expect(try log.beginOffset(of: partition) == 4)
        #expect(try log.endOffset(of: partition) == 4)
    }

    @Test("Who reads what retention took is told, and can go on from the beginning")
    func readerFellBehind() throws {
        let log = try makeLog(TopicConfiguration(partitions: 1, retention: .seconds(10)))
        try append(log, key: "k", timestamps: [1_000, 2_000, 20_000])
        let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["t"]))
        _ = try consumer.poll(timeout: .zero)
        try log.maintain(at: 25_000)
        let error = #expect(throws: EventLogError.self) { try consumer.poll(timeout: .zero) }
        #expect(error?.code == .offsetOutOfRange)
        try consumer.seek(partition, to: try log.beginOffset(of: partition))
        #expect(try consumer.poll(timeout: .zero).records.first?.nextOffset == 3)
    }

    @Test("Maintenance on its own thread comes round by itself and stops with the log")
    func thread() throws {
        let log = try makeLog(TopicConfiguration(partitions: 1, retention: .seconds(10)))
        try append(log, key: "k", timestamps: [1_000])
        let thread = MaintenanceThread(log, every: .milliseconds(1), now: { 1_000_000 }, report: { _ in })
        defer { thread.stop() }
        let deadline = ContinuousClock.now + .seconds(20)
        while try log.beginOffset(of: partition) == 0, ContinuousClock.now < deadline {
            _ = try log.makeReader([partition: .end]).read(timeout: .milliseconds(1))
        }
        #expect(try log.beginOffset(of: partition) == 1)
        log.close()
    }

    @Test("A topic without retention keeps everything")
    func noRetention() throws {
        let log = try makeLog(TopicConfiguration(partitions: 1))
        try append(log, key: "k", timestamps: [1_000])
        try log.maintain(at: .max / 2)
        #expect(try log.beginOffset(of: partition) == 0)
    }

    @Test("A compacted partition is compacted when as many records are new as were left")
    func compactionIsDue() throws {
        let log = try makeLog(TopicConfiguration(partitions: 1, cleanup: .compact))
        func count() throws -> Int {
            var count = 0
            try log.readToEnd(partition) { _ in count += 1 }
            return count
        }
        for round in 0..<2 {
            for key in 0..<499 { try append(log, key: "\(key)", timestamps: [Int64(round)]) }
        }
        try log.maintain(at: 0)
        #expect(try count() == 998)
        try append(log, key: "a", timestamps: [5, 6])
        try log.maintain(at: 0)
        #expect(try count() == 500)
        try append(log, key: "a", timestamps: [7])
        try log.maintain(at: 0)
        #expect(try count() == 501)
    }

    @Test("A reader that stands in what compaction removed goes on behind it")
    func readerInGap() throws {
        let log = try makeLog(TopicConfiguration(partitions: 1, cleanup: .compact))
        for _ in 0..<10 { try append(log, key: "a", timestamps: [1]) }
        let reader = try log.makeReader([partition: .offset(4)])
        try log.compact(partition, at: 0)
        let records = try reader.read(timeout: .zero).flatMap(\.batches).flatMap { Array($0) }
        #expect(records.map(\.offset) == [9])
        #expect(reader.position(of: partition) == 10)
    }
}
