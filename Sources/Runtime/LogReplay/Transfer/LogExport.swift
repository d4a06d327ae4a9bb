import Engine
import EventLog
import JSON
import PartitionProcessor

/// Writes what a log says of executions as lines of JSON: a header, then a record a line, each topic's partitions in order.
///
/// Events, definitions and dead letters are written. Commands and task requests are not: a log that is read somewhere else must
/// not do the work of the first one again.
public struct LogExport {
    public private(set) var recordCount = 0
    /// Records whose bytes could not be read are not in it; a damaged one that could is.
    private let write: ([UInt8]) throws -> Void
    private var buffer: [UInt8] = []

    static let format = "steplog export"
    static let version: Int64 = 1
    private static let bufferBytes = 1 << 20

    /// - Parameter write: takes the next bytes of the file.
    /// - Throws: `EventLogError`, or what `write` throws.
    public init(_ scan: EventScan, _ selection: LogSelection, write: @escaping ([UInt8]) throws -> Void) throws {
        self.write = write
        let names = scan.names
        let topics = try [names.events, names.definitions, names.deadletter].compactMap { name in
            try scan.log.topic(name).map { (name, $0) }
        }
        var header: [JSONValue] = []
        for (name, topic) in topics {
            header.append([
                "name": .string(name), "partitions": .integer(topic.partitions),
                "isCompacted": .bool(topic.cleanup == .compact),
            ])
        }
        JSONWriter.write(
            [
                "format": .string(Self.format), "version": .integer(Self.version), "prefix": .string(names.prefix),
                "topics": .array(header),
            ], to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
        // Definitions first, as they were written; then the events that need them.
        let hashes = try selection.isWhole ? nil : Self.definitions(scan, selection)
        try copy(scan.log, names.definitions, 1) { record in
            guard let hashes, let key = record.key else { return true }
            return hashes.contains(String(decoding: key, as: UTF8.self))
        }
        var filter = ExecutionFilter(selection)
        try copy(scan.log, names.events, scan.partitionCount) { record in
            guard let key = record.key else { return selection.isWhole }
            if selection.isWhole { return true }
            if RegistryRecord.isKey(key) { return false }
            let arn = String(decoding: key, as: UTF8.self)
            guard filter.mayTake(arn, record) else { return false }
            guard let event = try? EventDecoder.decode(record.valueSpan).event else {
                return filter.hasTaken(arn)
            }
            return filter.takes(arn, event)
        }
        if selection.isWhole, topics.contains(where: { $0.0 == names.deadletter }) {
            try copy(scan.log, names.deadletter, 1) { _ in true }
        }
        try write(buffer)
        buffer = []
    }

    private mutating func copy(
        _ log: any TransactionalLog, _ topic: String, _ partitions: Int, where isWanted: (Record) -> Bool
    ) throws {
        for partition in 0..<partitions {
            let place = TopicPartition(topic, partition)
            try log.readToEnd(place) { record in
                guard isWanted(record) else { return }
                ExportRecord(record, of: place).write(to: &buffer)
                recordCount += 1
                guard buffer.count >= Self.bufferBytes else { return }
                try write(buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
    }

    /// Hashes of the definitions that the selected executions ran with.
    private static func definitions(_ scan: EventScan, _ selection: LogSelection) throws -> Set<String> {
        var hashes: Set<String> = []
        try scan.run(selection) { found in
            if case .executionStarted(let started) = found.event.detail { hashes.insert(started.start.definitionHash) }
        }
        return hashes
    }
}
