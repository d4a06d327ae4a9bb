import BatchStore
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import PartitionProcessor

/// State transitions per second of chains of ten Pass states through a lane on the SQLite log: commands appended, decided,
/// events committed, and read back by a client that keeps 50 executions under way.
enum DurableBenchmark {
    static func run() throws {
        for (name, durability) in [
            ("synchronous NORMAL", SQLiteBatchStorage.Durability.process), ("synchronous FULL", .device),
        ] {
            let perSecond = try measure(durability, executions: durability == .process ? 20_000 : 5_000)
            print("SQLite log, \(name), 50 executions at a time: \(Int(perSecond)) state transitions/s")
        }
    }

    private static func measure(_ durability: SQLiteBatchStorage.Durability, executions: Int) throws -> Double {
        let path = NSTemporaryDirectory() + "steplog-bench-\(ProcessInfo.processInfo.processIdentifier).sqlite"
        defer {
            for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        let log = EmbeddedLog(try SQLiteBatchStorage(path: path, durability: durability))
        defer { log.close() }
        let layout = TopicLayout(partitions: 1)
        try layout.create(in: log)
        let lane = try Lane(
            log: log,
            configuration: ProcessorConfiguration(
                layout: layout, settings: EngineBenchmark.settings,
                now: { Int64(Date().timeIntervalSince1970 * 1_000) },
                randomBits: { UInt64.random(in: 0 ... .max) }),
            definitions: DefinitionStore(log: log, names: layout.names))
        let laneEnded = DispatchSemaphore(value: 0)
        let thread = Thread {
            do { try lane.run() } catch { print("lane: \(error)") }
            laneEnded.signal()
        }
        thread.stackSize = 16 << 20
        thread.start()
        defer {
            lane.stop()
            laneEnded.wait()
        }
        let seconds = try drive(log, layout, executions)
        return Double(executions * 10) / seconds
    }

    /// Keeps 50 executions under way until so many have ended. - Returns: the seconds that took.
    private static func drive(_ log: EmbeddedLog, _ layout: TopicLayout, _ executions: Int) throws -> Double {
        let appender = try log.makeAppender()
        let reader = try log.makeReader([TopicPartition(layout.names.events, 0): .end])
        var started = 0
        var ended = 0
        let begin = Date()
        func start(_ count: Int) throws {
            var builder = RecordBatchBuilder()
            for _ in 0..<min(count, executions - started) {
                let arn = "arn:aws:states:us-east-1:123456789012:execution:bench:run-\(started)"
                let command = CommandRecord(
                    executionArn: arn,
                    command: .startExecution(
                        StartExecution(
                            executionArn: arn, name: "run-\(started)",
                            stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:bench",
                            roleArn: "arn:aws:iam::123456789012:role/bench", definitionHash: "chain",
                            input: EngineBenchmark.input)),
                    definition: started == 0 ? Machines.chain : nil)
                builder.append(key: Array(arn.utf8), value: command.encoded(), timestamp: 0)
                started += 1
            }
            if !builder.isEmpty {
                _ = try appender.append([
                    PartitionBatch(partition: TopicPartition(layout.names.commands, 0), batch: builder.finish())
                ])
            }
        }
        try start(50)
        while ended < executions {
            var now = 0
            for records in try reader.read(timeout: .seconds(10)) {
                for batch in records.batches {
                    for record in batch where record.headers.text("ce_type") == "steplog.ExecutionSucceeded.v1" {
                        now += 1
                    }
                }
            }
            ended += now
            try start(now)
        }
        return Date().timeIntervalSince(begin)
    }
}
