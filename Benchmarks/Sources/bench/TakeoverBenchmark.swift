import BatchStore
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import PartitionProcessor

/// 100,000 executions that wait: how much memory each takes, and how long a new owner of their partition needs until it works.
enum TakeoverBenchmark {
    private static let executions = 100_000
    private static let waiting = #"{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":86400,"End":true}}}"#

    static func run() throws {
        let path = NSTemporaryDirectory() + "steplog-takeover-\(ProcessInfo.processInfo.processIdentifier).sqlite"
        defer {
            for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        let log = EmbeddedLog(try SQLiteBatchStorage(path: path, durability: .process))
        defer { log.close() }
        try measure(log, "SQLite")
    }

    /// - Parameter name: of the log, for the lines that are printed.
    static func measure(_ log: any TransactionalLog, _ name: String) throws {
        let layout = TopicLayout(names: TopicNames(prefix: "takeover-\(UUID().uuidString.prefix(8))"), partitions: 1)
        try layout.create(in: log)
        let before = residentBytes()
        let first = try RunningLane(log, layout)
        try start(log, layout)
        try waitForEvents(log, layout, executions * 3)
        let decided = residentBytes()
        Thread.sleep(forTimeInterval: 4)
        let idle = residentBytes()
        print(
            "\(name) log: an idle execution takes \((idle - before) / executions) bytes, "
                + "\((decided - before) / executions) right after its start")
        first.stop()
        print("\(name) log: taken over by the lane that had it: \(try takeOver(log, layout)) s")
        let events = try seconds { _ = try digest(log, layout, usingCheckpoints: false) }
        let checkpoints = try seconds { _ = try digest(log, layout, usingCheckpoints: true) }
        print(
            "\(name) log: state from the checkpoints in \(checkpoints) s, from all events in \(events) s (with its dump)"
        )
    }

    /// From the lane's start until a command of its partition is decided.
    private static func takeOver(_ log: any TransactionalLog, _ layout: TopicLayout) throws -> Double {
        let end = try log.endOffset(of: TopicPartition(layout.names.events, 0))
        let before = residentBytes()
        let begin = Date()
        let lane = try RunningLane(log, layout)
        try append(log, layout, executions..<executions + 1)
        try waitForEvents(log, layout, Int(end) + 3)
        let taken = Date().timeIntervalSince(begin)
        print("restored executions take \((residentBytes() - before) / executions) bytes each")
        lane.stop()
        return taken
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let begin = Date()
        try body()
        return Date().timeIntervalSince(begin)
    }

    private static func digest(
        _ log: any TransactionalLog, _ layout: TopicLayout, usingCheckpoints: Bool
    ) throws -> String {
        try PartitionDigest(log: log, configuration: RunningLane.configuration(layout), partition: 0)
            .text(usingCheckpoints: usingCheckpoints)
    }

    private static func start(_ log: any TransactionalLog, _ layout: TopicLayout) throws {
        for first in stride(from: 0, to: executions, by: 1_000) {
            try append(log, layout, first..<first + 1_000)
        }
    }

    private static func append(_ log: any TransactionalLog, _ layout: TopicLayout, _ numbers: Range<Int>) throws {
        let appender = try log.makeAppender()
        defer { appender.close() }
        var builder = RecordBatchBuilder()
        for number in numbers {
            let name = "order-\(number)-0123456789abcdef"
            let arn = "arn:aws:states:us-east-1:123456789012:execution:bench:\(name)"
            let start = StartExecution(
                executionArn: arn, name: name,
                stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:bench",
                roleArn: "arn:aws:iam::123456789012:role/bench", definitionHash: "waiting",
                input: EngineBenchmark.input)
            let command = CommandRecord(
                executionArn: arn, command: .startExecution(start), definition: number == 0 ? waiting : nil)
            builder.append(key: Array(arn.utf8), value: command.encoded(), timestamp: 0)
        }
        _ = try appender.append([
            PartitionBatch(partition: TopicPartition(layout.names.commands, 0), batch: builder.finish())
        ])
    }

    private static func waitForEvents(_ log: any TransactionalLog, _ layout: TopicLayout, _ count: Int) throws {
        while try log.endOffset(of: TopicPartition(layout.names.events, 0)) < count {
            Thread.sleep(forTimeInterval: 0.002)
        }
    }

    /// Of this process, pages that the allocator keeps for later included. Source: proc(5), statm.
    private static func residentBytes() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4_096
    }
}
