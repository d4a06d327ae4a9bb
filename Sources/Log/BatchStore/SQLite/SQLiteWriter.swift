import EventLog
import Foundation
import GRDB

/// Writes staged changes to the tables, within a transaction that the caller has begun.
struct SQLiteWriter {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func write(_ stage: StorageIndex.Stage) throws {
        for topic in stage.deletedTopics { try delete(topic) }
        for topic in stage.topics.values { try write(topic) }
        for move in stage.moves { try apply(move) }
        for replacement in stage.replacements {
            try deleteBatches(replacement.partitionID, replacement.offsets)
            for batch in replacement.batches { try insert(batch, into: replacement.partitionID) }
        }
        for append in stage.appends { try insert(append.batch, into: append.partitionID) }
        for identifier in stage.trims {
            guard let extent = stage.extents[identifier] else { continue }
            try writeExtent(extent, of: identifier)
        }
        for (key, value) in stage.metadata { try write(value, under: key) }
    }

    private func apply(_ move: StorageIndex.PartitionMove) throws {
        let end = move.old + Int64(move.count)
        try database.execute(
            sql: "UPDATE partition SET id = id + ? WHERE id >= ? AND id < ?",
            arguments: [move.new - move.old, move.old, end])
        try database.execute(
            sql: "UPDATE batch SET position = position + ? WHERE position >= ? AND position < ?",
            arguments: [
                SQLitePosition.first(move.new) - SQLitePosition.first(move.old), SQLitePosition.first(move.old),
                SQLitePosition.first(end),
            ])
    }

    private func insert(_ batch: RecordBatch, into partitionID: Int64) throws {
        let statement = try database.cachedStatement(
            sql: "INSERT INTO batch (position, end_offset, max_timestamp, bytes) VALUES (?, ?, ?, ?)")
        try statement.execute(arguments: [
            SQLitePosition.of(partitionID, batch.baseOffset), batch.endOffset, batch.header.maxTimestamp,
            Data(batch.bytes),
        ])
    }

    private func write(_ value: [UInt8]?, under key: String) throws {
        guard let value else {
            try database.cachedStatement(sql: "DELETE FROM metadata WHERE key = ?").execute(arguments: [key])
            return
        }
        try database.cachedStatement(
            sql:
                "INSERT INTO metadata (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        ).execute(arguments: [key, Data(value)])
    }

    private func write(_ topic: StoredTopic) throws {
        let retention = topic.configuration.retention.map { duration -> Int64 in
            let (seconds, attoseconds) = duration.components
            return seconds * 1000 + attoseconds / 1_000_000_000_000_000
        }
        try database.execute(
            sql: "INSERT OR REPLACE INTO topic VALUES (?, ?, ?, ?, ?)",
            arguments: [
                topic.name, topic.firstPartitionID, topic.configuration.partitions,
                topic.configuration.cleanup == .compact, retention,
            ])
    }

    private func delete(_ topic: StoredTopic) throws {
        let end = topic.firstPartitionID + Int64(topic.configuration.partitions)
        try database.execute(sql: "DELETE FROM topic WHERE name = ?", arguments: [topic.name])
        try database.execute(
            sql: "DELETE FROM partition WHERE id >= ? AND id < ?", arguments: [topic.firstPartitionID, end])
        try database.execute(
            sql: "DELETE FROM batch WHERE position >= ? AND position < ?",
            arguments: [SQLitePosition.first(topic.firstPartitionID), SQLitePosition.first(end)])
    }

    private func deleteBatches(_ partitionID: Int64, _ offsets: Range<Int64>) throws {
        try database.execute(
            sql: "DELETE FROM batch WHERE position >= ? AND position < ?",
            arguments: [
                SQLitePosition.of(partitionID, offsets.lowerBound), SQLitePosition.of(partitionID, offsets.upperBound),
            ])
    }

    /// Writes down what batches alone do not tell, and removes those that lie wholly before the beginning.
    private func writeExtent(_ extent: Range<Int64>, of partitionID: Int64) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO partition VALUES (?, ?, ?)",
            arguments: [partitionID, extent.lowerBound, extent.upperBound])
        try database.execute(
            sql: "DELETE FROM batch WHERE position >= ? AND position < ? AND end_offset <= ?",
            arguments: [
                SQLitePosition.first(partitionID), SQLitePosition.of(partitionID, extent.lowerBound), extent.lowerBound,
            ])
    }
}
