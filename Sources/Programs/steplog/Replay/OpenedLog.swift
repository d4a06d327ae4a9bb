import BatchStore
import EventLog
import EventLogEmbedded
import EventLogKafka
import Foundation
import LogReplay
import PartitionProcessor
import Terminal

/// A log that is open for reading: a SQLite file, an export, or Kafka's topics.
struct OpenedLog {
    let scan: EventScan
    /// Of a SQLite file.
    private let snapshot: SQLiteSnapshot?

    var log: any TransactionalLog { scan.log }
    var names: TopicNames { scan.names }

    init(file: String, prefix: String?) throws {
        guard let start = FileHandle(forReadingAtPath: file).flatMap({ try? $0.read(upToCount: 16) }) else {
            throw BadInput("--log \(file): there is no such file, or it can't be read.")
        }
        if start == Data("SQLite format 3\0".utf8) {
            let snapshot = try SQLiteSnapshot(path: file)
            self.snapshot = snapshot
            scan = try EventScan(log: EmbeddedLog(snapshot), names: TopicNames(prefix: prefix ?? "steplog"))
            return
        }
        snapshot = nil
        let log = EmbeddedLog(MemoryBatchStorage())
        do {
            let lines = try LineFile(file)
            let loaded = try LogImport(into: log) { try lines.next() }
            scan = try EventScan(log: log, names: loaded.names)
        } catch let error as ExportError {
            throw BadInput("--log \(file) is neither a SQLite log nor a whole export: \(error)")
        }
    }

    init(kafka configuration: KafkaConfiguration, names: TopicNames) throws {
        snapshot = nil
        scan = try EventScan(log: KafkaLog(configuration), names: names)
    }

    /// What of a SQLite file could not be read so far, a sentence each.
    var damage: [String] { snapshot?.damage ?? [] }

    func close() { log.close() }

    /// The ARN of an execution: as given, or of MACHINE/EXECUTION as the log has it.
    /// - Throws: `BadInput` when the log has no such execution.
    func executionArn(_ reference: String) throws -> String {
        if reference.hasPrefix("arn:") { return reference }
        let parts = reference.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw BadInput("\(reference): an execution is named by its ARN or by MACHINE/EXECUTION.")
        }
        let end = ":execution:\(parts[0]):\(parts[1])"
        for partition in 0..<scan.partitionCount {
            var found: String?
            try log.readToEnd(TopicPartition(names.events, partition)) { record in
                guard found == nil, let key = record.key, key.suffix(end.utf8.count).elementsEqual(end.utf8) else {
                    return
                }
                found = String(decoding: key, as: UTF8.self)
            }
            if let found { return found }
        }
        throw BadInput("The log has no execution \(reference).")
    }
}
