import Engine
import EventLog
import Foundation
import GRDB

/// The file of the projection, with how far each partition of the log is in it.
///
/// What is in the file goes on to be used only if it is of this version and of this log: else it begins empty.
struct ReadModelStore {
    /// How far a partition is projected.
    struct Position: Equatable {
        /// The offset to go on from.
        var next: Int64
        /// The offset of the last record that was projected.
        var last: Int64
        /// What tells that record from one of another log at the same offset.
        var mark: String
    }

    let database: any DatabaseWriter
    private(set) var positions: [Int: Position] = [:]
    private(set) var registry = Registry()

    /// - Parameters:
    ///   - path: nil: in memory.
    ///   - isOf: whether a position fits the log.
    init(path: String?, isOf: (Int, Position) throws -> Bool) throws {
        guard let path else {
            database = try DatabaseQueue(configuration: Configuration())
            try database.write { try ReadModelSchema.create(in: $0) }
            return
        }
        if let kept = try? Self.open(path), let positions = try? kept.read(Self.positions),
            try positions.allSatisfy({ try isOf($0.key, $0.value) }), let registry = try? kept.read(Self.registry)
        {
            database = kept
            self.positions = positions
            self.registry = registry
            return
        }
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        database = try Self.pool(path)
        try database.write { try ReadModelSchema.create(in: $0) }
    }

    /// - Throws: for a file that is not there, is no database, or is of another version.
    private static func open(_ path: String) throws -> any DatabaseWriter {
        guard FileManager.default.fileExists(atPath: path) else { throw ReadModelError.stopped }
        let pool = try pool(path)
        let version = try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        guard version == ReadModelSchema.version else {
            try pool.close()
            throw ReadModelError.stopped
        }
        return pool
    }

    /// Readers beside the writer. A crash of the machine loses the last transactions at most, which are read from the log again.
    private static func pool(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
        return try DatabasePool(path: path, configuration: configuration)
    }

    private static func positions(_ database: Database) throws -> [Int: Position] {
        var positions: [Int: Position] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT partition, next, last, mark FROM position") {
            positions[row["partition"]] = Position(next: row["next"], last: row["last"], mark: row["mark"])
        }
        return positions
    }

    private static func registry(_ database: Database) throws -> Registry {
        var registry = Registry()
        let rows = try Row.fetchCursor(database, sql: "SELECT json FROM registryEvent ORDER BY arn, sequence")
        while let row = try rows.next() {
            let json: Data = row["json"]
            registry.evolve(try RegistryRecord.decodeEvent(Array(json)))
        }
        return registry
    }
}

extension ReadModelStore.Position {
    /// After the last of these records; nil when there is none.
    init?(after records: PartitionRecords) {
        guard let record = records.batches.last.flatMap({ batch in Array(batch).last }) else { return nil }
        self.init(next: records.nextOffset, last: record.offset, mark: Self.describe(record))
    }

    static func describe(_ record: EventLog.Record) -> String {
        let key = record.key.map { String(decoding: $0, as: UTF8.self) } ?? ""
        return "\(record.timestamp) \(record.value?.count ?? -1) \(key)"
    }

    /// Whether the partition holds the record that this position names. A record that retention has taken away can't speak against it.
    func isOf(_ partition: TopicPartition, _ log: any TransactionalLog) throws -> Bool {
        guard try log.endOffset(of: partition) >= next else { return false }
        guard try log.beginOffset(of: partition) <= last else { return true }
        let reader = try log.makeReader([partition: .offset(last)])
        defer { reader.close() }
        for records in try reader.read(timeout: .seconds(10)) {
            for batch in records.batches {
                for record in batch where record.offset == last { return Self.describe(record) == mark }
            }
        }
        return false
    }
}
