import Engine
import EventLog
import Foundation
import GRDB
import Synchronization

/// A file of the projection, with how far each partition of the log is in it.
///
/// What is in the file goes on to be used only if it is of this version and of this log: else it begins empty.
final class ReadModelStore: Sendable {
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
    /// What was in it when it was opened.
    let positions: [Int: Position]
    let registry: Registry
    /// nil: in memory.
    private let file: String?
    private let isReplaced = Atomic(false)

    /// The one to be served: what was rebuilt beside it, else itself, else an empty one.
    /// - Parameters:
    ///   - files: nil: in memory.
    ///   - isOf: whether a position fits the log.
    static func open(_ files: ReadModelFiles?, isOf: (Int, Position) throws -> Bool) throws -> ReadModelStore {
        guard let files else {
            return try ReadModelStore(empty: DatabaseQueue(configuration: Configuration()), file: nil)
        }
        if let rebuilt = try files.takeRebuilt() {
            if let store = try? ReadModelStore(opening: rebuilt, isOf: isOf) {
                let before = files.served
                try files.serve(rebuilt)
                if before != files.path { ReadModelFiles.remove(before) }
                for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: files.path + suffix) }
                return store
            }
            ReadModelFiles.remove(rebuilt)
        }
        if let store = try? ReadModelStore(opening: files.served, isOf: isOf) { return store }
        ReadModelFiles.remove(files.served)
        ReadModelFiles.remove(files.path)
        return try ReadModelStore(empty: pool(files.path), file: files.path)
    }

    /// - Throws: for a file that is not there, is no database, is of another version or of another log.
    init(opening file: String, isOf: (Int, Position) throws -> Bool) throws {
        guard FileManager.default.fileExists(atPath: file) else { throw ReadModelError.stopped }
        let pool = try Self.pool(file)
        let (version, positions) = try pool.read {
            (try Int.fetchOne($0, sql: "PRAGMA user_version"), try Self.positions($0))
        }
        guard version == ReadModelSchema.version, try positions.allSatisfy({ try isOf($0.key, $0.value) }) else {
            try pool.close()
            throw ReadModelError.stopped
        }
        registry = try pool.read(Self.registry)
        self.positions = positions
        self.file = file
        database = pool
    }

    private init(empty database: any DatabaseWriter, file: String?) throws {
        self.database = database
        self.file = file
        positions = [:]
        registry = Registry()
        try database.write { try ReadModelSchema.create(in: $0) }
    }

    /// Another one is served from now on: the files go as soon as the last question to this one is answered.
    func replace() { isReplaced.store(true, ordering: .relaxed) }

    /// Closes the file, which holds all then: what SQLite has beside it goes.
    func close() throws {
        // The connection that is closed last writes the log of writes back into the file: readers can't.
        (database as? DatabasePool)?.invalidateReadOnlyConnections()
        try database.close()
    }

    deinit {
        guard isReplaced.load(ordering: .relaxed), let file else { return }
        try? close()
        // Where the path itself was this one's file, it is the link to the next one by now.
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: file)) == nil { ReadModelFiles.remove(file) }
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) }
    }

    /// How long another process that has the file locked is waited for at a time.
    private static let lockSecondsMax = 1.0

    /// Readers beside the writer. A crash of the machine loses the last transactions at most, which are read from the log again.
    private static func pool(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(lockSecondsMax)
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

extension ReadModelStore {
    /// What a batch of records has changed.
    struct Changes {
        /// Each execution, with the key of its row if that is new.
        var executions: [(execution: PendingExecution, insertedKey: Int64?)] = []
        /// What happened to state machines and activities.
        var registryEvents: [RegistryEvent] = []
        var activities: [ActivityChange] = []
        /// A sentence for each record that can't be read.
        var unread: [String] = []
    }

    /// Takes records, in one transaction. What can't be read is passed over.
    /// - Parameter since: records of executions before are passed over; nil: none are.
    func project(_ records: [PartitionRecords], since: ProjectionStart? = nil) throws -> Changes {
        try database.write { database in
            var projector = Projector(database)
            var changes = Changes()
            for partition in records {
                for batch in partition.batches {
                    for record in batch {
                        do {
                            if let key = record.key, RegistryRecord.isKey(key) {
                                let bytes = Array(record.value ?? [])
                                let event = try RegistryRecord.decodeEvent(bytes)
                                changes.registryEvents.append(event)
                                try projector.keep(event, bytes)
                            } else if since?.covers(record) ?? true {
                                try projector.take(record)
                            }
                        } catch let error as CodecError {
                            changes.unread.append(
                                "The event at \(partition.partition.topic)/\(partition.partition.partition) offset "
                                    + "\(record.offset) can't be read, and is not shown: \(error)")
                        }
                    }
                }
                try projector.save(partition)
            }
            (changes.executions, changes.activities) = try projector.finish()
            return changes
        }
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
