import ArgumentParser
import Foundation
import PartitionProcessor
import Terminal

/// Which brokers are asked, and how: flags, above the environment, above the configuration's file.
struct BrokerOptions: ParsableArguments {
    @Option(
        name: [.long, .customLong("kafka-bootstrap")], help: "The first brokers to ask, host:port, separated by commas."
    )
    var brokers: String?

    @Option(help: "What the names of topics begin with; steplog unless given.")
    var prefix: String?

    @Option(
        name: [.long, .customLong("kafka-property")],
        help: "A setting of librdkafka, NAME=VALUE, e.g. security.protocol=ssl; may be repeated.")
    var property: [String] = []

    @Option(help: "Settings of Kafka, in YAML, as for steplog server.")
    var config: String?

    /// What holds.
    struct Settings {
        /// Empty where nothing names one.
        var brokers: [String]
        var properties: [String: String]
        var names: TopicNames
        /// Nil where nothing says.
        var recordBytesMax: Int?

        /// - Throws: `BadInput` when there is none.
        func requireBrokers(orElse other: String = "") throws(BadInput) -> [String] {
            guard brokers.isEmpty else { return brokers }
            throw BadInput(
                "There is no broker to ask: give \(other)--brokers HOST:PORT, or kafka.brokers in the configuration.")
        }
    }

    /// - Throws: `BadInput` for a configuration or a property that can't be used.
    func settings() throws(BadInput) -> Settings {
        let kafka = try SteplogConfiguration(file: config, environment: ProcessInfo.processInfo.environment).kafka
        return Settings(
            brokers: brokers.map { $0.split(separator: ",").map(String.init) } ?? kafka.brokers,
            properties: kafka.properties.merging(try KafkaProperties.parse(property)) { $1 },
            names: TopicNames(prefix: prefix ?? kafka.prefix ?? "steplog"), recordBytesMax: kafka.recordBytesMax)
    }
}
