import BatchStore
import EventLog
import EventLogEmbedded
import Foundation

/// The log alone: batches of 1,100 records of 700 bytes, encoded, checksummed and committed to SQLite.
enum LogBenchmark {
    private static let recordsPerCommit = 1_100
    private static let valueBytes = 700
    private static let commits = 300

    static func run() throws {
        let encoded = Stopwatch.least { batch(recordsPerCommit).bytes.count } / Double(recordsPerCommit)
        let sample = batch(recordsPerCommit)
        let checksum = Stopwatch.least { Int(CRC32C.checksum(sample.bytes)) } / Double(recordsPerCommit)
        print("log: encode \(microseconds(encoded)) µs CPU a record, of which checksum \(microseconds(checksum))")
        for durability in [SQLiteBatchStorage.Durability.process, .device] {
            try commit(durability, threads: 1, recordsPerCommit: recordsPerCommit, commits: commits)
        }
        for threads in [1, 8] {
            try commit(.device, threads: threads, recordsPerCommit: 22, commits: 2_000)
        }
    }

    private static func batch(_ count: Int) -> RecordBatch {
        let key = Array("arn:aws:states:us-east-1:123456789012:execution:chain:0123456789abcdef".utf8)
        let value = (0..<valueBytes).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let headers: RecordHeaders = ["ce_type": "steplog.TaskStateEntered.v1"]
        var builder = RecordBatchBuilder(capacity: count * (valueBytes + 150))
        for index in 0..<count {
            builder.append(key: key, headers: headers, timestamp: Int64(index)) { $0.append(contentsOf: value) }
        }
        return builder.finish()
    }

    /// Commits one batch a transaction from each thread to a partition of its own; CPU time is the whole process's.
    private static func commit(
        _ durability: SQLiteBatchStorage.Durability, threads: Int, recordsPerCommit: Int, commits: Int
    ) throws {
        let path = NSTemporaryDirectory() + "steplog-bench-\(ProcessInfo.processInfo.processIdentifier).sqlite"
        defer {
            for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        let storage = try SQLiteBatchStorage(path: path, durability: durability)
        let level = try storage.durability() == .device ? "FULL" : "NORMAL"
        let log = EmbeddedLog(storage)
        defer { log.close() }
        try log.createTopic("events", TopicConfiguration(partitions: threads))
        let batch = batch(recordsPerCommit)
        let producers = try (0..<threads).map { try log.makeProducer(transactionalID: "\($0)") }
        let (wall, cpu) = (Date(), processSeconds())
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            var transaction = Transaction()
            transaction.append(batch, to: TopicPartition("events", thread))
            for _ in 0..<commits / threads {
                do { _ = try producers[thread].commit(transaction) } catch { print("log: \(error)") }
            }
        }
        let seconds = Date().timeIntervalSince(wall)
        let records = Double(commits / threads * threads * recordsPerCommit)
        print(
            "log: SQLite, synchronous \(level), \(threads) threads, \(recordsPerCommit) records a commit: "
                + "\(Int(records / seconds)) records/s, \(Int(records * Double(valueBytes) / seconds / 1e6)) MB/s, "
                + "\(Int(Double(commits) / seconds)) commits/s, "
                + "\(microseconds((processSeconds() - cpu) / records)) µs CPU a record")
    }

    private static func microseconds(_ seconds: Double) -> String { String(format: "%.2f", seconds * 1e6) }

    private static func processSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
