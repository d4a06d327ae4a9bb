import BatchStore
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import StatesLanguage
import Synchronization

/// Rebuilding state from events: decoded ones, their bytes in memory, and a SQLite log that is read from its beginning.
enum ReplayBenchmark {
    private static let executions = 2_000
    private static let topic = "events"

    static func run() throws {
        let machine = try EngineBenchmark.machine(Machines.mix)
        let histories = (0..<executions).map { EngineBenchmark.history(machine, $0) }
        let events = histories.map { $0.map(\.event) }
        let records = histories.flatMap { $0.map(\.bytes) }
        let start = histories.compactMap { $0.first?.event.detail }
        let bytes = records.reduce(0) { $0 + $1.count } / records.count
        let folded = Stopwatch.least(batches: 5) {
            zip(events, start).reduce(0) { $0 + fold($1.0, $1.1, machine) }
        }
        let decoded = try Stopwatch.least(batches: 5) {
            var decoder = EventDecoder()
            return try records.reduce(0) { $0 + Int(try decoder.next($1.span).event.sequence) }
        }
        print("replay: \(records.count) events of \(bytes) bytes on average")
        say("fold of decoded events", folded, records.count)
        say("decoding of their bytes", decoded, records.count)
        say("both, from memory", folded + decoded, records.count)
        try fromSQLite(records, machine)
    }

    private static func say(_ what: String, _ seconds: Double, _ count: Int) {
        print(
            "replay: \(what): \(Int(Double(count) / seconds)) events/s, \(Int(seconds / Double(count) * 1e9)) ns each")
    }

    private static func fold(_ events: [Event], _ first: EventDetail, _ machine: StateMachine) -> Int {
        guard case .executionStarted(let started) = first else { return 0 }
        let execution = Execution(start: started.start, machine: machine)
        for event in events { try? execution.evolve(event) }
        return Int(execution.sequence)
    }

    private static func fromSQLite(_ records: [[UInt8]], _ machine: StateMachine) throws {
        let path = NSTemporaryDirectory() + "steplog-bench-\(ProcessInfo.processInfo.processIdentifier).sqlite"
        defer {
            for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        let lanes = ProcessInfo.processInfo.activeProcessorCount
        let writer = EmbeddedLog(try SQLiteBatchStorage(path: path, durability: .process))
        try writer.createTopic(topic, TopicConfiguration(partitions: lanes))
        let appender = try writer.makeAppender()
        for partition in 0..<lanes {
            for first in stride(from: 0, to: records.count, by: 500) {
                var builder = RecordBatchBuilder()
                for record in records[first..<min(first + 500, records.count)] {
                    builder.append(key: nil, value: record, timestamp: 0)
                }
                let place = TopicPartition(topic, partition)
                _ = try appender.append([PartitionBatch(partition: place, batch: builder.finish())])
            }
        }
        writer.close()
        let log = EmbeddedLog(try SQLiteSnapshot(path: path))
        defer { log.close() }
        let one = try Stopwatch.least(batches: 3) { try rebuild(0, of: log, machine) }
        say("read from SQLite, decoded and folded by one lane", one, records.count)
        // A lane reads definitions for itself, as in the engine.
        let machines = try (0..<lanes).map { _ in try EngineBenchmark.machine(Machines.mix) }
        let all = Stopwatch.least(batches: 3) {
            let counts = Mutex(0)
            DispatchQueue.concurrentPerform(iterations: lanes) { lane in
                let count = (try? rebuild(lane, of: log, machines[lane])) ?? 0
                counts.withLock { $0 += count }
            }
            return counts.withLock { $0 }
        }
        say("the same by a lane for each of \(lanes) processors", all, records.count * lanes)
    }

    private static func rebuild(_ partition: Int, of log: EmbeddedLog, _ machine: StateMachine) throws -> Int {
        var open: [String: Execution] = [:]
        var decoder = EventDecoder()
        try log.readToEnd(TopicPartition(topic, partition)) { record in
            let (arn, event) = try decoder.next(record.valueSpan)
            if case .executionStarted(let started) = event.detail {
                open[arn] = Execution(start: started.start, machine: machine)
            }
            try open[arn]?.evolve(event)
        }
        return open.count
    }
}
