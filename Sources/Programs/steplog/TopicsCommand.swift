import ArgumentParser
import EventLog
import EventLogKafka
import PartitionProcessor
import Terminal

/// The topics of Steplog on Kafka's brokers.
struct TopicsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics", abstract: "Creates, checks and shows Steplog's topics on Kafka.",
        discussion: """
              steplog topics apply --brokers kafka-1:9092,kafka-2:9092 --replication 3
              steplog topics check --brokers kafka-1:9092
              steplog topics describe --brokers kafka-1:9092 --property security.protocol=ssl

            The partition count of a prefix is fixed: keys are placed by it. To grow, use a new prefix.

            Exit codes: 0 all is well, 1 a topic is not as it should be, 2 what was given can't be used or no broker answers.
            """,
        subcommands: [Apply.self, Check.self, Describe.self])

    /// Creates what is missing.
    struct Apply: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Creates the topics that are missing and checks the others; changes retention, and nothing else.")

        @OptionGroup var options: TopicOptions

        func run() throws {
            try options.forEachTopic { log, name, wanted in
                try log.createTopic(name, wanted)
                return "as it should be"
            } clock: { log, name in
                try log.createClock(name)
                return "as it should be"
            }
        }
    }

    /// Changes nothing.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says which topics are not as they should be.")

        @OptionGroup var options: TopicOptions

        func run() throws {
            try options.forEachTopic { log, name, wanted in
                try log.checkTopic(name, wanted)
                return "as it should be"
            } clock: { log, name in
                try log.checkClock(name)
                return "as it should be"
            }
        }
    }

    /// Shows what there is.
    struct Describe: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the topics as they are.")

        @OptionGroup var options: TopicOptions

        func run() throws {
            try options.forEachTopic { log, name, _ in
                guard let found = try log.topic(name) else { return "missing" }
                let kept = found.retention.map { "\($0.components.seconds) seconds" } ?? "no limit"
                return "\(found.partitions) partitions, clean-up \(found.cleanup), kept: \(kept)"
            } clock: { log, name in
                try log.topic(name) == nil ? "missing" : "1 partition, tells the brokers' time"
            }
        }
    }
}

/// Which brokers, and which topics.
struct TopicOptions: ParsableArguments {
    @OptionGroup var kafka: BrokerOptions

    @Option(help: "Partitions of commands, events and replies.")
    var partitions: Int = 16

    @Option(help: "A pool of workers; may be repeated.")
    var pool: [String] = ["default"]

    @Option(help: "Partitions of each pool's topics.")
    var poolPartitions: Int = 16

    @Option(help: "Copies of each new topic; the brokers' default without it.")
    var replication: Int?

    @Option(help: "The biggest record, in bytes; 8388608 unless given.")
    var recordBytesMax: Int?

    /// Does `work` for each topic and prints what it says, or why the topic is not as it should be.
    /// - Parameter clock: the same for the topic that tells the brokers' time.
    /// - Throws: exit code 1 when one is not.
    func forEachTopic(
        _ work: (KafkaLog, String, TopicConfiguration) throws -> String, clock: (KafkaLog, String) throws -> String
    ) throws {
        let settings = try kafka.settings()
        let log = try KafkaLog(try configuration(settings))
        defer { log.close() }
        let layout = TopicLayout(
            names: settings.names, partitions: partitions, pools: pool, poolPartitions: poolPartitions)
        var isWell = true
        func attend(_ name: String, _ work: () throws -> String) throws {
            do {
                ProgressView.write("\(name): \(try work())\n", to: 1)
            } catch let error as EventLogError where [.topicMismatch, .unknownTopic].contains(error.code) {
                ProgressView.write("\(name): \(error.message)\n", to: 1)
                isWell = false
            }
        }
        for (name, wanted) in layout.topics { try attend(name) { try work(log, name, wanted) } }
        try attend(layout.names.clock) { try clock(log, layout.names.clock) }
        if !isWell { throw ExitCode(1) }
    }

    private func configuration(_ settings: BrokerOptions.Settings) throws -> KafkaConfiguration {
        KafkaConfiguration(
            brokers: try settings.requireBrokers(), properties: settings.properties, replicationFactor: replication,
            recordBytesMax: recordBytesMax ?? settings.recordBytesMax ?? 8 << 20, patience: .seconds(10))
    }
}
