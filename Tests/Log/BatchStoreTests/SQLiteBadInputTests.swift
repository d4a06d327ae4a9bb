import BatchStore
import EventLog
import Foundation
import GRDB
import Testing

@Suite("Log files that cannot be used")
struct SQLiteBadInputTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("steplog-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func error(_ path: String, pagesMax: Int? = nil) throws -> EventLogError {
        try #require(throws: EventLogError.self) {
            try SQLiteBatchStorage(path: path, durability: .process, pagesMax: pagesMax)
        }
    }

    private func change(bytes: Int) -> StorageChange {
        var builder = RecordBatchBuilder()
        builder.append(key: nil, value: [UInt8](repeating: 1, count: bytes), timestamp: 0)
        var change = StorageChange()
        change.appends = [PartitionBatch(partition: TopicPartition("t", 0), batch: builder.finish())]
        change.metadata = [MetadataEntry("size", [1])]
        return change
    }

    @Test("A file that is no database, of any length, is named and left as it was", arguments: [1, 15, 16, 100, 5_000])
    func notADatabase(length: Int) throws {
        let path = path("file")
        let content = Data(repeating: 65, count: length)
        try content.write(to: URL(fileURLWithPath: path))
        let error = try error(path)
        #expect(error.code == .notALog)
        #expect(error.message.contains(path))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == content)
        #expect(!FileManager.default.fileExists(atPath: path + ".lock"))
    }

    @Test("A file that begins like a database and is none is named")
    func broken() throws {
        let path = path("file")
        try (Data("SQLite format 3\0".utf8) + Data(repeating: 7, count: 4_000)).write(to: URL(fileURLWithPath: path))
        #expect([.notALog, .corrupt].contains(try error(path).code))
    }

    @Test("Another program's database is refused")
    func otherDatabase() throws {
        let path = path("other.sqlite")
        let database = try DatabaseQueue(path: path)
        try database.write { try $0.execute(sql: "CREATE TABLE person (name TEXT)") }
        try database.close()
        #expect(try error(path).code == .notALog)
    }

    @Test("A log of a newer version is refused, with both versions")
    func newer() throws {
        let path = path("log.sqlite")
        try SQLiteBatchStorage(path: path, durability: .process).close()
        let database = try DatabaseQueue(path: path)
        try database.write { try $0.execute(sql: "PRAGMA user_version = 7") }
        try database.close()
        let error = try error(path)
        #expect(error.code == .newerFormat)
        #expect(error.message.contains("format 7") && error.message.contains("1"))
    }

    @Test("A folder, and a path in a folder that does not exist, are unreadable")
    func unreadable() throws {
        #expect(try error(folder.path).code == .unreadable)
        #expect(try error(path("missing/log.sqlite")).code == .unreadable)
    }

    @Test("A full disk loses nothing: the commit fails whole, and goes through when there is room")
    func full() throws {
        let path = path("log.sqlite")
        var storage = try SQLiteBatchStorage(path: path, durability: .process, pagesMax: 40)
        var topics = StorageChange()
        topics.topics["t"] = TopicConfiguration(partitions: 1)
        _ = try storage.apply(topics)
        var committed: Int64 = 0
        let error = #expect(throws: EventLogError.self) {
            for _ in 0..<100 {
                _ = try storage.apply(change(bytes: 50_000))
                committed += 1
            }
        }
        #expect(error?.code == .storageFull)
        #expect(error?.kind == .retriable)
        #expect((1..<20).contains(committed))
        #expect(try storage.extent(of: TopicPartition("t", 0)) == 0..<committed)
        storage.close()
        storage = try SQLiteBatchStorage(path: path, durability: .process)
        defer { storage.close() }
        #expect(try storage.apply(change(bytes: 50_000)) == .applied([committed..<committed + 1]))
    }

    @Test("A file with no room for its tables is one error")
    func fullAtOnce() throws {
        #expect(try error(path("log.sqlite"), pagesMax: 2).code == .storageFull)
    }

    @Test("A batch that was damaged on disk is an error when it is read")
    func damaged() throws {
        let path = path("log.sqlite")
        var storage = try SQLiteBatchStorage(path: path, durability: .process)
        var topics = StorageChange()
        topics.topics["t"] = TopicConfiguration(partitions: 1)
        _ = try storage.apply(topics)
        _ = try storage.apply(change(bytes: 100))
        storage.close()
        let database = try DatabaseQueue(path: path)
        try database.write { try $0.execute(sql: "UPDATE batch SET bytes = zeroblob(length(bytes))") }
        try database.close()
        storage = try SQLiteBatchStorage(path: path, durability: .process)
        defer { storage.close() }
        let error = #expect(throws: EventLogError.self) {
            _ = try storage.read(TopicPartition("t", 0), from: 0, bytesMax: 1_000)
        }
        #expect([.corrupt, .unsupported].contains(error?.code))
    }
}
