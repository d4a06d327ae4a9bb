import BatchStore
import EventLog
import EventLogConformance
import EventLogEmbedded
import Synchronization
import Testing

/// Logs in memory; a restart is a crash of the storage.
final class MemoryHarness: LogHarness {
    private let storages = Mutex<[ObjectIdentifier: MemoryBatchStorage]>([:])

    func makeLog() throws -> any TransactionalLog { open(MemoryBatchStorage()) }

    func restart(_ log: any TransactionalLog) throws -> any TransactionalLog {
        let embedded = try #require(log as? EmbeddedLog)
        let storage = try #require(storages.withLock { $0[ObjectIdentifier(embedded)] })
        return open(storage.crash())
    }

    func compact(_ log: any TransactionalLog, _ partition: TopicPartition, at now: Int64) throws {
        try #require(log as? EmbeddedLog).compact(partition, at: now)
    }

    private func open(_ storage: MemoryBatchStorage) -> EmbeddedLog {
        let log = EmbeddedLog(storage)
        storages.withLock { $0[ObjectIdentifier(log)] = storage }
        return log
    }
}

@Suite("The log in memory")
struct MemoryConformanceTests {
    @Test("Conformance", arguments: ConformanceCase.all)
    func conformance(_ conformanceCase: ConformanceCase) throws {
        try conformanceCase.run(on: MemoryHarness())
    }
}
