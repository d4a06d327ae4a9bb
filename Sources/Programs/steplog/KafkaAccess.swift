import ArgumentParser
import BatchStore
import EventLogEmbedded
import KafkaListener
import PartitionProcessor
import Terminal

/// Lets Kafka clients at the log of a running Steplog.
struct KafkaAccess: ParsableArguments {
    @Option(
        help: "Let Kafka clients read the log on this port: kcat -b 127.0.0.1:9092 -t steplog.events. Off unless given."
    )
    var kafkaPort: Int?

    @Option(help: "The address for Kafka clients; whoever reaches it can read everything, there is no password.")
    var kafkaHost: String = "127.0.0.1"

    @Flag(help: "Let Kafka clients also write to Steplog's own topics. They can always have topics of their own.")
    var kafkaWrites = false

    /// The listener, if one is wanted.
    /// - Throws: `BadInput` for a port or address that can't be had.
    func serve(
        _ storage: ObservedStorage, _ log: EmbeddedLog, _ names: TopicNames, say: @escaping @Sendable (String) -> Void
    ) throws -> KafkaServer? {
        guard let kafkaPort else { return nil }
        guard (0...65_535).contains(kafkaPort) else {
            throw BadInput("--kafka-port \(kafkaPort): a port is 0 to 65535")
        }
        var configuration = BrokerConfiguration(
            nodes: [.init(host: kafkaHost, port: kafkaPort)], seed: UInt64.random(in: 0 ... .max))
        configuration.ownTopicPrefix = names.prefix + "."
        configuration.allowsWritesToOwnTopics = kafkaWrites
        if kafkaWrites { storage.observe { log.recordsArrived(in: $0) } }
        do {
            let server = try KafkaServer(storage, configuration) { line in say("Kafka: \(line)") }
            for node in server.nodes {
                say(
                    "Kafka clients on \(node.host):\(node.port), for example: kcat -b \(node.host):\(node.port) -t \(names.events)"
                )
            }
            return server
        } catch let error as KafkaListenerError {
            throw BadInput("\(error)")
        }
    }
}
