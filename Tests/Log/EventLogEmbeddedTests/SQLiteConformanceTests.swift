import BatchStore
import EventLog
import EventLogConformance
import EventLogEmbedded
import Foundation
import Synchronization
import Testing

/// Logs in SQLite files of a folder that goes with the harness; a restart closes the file and opens it again.
final class SQLiteHarness: LogHarness {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("steplog-\(UUID().uuidString)")
    private let durability: SQLiteBatchStorage.Durability
    private let tailBytesMax: Int
    private let paths = Mutex<[ObjectIdentifier: String]>([:])

    /// - Parameter tailBytesMax: 0 makes nearly every read go to the file.
    init(durability: SQLiteBatchStorage.Durability, tailBytesMax: Int) throws {
        self.durability = durability
        self.tailBytesMax = tailBytesMax
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func makeLog() throws -> any TransactionalLog {
        try open(folder.appendingPathComponent("\(UUID().uuidString).sqlite").path)
    }

    func restart(_ log: any TransactionalLog) throws -> any TransactionalLog {
        let embedded = try #require(log as? EmbeddedLog)
        let path = try #require(paths.withLock { $0[ObjectIdentifier(embedded)] })
        log.close()
        return try open(path)
    }

    func compact(_ log: any TransactionalLog, _ partition: TopicPartition, at now: Int64) throws {
        try #require(log as? EmbeddedLog).compact(partition, at: now)
    }

    private func open(_ path: String) throws -> EmbeddedLog {
        let log = EmbeddedLog(
            try SQLiteBatchStorage(path: path, durability: durability, tailBytesMax: tailBytesMax))
        paths.withLock { $0[ObjectIdentifier(log)] = path }
        return log
    }
}

@Suite("The log in SQLite")
struct SQLiteConformanceTests {
    @Test("Conformance at synchronous=NORMAL", arguments: ConformanceCase.all)
    func normal(_ conformanceCase: ConformanceCase) throws {
        try conformanceCase.run(on: SQLiteHarness(durability: .process, tailBytesMax: 4 << 20))
    }

    @Test("Conformance at synchronous=FULL, read from the file", arguments: ConformanceCase.all)
    func full(_ conformanceCase: ConformanceCase) throws {
        try conformanceCase.run(on: SQLiteHarness(durability: .device, tailBytesMax: 0))
    }
}
