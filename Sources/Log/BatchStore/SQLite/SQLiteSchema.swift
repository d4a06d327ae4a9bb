import EventLog
import Foundation
import GRDB

/// The tables of a log file, and what they hold when it is opened.
enum SQLiteSchema {
    /// "StpL": tells a log from other SQLite files.
    private static let applicationID = 0x5374_704c
    /// The version that this release writes. An older one is brought up to it; a newer one is refused.
    private static let version = 1

    /// Checks that the file at `path` may be a log, without opening it as a database. No file is fine.
    static func checkFile(_ path: String) throws(EventLogError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try checkReadable(path)
        guard FileManager.default.isWritableFile(atPath: path) else {
            throw EventLogError(.fatal, .readOnly, "\"\(path)\" cannot be written: a log needs to be")
        }
    }

    /// Checks that the file at `path` is there and begins as a log does.
    static func checkReadable(_ path: String) throws(EventLogError) {
        guard FileManager.default.fileExists(atPath: path) else {
            throw EventLogError(.fatal, .unreadable, "there is no file \"\(path)\"")
        }
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let type = (try? FileManager.default.attributesOfItem(atPath: target))?[.type] as? FileAttributeType
        guard type != .typeDirectory else {
            throw EventLogError(.fatal, .unreadable, "\"\(path)\" is a folder, not a log")
        }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw EventLogError(.fatal, .unreadable, "\"\(path)\" cannot be read: permission is missing")
        }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw EventLogError(.fatal, .unreadable, "\"\(path)\" cannot be opened")
        }
        defer { try? file.close() }
        let start = (try? file.read(upToCount: 16)) ?? Data()
        guard start.isEmpty || start == Data("SQLite format 3\0".utf8) else {
            throw EventLogError(.fatal, .notALog, "\"\(path)\" is not a Steplog log (no SQLite file at all)")
        }
    }

    /// Creates the tables in an empty file; in another one checks that they are ours.
    static func prepare(_ database: Database, path: String) throws {
        let applicationID = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let tableCount = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if applicationID == 0, tableCount == 0 {
            try create(database)
        } else {
            try check(database, path: path)
        }
    }

    /// Checks that the tables are ours and of a version that this release reads.
    static func check(_ database: Database, path: String) throws {
        let applicationID = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if applicationID != SQLiteSchema.applicationID {
            throw EventLogError(.fatal, .notALog, "\"\(path)\" is not a Steplog log but another program's SQLite file")
        } else if version > SQLiteSchema.version {
            throw EventLogError(
                .fatal, .newerFormat,
                "the log \"\(path)\" has format \(version), written by a newer Steplog; this one reads format "
                    + "\(SQLiteSchema.version) and older")
        }
    }

    private static func create(_ database: Database) throws {
        // `position` is partition number * 2^44 + base offset: one tree, in the order in which partitions are read.
        try database.execute(
            sql: """
                CREATE TABLE topic (
                    name TEXT PRIMARY KEY NOT NULL, first_partition_id INTEGER NOT NULL, partitions INTEGER NOT NULL,
                    is_compacted INTEGER NOT NULL, retention_milliseconds INTEGER
                ) WITHOUT ROWID;
                CREATE TABLE partition (
                    id INTEGER PRIMARY KEY NOT NULL, begin_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL
                );
                CREATE TABLE batch (
                    position INTEGER PRIMARY KEY NOT NULL, end_offset INTEGER NOT NULL,
                    max_timestamp INTEGER NOT NULL, bytes BLOB NOT NULL
                );
                CREATE TABLE metadata (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL) WITHOUT ROWID;
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(version);
                """)
    }

    /// Everything but the batches.
    static func load(_ database: Database) throws -> StorageIndex {
        var topics: [StoredTopic] = []
        var extents: [Int64: Range<Int64>] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT * FROM topic") {
            let retention: Int64? = row["retention_milliseconds"]
            let configuration = TopicConfiguration(
                partitions: row["partitions"], cleanup: row["is_compacted"] ? .compact : .delete,
                retention: retention.map { .milliseconds($0) })
            let topic = StoredTopic(
                name: row["name"], configuration: configuration, firstPartitionID: row["first_partition_id"])
            topics.append(topic)
            for number in 0..<configuration.partitions {
                let identifier = topic.firstPartitionID + Int64(number)
                extents[identifier] = try extent(database, identifier)
            }
        }
        var metadata: [String: [UInt8]] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT key, value FROM metadata") {
            let value: Data = row["value"]
            metadata[row["key"]] = Array(value)
        }
        return StorageIndex(topics: topics, extents: extents, metadata: metadata)
    }

    /// The last batch tells the end, unless compaction has removed it: then the partition's row does.
    private static func extent(_ database: Database, _ identifier: Int64) throws -> Range<Int64> {
        let row = try Row.fetchOne(
            database, sql: "SELECT begin_offset, end_offset FROM partition WHERE id = ?", arguments: [identifier])
        let begin: Int64 = row?["begin_offset"] ?? 0
        let lastEnd = try Int64.fetchOne(
            database,
            sql: "SELECT end_offset FROM batch WHERE position >= ? AND position < ? ORDER BY position DESC LIMIT 1",
            arguments: [SQLitePosition.first(identifier), SQLitePosition.first(identifier + 1)])
        return begin..<max(begin, row?["end_offset"] ?? 0, lastEnd ?? 0)
    }
}

/// The key of a batch: where it is in which partition.
enum SQLitePosition {
    static func first(_ partitionID: Int64) -> Int64 { partitionID * StorageLimit.offsets }
    static func of(_ partitionID: Int64, _ offset: Int64) -> Int64 { partitionID * StorageLimit.offsets + offset }
    static func offset(_ position: Int64) -> Int64 { position % StorageLimit.offsets }
}
