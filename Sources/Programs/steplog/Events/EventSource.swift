import ArgumentParser
import BatchStore
import EventLog
import EventLogEmbedded
import EventLogKafka
import Foundation
import PartitionProcessor
import Terminal

/// Where the events are.
struct EventSource: ParsableArguments {
    @Option(help: "A log's file, as of run and dev.")
    var log: String?

    @Option(help: "The first brokers to ask, host:port, separated by commas.")
    var brokers: String?

    @Option(help: "What the names of topics begin with.")
    var prefix: String = "steplog"

    @Option(help: "A setting of librdkafka, NAME=VALUE, e.g. security.protocol=ssl; may be repeated.")
    var property: [String] = []

    func validate() throws {
        guard (log == nil) != (brokers == nil) else {
            throw ValidationError("Either --log FILE or --brokers HOST:PORT is needed.")
        }
    }

    /// A log that is open, and its topic of events.
    struct Opened {
        let log: any TransactionalLog
        let topic: String
        let storage: SQLiteBatchStorage?

        func close() {
            log.close()
            storage?.close()
        }
    }

    /// - Throws: `BadInput` or `EventLogError` for a log that can't be had.
    func open() throws -> Opened {
        let topic = TopicNames(prefix: prefix).events
        if let path = log {
            guard FileManager.default.fileExists(atPath: path) else { throw BadInput("--log \(path): there is no such file") }
            let storage = try SQLiteBatchStorage(path: path, durability: .process)
            return Opened(log: EmbeddedLog(storage), topic: topic, storage: storage)
        }
        let log = try KafkaLog(
            KafkaConfiguration(
                brokers: (brokers ?? "").split(separator: ",").map(String.init), properties: try properties(),
                patience: .seconds(10)))
        return Opened(log: log, topic: topic, storage: nil)
    }

    private func properties() throws(BadInput) -> [String: String] {
        var properties: [String: String] = [:]
        for text in property {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw BadInput("--property \(parts.first ?? ""): NAME=VALUE is expected")
            }
            properties[parts[0]] = parts[1]
        }
        return properties
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
            guard let date = whole ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            else { throw BadInput("--from \(text): beginning, end, or a time such as 2026-01-31T10:00:00Z is expected") }
            position = .time(Int64((date.timeIntervalSince1970 * 1_000).rounded()))
        }
    }
}
