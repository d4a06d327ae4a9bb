import ArgumentParser
import BatchStore
import EventLog
import EventLogEmbedded
import EventLogKafka
import Foundation
import PartitionProcessor
import Terminal

/// Which log a command reads.
struct LogOptions: ParsableArguments {
    @Option(help: "The log: the SQLite file of dev or run, also while that runs, or a file that steplog export wrote.")
    var log: String?

    @OptionGroup var kafka: BrokerOptions

    /// True when a log was named.
    var isGiven: Bool { log != nil || kafka.brokers != nil }

    func validate() throws {
        if log != nil, kafka.brokers != nil {
            throw ValidationError("--log FILE and --brokers HOST:PORT exclude each other.")
        }
    }

    /// To be read.
    /// - Throws: `BadInput` for wrong use, `EventLogError` or `ExportError` for a log that can't be read.
    func open() throws -> OpenedLog {
        if let log { return try OpenedLog(file: log, prefix: kafka.prefix) }
        let settings = try kafka.settings()
        return try OpenedLog(kafka: configuration(settings), names: settings.names)
    }

    /// Does what writes to the log, whose file no other process may have then.
    /// - Throws: as `open`.
    func write(_ work: (any TransactionalLog, TopicNames) throws -> Void) throws {
        let settings = try kafka.settings()
        guard let path = log else {
            let log = try KafkaLog(configuration(settings))
            defer { log.close() }
            return try work(log, settings.names)
        }
        guard FileManager.default.fileExists(atPath: path) else {
            throw BadInput("--log \(path): there is no such file.")
        }
        let storage = try storage(path)
        defer { storage.close() }
        let log = EmbeddedLog(storage)
        defer { log.close() }
        try work(log, settings.names)
    }

    private func storage(_ path: String) throws -> SQLiteBatchStorage {
        do throws(EventLogError) {
            return try SQLiteBatchStorage(path: path, durability: .device)
        } catch {
            guard error.code == .locked else { throw error }
            throw BadInput("--log \(path): \(error.message). End that process first, and start it again afterwards.")
        }
    }

    private func configuration(_ settings: BrokerOptions.Settings) throws -> KafkaConfiguration {
        KafkaConfiguration(
            brokers: try settings.requireBrokers(orElse: "--log FILE, or "), properties: settings.properties,
            patience: .seconds(10))
    }
}
