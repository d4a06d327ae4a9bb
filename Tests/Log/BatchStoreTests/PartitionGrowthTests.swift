import EventLog
import Foundation
import Testing

@testable import BatchStore

struct PartitionGrowthTests {
    @Test("A topic that gets more partitions keeps what it holds, over a restart and beside its neighbours")
    func grows() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "steplog-growth-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "log.sqlite").path
        let memory = MemoryBatchStorage()
        var file = try SQLiteBatchStorage(path: path, durability: .process)
        for storage in [memory, file] as [any BatchStorage] {
            try fill(storage)
            var change = StorageChange()
            change.partitionCounts = ["t": 5]
            change.appends = [Self.batch("late", to: TopicPartition("t", 4))]
            _ = try storage.apply(change)
            try check(storage)
        }
        file.close()
        file = try SQLiteBatchStorage(path: path, durability: .process)
        try check(file)
        for storage in [memory, file] as [any BatchStorage] {
            var change = StorageChange()
            change.partitionCounts = ["t": 5]
            #expect(throws: EventLogError.self) { try storage.apply(change) }
        }
        file.close()
    }

    private func fill(_ storage: any BatchStorage) throws {
        var change = StorageChange()
        change.topics = ["t": TopicConfiguration(partitions: 2), "u": TopicConfiguration(partitions: 1)]
        change.appends = [
            Self.batch("a", to: TopicPartition("t", 0)), Self.batch("b", to: TopicPartition("t", 1)),
            Self.batch("c", to: TopicPartition("t", 1)), Self.batch("d", to: TopicPartition("u", 0)),
        ]
        _ = try storage.apply(change)
        var trim = StorageChange()
        trim.trims = [TopicPartition("t", 1): 1]
        _ = try storage.apply(trim)
    }

    private func check(_ storage: any BatchStorage) throws {
        #expect(try storage.topic("t")?.configuration.partitions == 5)
        let expected: [(String, Int, Range<Int64>, [String])] = [
            ("t", 0, 0..<1, ["a"]), ("t", 1, 1..<2, ["c"]), ("t", 2, 0..<0, []), ("t", 4, 0..<1, ["late"]),
            ("u", 0, 0..<1, ["d"]),
        ]
        for (topic, number, extent, values) in expected {
            let partition = TopicPartition(topic, number)
            #expect(try storage.extent(of: partition) == extent)
            let batches = try storage.read(partition, from: extent.lowerBound, bytesMax: 1 << 20)
            #expect(batches.flatMap { $0.map { String(decoding: $0.value ?? [], as: UTF8.self) } } == values)
        }
    }

    private static func batch(_ value: String, to partition: TopicPartition) -> PartitionBatch {
        var builder = RecordBatchBuilder()
        builder.append(key: nil, value: Array(value.utf8), timestamp: 0)
        return PartitionBatch(partition: partition, batch: builder.finish())
    }
}
