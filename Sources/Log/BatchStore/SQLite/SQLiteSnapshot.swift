public import EventLog
import Foundation
import GRDB
import Synchronization

/// A log's SQLite file as it is when it is opened, for reading only: also while another process writes to it, and also where
/// parts of it are damaged, which are left out and noted.
public final class SQLiteSnapshot: BatchStorage {
    public let path: String
    private let queue: DatabaseQueue
    private let index: StorageIndex
    private let damaged = Mutex<[String]>([])

    /// - Throws: `unreadable`, `notALog`, `newerFormat`, `corrupt` when not even its tables can be read.
    public init(path: String) throws(EventLogError) {
        self.path = path
        try SQLiteSchema.checkReadable(path)
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.label = "steplog.snapshot"
            queue = try DatabaseQueue(path: path, configuration: configuration)
            index = try queue.read { database in
                try SQLiteSchema.check(database, path: path)
                return try SQLiteSchema.load(database)
            }
        } catch {
            throw EventLogError(error, path: path)
        }
    }

    /// What was left out of what has been read so far, a sentence each.
    public var damage: [String] { damaged.withLock { $0 } }

    public func topics() throws(EventLogError) -> [StoredTopic] { index.topics.values.sorted { $0.name < $1.name } }

    public func topic(_ name: String) throws(EventLogError) -> StoredTopic? { index.topics[name] }

    public func extent(of partition: TopicPartition) throws(EventLogError) -> Range<Int64> {
        try index.extent(of: partition)
    }

    public func metadata(_ key: String) throws(EventLogError) -> [UInt8]? { index.metadata[key] }

    public func metadata(prefix: String) throws(EventLogError) -> [MetadataEntry] { index.metadata(prefix: prefix) }

    /// - Throws: `readOnly`.
    public func apply(_ change: StorageChange) throws(EventLogError) -> StorageOutcome {
        throw EventLogError(.fatal, .readOnly, "the log \"\(path)\" was opened for reading")
    }

    public func read(
        _ partition: TopicPartition, from offset: Int64, bytesMax: Int
    ) throws(EventLogError) -> [RecordBatch] {
        let end = try index.extent(of: partition).upperBound
        guard offset < end else { return [] }
        let identifier = try index.partitionID(partition)
        return try reading { database in
            var next = try SQLiteBatchStorage.firstPosition(database, identifier, offset)
            var batches: [RecordBatch] = []
            var remaining = bytesMax
            // Once, unless all of it is damaged.
            while batches.isEmpty {
                let positions = try self.positions(database, next..<SQLitePosition.of(identifier, end))
                guard let last = positions.last else { break }
                next = last + 1
                for position in positions where remaining > 0 {
                    guard let batch = self.batch(database, position, partition), batch.endOffset > offset else {
                        continue
                    }
                    remaining -= batch.bytes.count
                    batches.append(batches.isEmpty ? batch.starting(at: offset) : batch)
                }
            }
            return batches
        }
    }

    public func offset(of partition: TopicPartition, atOrAfter timestamp: Int64) throws(EventLogError) -> Int64? {
        var begin = try index.extent(of: partition).lowerBound
        while let batch = try read(partition, from: begin, bytesMax: 1).first {
            if batch.header.maxTimestamp >= timestamp, let offset = batch.offset(atOrAfter: timestamp) { return offset }
            begin = batch.endOffset
        }
        return nil
    }

    public func close() { try? queue.close() }

    /// A few of the batches that come next; their bytes, which may be damaged, are read one by one.
    private func positions(_ database: Database, _ range: Range<Int64>) throws -> [Int64] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT position FROM batch WHERE position >= ? AND position < ? ORDER BY position LIMIT 1000"),
            arguments: [range.lowerBound, range.upperBound])
    }

    /// - Returns: nil for one that can't be read.
    private func batch(_ database: Database, _ position: Int64, _ partition: TopicPartition) -> RecordBatch? {
        let baseOffset = SQLitePosition.offset(position)
        do {
            let bytes = try Data.fetchOne(
                database.cachedStatement(sql: "SELECT bytes FROM batch WHERE position = ?"), arguments: [position])
            return try RecordBatch(decoding: Array(bytes ?? Data()), baseOffset: baseOffset)
        } catch {
            let reason = (error as? EventLogError)?.description ?? "\(error)"
            damaged.withLock { notes in
                let note = "the batch at offset \(baseOffset) of \(partition) can't be read: \(reason)"
                if !notes.contains(note) { notes.append(note) }
            }
            return nil
        }
    }

    private func reading<Result>(_ body: (Database) throws -> Result) throws(EventLogError) -> Result {
        do {
            return try queue.unsafeRead(body)
        } catch {
            throw EventLogError(error, path: path)
        }
    }
}
