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
        returnFreePages()
        let (before, usedBefore) = (residentBytes(), usedBytes())
        let first = try RunningLane(log, layout)
        try start(log, layout)
        try waitForEvents(log, layout, executions * 3)
        let decided = residentBytes()
        Thread.sleep(forTimeInterval: 4)
        let idle = residentBytes()
        returnFreePages()
        print(
            "\(name) log: an idle execution takes \((usedBytes() - usedBefore) / executions) bytes; in pages "
                + "\((residentBytes() - before) / executions), with those that the allocator keeps free "
                + "\((idle - before) / executions), \((decided - before) / executions) right after its start")
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
        returnFreePages()
        let (before, usedBefore) = (residentBytes(), usedBytes())
        let begin = Date()
        let lane = try RunningLane(log, layout)
        try append(log, layout, executions..<executions + 1)
        try waitForEvents(log, layout, Int(end) + 3)
        let taken = Date().timeIntervalSince(begin)
        returnFreePages()
        let pages = (residentBytes() - before) / executions
        print("restored executions take \((usedBytes() - usedBefore) / executions) bytes each, in pages \(pages)")
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

    /// Has the allocator give free pages back to the system. Source: malloc_trim(3).
    private static func returnFreePages() {
        guard let symbol = unsafe dlsym(nil, "malloc_trim") else { return }
        _ = unsafe unsafeBitCast(symbol, to: (@convention(c) (Int) -> Int32).self)(0)
    }

    /// What the program has from the allocator. Source: malloc_info(3), whose last lines are of all arenas.
    private static func usedBytes() -> Int {
        guard let symbol = unsafe dlsym(nil, "malloc_info"), let file = unsafe tmpfile() else { return 0 }
        defer { unsafe fclose(file) }
        let write = unsafe unsafeBitCast(
            symbol, to: (@convention(c) (Int32, UnsafeMutablePointer<FILE>) -> Int32).self)
        _ = unsafe write(0, file)
        unsafe rewind(file)
        var text: [UInt8] = []
        while case let byte = unsafe fgetc(file), byte != EOF { text.append(UInt8(byte)) }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").suffix(8)
        func size(_ tag: String) -> Int {
            let line = lines.first { $0.hasPrefix("<\(tag)") }
            return line?.split(separator: "size=\"").last.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
        }
        return size("system type=\"current\"") - size("total type=\"fast\"") - size("total type=\"rest\"")
            + size("total type=\"mmap\"")
    }

    /// Of this process, pages that the allocator keeps for later included. Source: proc(5), statm.
    private static func residentBytes() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4_096
    }
}
