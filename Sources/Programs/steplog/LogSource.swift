import ArgumentParser
import BatchStore
import EventLog
import EventLogEmbedded
import EventLogKafka
import Foundation
import PartitionProcessor
import Terminal

/// A log that no Steplog has open, or Kafka.
struct LogSource: ParsableArguments {
    @Option(help: "A log's file, as of run and dev.")
    var log: String?

    @OptionGroup var kafka: BrokerOptions

    func validate() throws {
        if log != nil, kafka.brokers != nil {
            throw ValidationError("--log FILE and --brokers HOST:PORT exclude each other.")
        }
    }

    /// A log that is open, and its topics.
    struct Opened {
        let log: any TransactionalLog
        let names: TopicNames
        let storage: SQLiteBatchStorage?

        func close() {
            log.close()
            storage?.close()
        }
    }

    /// - Parameter durability: of what is written to a log's file.
    /// - Throws: `BadInput` or `EventLogError` for a log that can't be had.
    func open(durability: SQLiteBatchStorage.Durability = .process) throws -> Opened {
        let settings = try kafka.settings()
        if let path = log {
            guard FileManager.default.fileExists(atPath: path) else {
                throw BadInput("--log \(path): there is no such file")
            }
            let storage = try SQLiteBatchStorage(path: path, durability: durability)
            return Opened(log: EmbeddedLog(storage), names: settings.names, storage: storage)
        }
        let log = try KafkaLog(
            KafkaConfiguration(
                brokers: try settings.requireBrokers(orElse: "--log FILE, or "), properties: settings.properties,
                patience: .seconds(10)))
        return Opened(log: log, names: settings.names, storage: nil)
    }
}

/// Where reading begins.
struct EventStart {
    let position: ReadPosition

    /// - Parameter text: `beginning`, `end`, or an RFC 3339 time.
    init(_ text: String) throws(BadInput) {
        switch text {
        case "beginning": position = .beginning
        case "end": position = .end
        default:
            let whole = try? Date(text, strategy: Date.ISO8601FormatStyle())
            guard
                let date = whole
                    ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            else {
                throw BadInput("--from \(text): beginning, end, or a time such as 2026-01-31T10:00:00Z is expected")
            }
            position = .time(Int64((date.timeIntervalSince1970 * 1_000).rounded()))
        }
    }
}
