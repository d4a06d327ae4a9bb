import EventLog
import EventLogConformance
import EventLogKafka
import Foundation
import Testing

/// Logs on brokers that run elsewhere; each log has names that nobody else has used.
struct ExternalBrokerHarness: LogHarness {
    /// `STEPLOG_KAFKA_BOOTSTRAP`: the brokers, separated by commas.
    static let brokers = ProcessInfo.processInfo.environment["STEPLOG_KAFKA_BOOTSTRAP"]?.split(separator: ",")
        .map(String.init)

    func makeLog() throws -> any TransactionalLog {
        try KafkaLog(
            KafkaConfiguration(
                brokers: Self.brokers ?? [], namePrefix: "test.\(UUID().uuidString).", replicationFactor: 1,
                recordBytesMax: 1_000_000))
    }

    func restart(_ log: any TransactionalLog) throws -> any TransactionalLog {
        let old = try #require(log as? KafkaLog)
        old.close()
        return try KafkaLog(old.configuration)
    }

    func compact(_ log: any TransactionalLog, _ partition: TopicPartition, at now: Int64) throws {
        try #require(Bool(false), "a broker compacts when it wants to")
    }
}

@Suite(
    "The log on brokers that run elsewhere",
    .enabled(if: ExternalBrokerHarness.brokers != nil, "STEPLOG_KAFKA_BOOTSTRAP names no broker"))
struct ExternalBrokerTests {
    /// What a broker that is not ours can't be made to do.
    private static let cases = ConformanceCase.all.filter { !$0.description.hasPrefix("Compaction leaves") }

    @Test("Conformance", arguments: cases)
    func conformance(_ conformanceCase: ConformanceCase) throws {
        try conformanceCase.run(on: ExternalBrokerHarness())
    }
}
