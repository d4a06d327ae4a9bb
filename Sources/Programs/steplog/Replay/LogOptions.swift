import ArgumentParser
import EventLogKafka
import LogReplay
import PartitionProcessor
import Terminal

/// Which log a command reads.
struct LogOptions: ParsableArguments {
    @Option(help: "The log: the SQLite file of dev or run, also while that runs, or a file that steplog export wrote.")
    var log: String?

    @Option(help: "The log is on Kafka: its first brokers, host:port, separated by commas.")
    var kafkaBootstrap: String?

    @Option(help: "A setting of librdkafka, NAME=VALUE, e.g. security.protocol=ssl; may be repeated.")
    var kafkaProperty: [String] = []

    @Option(help: "What the names of topics begin with; else steplog, or what the export says.")
    var prefix: String?

    /// True when a log was named.
    var isGiven: Bool { log != nil || kafkaBootstrap != nil }

    /// - Throws: `BadInput` for wrong use, `EventLogError` or `ExportError` for a log that can't be read.
    func open() throws -> OpenedLog {
        switch (log, kafkaBootstrap) {
        case (let log?, nil): return try OpenedLog(file: log, prefix: prefix)
        case (nil, let brokers?):
            return try OpenedLog(kafka: configuration(brokers), names: TopicNames(prefix: prefix ?? "steplog"))
        case (nil, nil): throw BadInput("Which log? Give --log FILE or --kafka-bootstrap HOST:PORT.")
        case (_?, _?): throw BadInput("--log and --kafka-bootstrap: one log at a time.")
        }
    }

    private func configuration(_ brokers: String) throws -> KafkaConfiguration {
        KafkaConfiguration(
            brokers: brokers.split(separator: ",").map(String.init),
            properties: try KafkaProperties.parse(kafkaProperty), patience: .seconds(10))
    }
}
