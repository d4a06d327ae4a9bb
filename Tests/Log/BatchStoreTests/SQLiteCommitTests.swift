import BatchStore
import EventLog
import Foundation
import Synchronization
import Testing

@Suite("Commits to SQLite")
struct SQLiteCommitTests {
    private let path = FileManager.default.temporaryDirectory
        .appendingPathComponent("steplog-\(UUID().uuidString).sqlite").path

    private func removeFiles() {
        for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    private func open(_ durability: SQLiteBatchStorage.Durability = .process) throws -> SQLiteBatchStorage {
        let storage = try SQLiteBatchStorage(path: path, durability: durability)
        var change = StorageChange()
        change.topics["t"] = TopicConfiguration(partitions: 8)
        _ = try storage.apply(change)
        return storage
    }

    private func change(_ partition: Int, bytes: Int) -> StorageChange {
        var builder = RecordBatchBuilder()
        builder.append(key: nil, value: [UInt8](repeating: 1, count: bytes), timestamp: 0)
        var change = StorageChange()
        change.appends = [PartitionBatch(partition: TopicPartition("t", partition), batch: builder.finish())]
        return change
    }

    @Test(
        "SQLite syncs each commit when asked to, and only then",
        arguments: [SQLiteBatchStorage.Durability.process, .device])
    func durability(asked: SQLiteBatchStorage.Durability) throws {
        defer { removeFiles() }
        let storage = try open(asked)
        defer { storage.close() }
        #expect(try storage.durability() == asked)
    }

    @Test("Under steady load the write-ahead file stays bounded, and everything is there afterwards")
    func writeAheadFile() throws {
        defer { removeFiles() }
        let storage = try open()
        let changes = (0..<8).map { change($0, bytes: 1_000_000) }
        for index in 0..<400 { _ = try storage.apply(changes[index % 8]) }
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "-wal")
        #expect(try #require(attributes[.size] as? Int) < 200 << 20)
        storage.close()
        let again = try SQLiteBatchStorage(path: path, durability: .process)
        defer { again.close() }
        for partition in 0..<8 {
            #expect(try again.extent(of: TopicPartition("t", partition)) == 0..<50)
        }
        #expect(try again.read(TopicPartition("t", 3), from: 24, bytesMax: 1).first?.bytes.count ?? 0 > 1_000_000)
    }

    @Test("A commit that cannot be written takes no other with it that shares its group")
    func sharedGroup() throws {
        defer { removeFiles() }
        let storage = try open()
        defer { storage.close() }
        let errors = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 8) { partition in
            for round in 0..<20 {
                do {
                    // Every other change of partition 7 names a topic that does not exist.
                    var change = change(partition, bytes: 100)
                    if partition == 7, round % 2 == 1 { change.appends[0].partition = TopicPartition("none", 0) }
                    _ = try storage.apply(change)
                } catch {
                    errors.add(1, ordering: .relaxed)
                }
            }
        }
        #expect(errors.load(ordering: .relaxed) == 10)
        for partition in 0..<8 {
            #expect(try storage.extent(of: TopicPartition("t", partition)) == 0..<(partition == 7 ? 10 : 20))
        }
    }
}
