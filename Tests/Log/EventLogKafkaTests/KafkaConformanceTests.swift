import BatchStore
import EventLog
import EventLogConformance
import EventLogEmbedded
import EventLogKafka
import KafkaTesting
import Testing

/// Logs on a broker in this process, each on one of its own.
final class KafkaHarness: LogHarness {
    private let broker: TestBroker

    init() throws { broker = try TestBroker() }

    func makeLog() throws -> any TransactionalLog { try KafkaLog(broker.configuration) }

    func restart(_ log: any TransactionalLog) throws -> any TransactionalLog {
        log.close()
        return try KafkaLog(broker.configuration)
    }

    /// The broker compacts by the machine's clock; here its records are compacted beneath it, as of any time.
    func compact(_ log: any TransactionalLog, _ partition: TopicPartition, at now: Int64) throws {
        try EmbeddedLog(broker.storage).compact(partition, at: now)
        try keepEnd(of: partition)
    }

    /// As Kafka does: where the last records went, an empty batch stays, by which readers find the end.
    private func keepEnd(of partition: TopicPartition) throws {
        let extent = try broker.storage.extent(of: partition)
        var offset = extent.lowerBound
        while let last = try broker.storage.read(partition, from: offset, bytesMax: 1 << 20).last {
            offset = last.endOffset
        }
        guard offset < extent.upperBound else { return }
        var change = StorageChange()
        var empty = RecordBatchBuilder()
        change.replacements = [
            .init(
                partition: partition, offsets: extent.upperBound - 1..<extent.upperBound,
                batches: [empty.finish().placed(at: extent.upperBound - 1)])
        ]
        _ = try broker.storage.apply(change)
    }
}

@Suite("The log on Kafka")
struct KafkaConformanceTests {
    @Test("Conformance", arguments: ConformanceCase.all)
    func conformance(_ conformanceCase: ConformanceCase) throws {
        #expect(throws: Never.self) { try conformanceCase.run(on: KafkaHarness()) }
    }
}
