public import EventLog
import Foundation
import GRDB
import Synchronization

/// A storage in one SQLite file that one process owns.
///
/// A commit is one SQLite transaction with a row a batch; commits that come while another is under way share one.
/// The newest batches of each partition are kept in memory too, so that who follows the log does not read the file.
public final class SQLiteBatchStorage: BatchStorage {
    /// What a commit outlives. Every choice survives the death of the process.
    public enum Durability: Sendable {
        /// SQLite's `synchronous=NORMAL`: a power cut may take the last commits, but never part of one.
        case process
        /// SQLite's `synchronous=FULL`: a commit is on the device when it returns.
        case device
    }

    private struct State: Sendable {
        var index: StorageIndex
        /// The newest batches of each partition.
        var tails: [Int64: BatchSequence] = [:]
        var isClosed = false
    }

    public let path: String
    private let tailBytesMax: Int
    private let lock: FileLock
    private let pool: DatabasePool
    private let checkpoints: CheckpointThread
    private let queue = CommitQueue()
    private let state: Mutex<State>

    /// Opens the log at `path`, or creates it.
    /// - Parameters:
    ///   - tailBytesMax: how much of each partition is kept in memory.
    ///   - pagesMax: how many pages the file may have at most (SQLite's `max_page_count`); nil for no limit.
    /// - Throws: `locked` (names the owner), `notALog`, `newerFormat`, `unreadable`, `readOnly`, `storageFull`, `corrupt`.
    public init(
        path: String, durability: Durability, tailBytesMax: Int = 4 << 20, pagesMax: Int? = nil
    ) throws(EventLogError) {
        self.path = path
        self.tailBytesMax = tailBytesMax
        try SQLiteSchema.checkFile(path)
        lock = try FileLock(for: path)
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration(pagesMax: pagesMax))
            // After the pool's own set-up, which says NORMAL. Only this connection writes, and it lives as long as the pool.
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = \(durability == .device ? "FULL" : "NORMAL")")
            }
            let index = try pool.write { database in
                try SQLiteSchema.prepare(database, path: path)
                return try SQLiteSchema.load(database)
            }
            state = Mutex(State(index: index))
            checkpoints = try CheckpointThread(path: path)
        } catch {
            lock.release()
            throw EventLogError(error, path: path)
        }
    }

    /// Batches are tens of kilobytes: pages bigger than SQLite's usual 4 KiB make shorter chains. Still bigger ones would
    /// make small commits dear.
    private static let pageBytes = 16_384

    private static func configuration(pagesMax: Int?) -> Configuration {
        var configuration = Configuration()
        let autocheckpointPages = CheckpointThread.autocheckpointPages(pageBytes: pageBytes)
        configuration.prepareDatabase { database in
            guard !database.configuration.readonly else { return }
            // Takes effect in a new file only.
            try database.execute(sql: "PRAGMA page_size = \(pageBytes)")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = \(autocheckpointPages)")
            if let pagesMax { try database.execute(sql: "PRAGMA max_page_count = \(pagesMax)") }
        }
        configuration.journalMode = .wal
        configuration.label = "steplog.log"
        return configuration
    }

    /// What SQLite itself says about commits, not what was asked for: for benchmarks, which must name it.
    public func durability() throws(EventLogError) -> Durability {
        do {
            let level = try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
            return level == 2 ? .device : .process
        } catch {
            throw EventLogError(error, path: path)
        }
    }

    public func topics() throws(EventLogError) -> [StoredTopic] {
        try opened { state in state.index.topics.values.sorted { $0.name < $1.name } }
    }

    public func topic(_ name: String) throws(EventLogError) -> StoredTopic? {
        try opened { state in state.index.topics[name] }
    }

    public func extent(of partition: TopicPartition) throws(EventLogError) -> Range<Int64> {
        try opened { (state) throws(EventLogError) in try state.index.extent(of: partition) }
    }

    public func metadata(_ key: String) throws(EventLogError) -> [UInt8]? {
        try opened { state in state.index.metadata[key] }
    }

    public func metadata(prefix: String) throws(EventLogError) -> [MetadataEntry] {
        try opened { state in state.index.metadata(prefix: prefix) }
    }

    public func apply(_ change: StorageChange) throws(EventLogError) -> StorageOutcome {
        try queue.submit(change) { commit($0) }
    }

    public func read(
        _ partition: TopicPartition, from offset: Int64, bytesMax: Int
    ) throws(EventLogError) -> [RecordBatch] {
        let (identifier, end, tail) = try opened { (state) throws(EventLogError) in
            let extent = try state.index.extent(of: partition)
            try checkOffset(offset, of: partition, within: extent)
            let identifier = try state.index.partitionID(partition)
            guard let tail = state.tails[identifier], let first = tail.firstOffset, first <= offset else {
                return (identifier, extent.upperBound, nil as [RecordBatch]?)
            }
            return (identifier, extent.upperBound, tail.read(from: offset, bytesMax: bytesMax))
        }
        if let tail { return tail }
        guard offset < end else { return [] }
        return try stored(identifier, offset..<end, bytesMax: bytesMax)
    }

    public func offset(
        of partition: TopicPartition, atOrAfter timestamp: Int64
    ) throws(EventLogError) -> Int64? {
        let (identifier, extent) = try opened { (state) throws(EventLogError) in
            (try state.index.partitionID(partition), try state.index.extent(of: partition))
        }
        var begin = extent.lowerBound
        while begin < extent.upperBound {
            let range = begin..<extent.upperBound
            let position = try reading { database in
                try Int64.fetchOne(
                    database,
                    sql: """
                        SELECT position FROM batch
                        WHERE position >= ? AND position < ? AND end_offset > ? AND max_timestamp >= ?
                        ORDER BY position LIMIT 1
                        """,
                    arguments: [
                        try SQLiteBatchStorage.firstPosition(database, identifier, range.lowerBound),
                        SQLitePosition.of(identifier, range.upperBound), range.lowerBound, timestamp,
                    ])
            }
            guard let position else { return nil }
            let start = max(begin, SQLitePosition.offset(position))
            guard let batch = try stored(identifier, start..<extent.upperBound, bytesMax: 1).first else { return nil }
            if let offset = batch.offset(atOrAfter: timestamp) { return offset }
            begin = batch.endOffset
        }
        return nil
    }

    public func close() {
        let wasClosed = state.withLock { state in
            defer { state.isClosed = true }
            return state.isClosed
        }
        guard !wasClosed else { return }
        checkpoints.stop()
        // Waits for a commit under way; readers that are left keep the file open until they are done.
        try? pool.close()
        lock.release()
    }

    /// Writes a group of changes in one SQLite transaction. When it fails, each gets a transaction of its own, so that one
    /// that cannot be written takes no other with it.
    private func commit(_ group: [CommitQueue.Request]) {
        do {
            let (stage, answers) = try opened { state in
                var stage = state.index.emptyStage()
                let answers = group.map { request in
                    Result { () throws(EventLogError) in try state.index.stage(request.change, onto: &stage) }
                }
                return (stage, answers)
            }
            try write(stage)
            for (request, answer) in zip(group, answers) { request.answer(answer) }
        } catch {
            if group.count > 1 {
                for request in group { commit([request]) }
            } else {
                for request in group { request.answer(.failure(EventLogError(error, path: path))) }
            }
        }
    }

    private func write(_ stage: StorageIndex.Stage) throws {
        guard !stage.isEmpty else { return }
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                try SQLiteWriter(database).write(stage)
                return .commit
            }
        }
        checkpoints.committed(byteCount: stage.appends.reduce(4_096) { $0 + $1.batch.bytes.count })
        state.withLock { state in
            for move in stage.moves {
                for number in 0..<Int64(move.count) {
                    state.tails[move.new + number] = state.tails.removeValue(forKey: move.old + number)
                }
            }
            for replacement in stage.replacements {
                state.tails[replacement.partitionID]?.replace(replacement.offsets, with: replacement.batches)
            }
            for append in stage.appends {
                state.tails[append.partitionID, default: BatchSequence()].append(append.batch)
                state.tails[append.partitionID]?.shrink(to: tailBytesMax)
            }
            for identifier in stage.trims {
                state.tails[identifier]?.trim(before: stage.extents[identifier]?.lowerBound ?? 0)
            }
            state.index.merge(stage)
        }
    }

    /// The batches in the file that hold `offsets`, up to `bytesMax` and at least one.
    private func stored(
        _ identifier: Int64, _ offsets: Range<Int64>, bytesMax: Int
    ) throws(EventLogError) -> [RecordBatch] {
        try reading { database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: "SELECT position, bytes FROM batch WHERE position >= ? AND position < ? ORDER BY position"),
                arguments: [
                    try SQLiteBatchStorage.firstPosition(database, identifier, offsets.lowerBound),
                    SQLitePosition.of(identifier, offsets.upperBound),
                ])
            var batches: [RecordBatch] = []
            var remaining = bytesMax
            while remaining > 0 || batches.isEmpty, let row = try rows.next() {
                let bytes: Data = row[1]
                if !batches.isEmpty, bytes.count > remaining { break }
                let baseOffset = SQLitePosition.offset(row[0])
                let batch = try RecordBatch(decoding: Array(bytes), baseOffset: baseOffset)
                guard batch.endOffset > offsets.lowerBound else { continue }
                batches.append(batches.isEmpty ? batch.starting(at: offsets.lowerBound) : batch)
                remaining -= bytes.count
            }
            return batches
        }
    }

    /// The position of the batch that holds `offset`, or of the one before it, or of the first one.
    static func firstPosition(_ database: Database, _ identifier: Int64, _ offset: Int64) throws -> Int64 {
        try Int64.fetchOne(
            database.cachedStatement(
                sql: "SELECT position FROM batch WHERE position <= ? AND position >= ? ORDER BY position DESC LIMIT 1"),
            arguments: [SQLitePosition.of(identifier, offset), SQLitePosition.first(identifier)])
            ?? SQLitePosition.first(identifier)
    }

    private func reading<Result: Sendable>(
        _ body: @Sendable (Database) throws -> Result
    ) throws(EventLogError) -> Result {
        do {
            return try pool.read(body)
        } catch {
            throw EventLogError(error, path: path)
        }
    }

    private func opened<Result: Sendable>(
        _ body: (inout sending State) throws(EventLogError) -> sending Result
    ) throws(EventLogError) -> Result {
        try state.withLock { (state) throws(EventLogError) -> Result in
            guard !state.isClosed else { throw EventLogError(.fatal, .closed, "the log \"\(path)\" is closed") }
            return try body(&state)
        }
    }
}
