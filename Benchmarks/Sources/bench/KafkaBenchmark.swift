import Engine
import EventLog
import EventLogKafka
import Foundation
import PartitionProcessor

/// The engine on Kafka beside a C program that writes the same bytes in transactions of the same size (Benchmarks/kafka_floor), and its
/// latency beside the broker's own one-record transaction. `STEPLOG_KAFKA_BOOTSTRAP` names the broker, `STEPLOG_KAFKA_FLOOR` the C program.
enum KafkaBenchmark {
    private static let partitions = 16
    private static let executions = 20_000
    private static let rounds = 3

    static func run() throws {
        guard let brokers = variable("STEPLOG_KAFKA_BOOTSTRAP"), let floor = variable("STEPLOG_KAFKA_FLOOR") else {
            return print(
                "kafka: STEPLOG_KAFKA_BOOTSTRAP and STEPLOG_KAFKA_FLOOR are not set; see Benchmarks/BENCHMARKS.md")
        }
        let log = try KafkaLog(KafkaConfiguration(brokers: brokers.split(separator: ",").map(String.init)))
        defer { log.close() }
        for round in 0..<rounds { try throughput(log, brokers, floor, round) }
        for round in 0..<rounds { try latency(log, brokers, floor, round) }
        try TakeoverBenchmark.measure(log, "Kafka")
    }

    private static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

    private static func layout(_ name: String, partitions: Int) -> TopicLayout {
        TopicLayout(
            names: TopicNames(prefix: "bench-\(name)-\(UUID().uuidString.prefix(8))"), partitions: partitions)
    }

    // MARK: - Throughput

    private static func throughput(_ log: KafkaLog, _ brokers: String, _ floor: String, _ round: Int) throws {
        let layout = layout("chain", partitions: partitions)
        try layout.create(in: log)
        let lanes = try (0..<ProcessInfo.processInfo.activeProcessorCount).map { _ in try RunningLane(log, layout) }
        // The definition is on the log, and every partition is owned and has run.
        try append(log, layout, 0..<1, definition: Machines.chain)
        try waitForCommands(log, layout)
        try append(log, layout, 1..<400)
        try waitForCommands(log, layout)
        let before = try ends(log, layout)
        let begin = Date()
        try append(log, layout, 400..<400 + executions)
        try waitForCommands(log, layout)
        let seconds = Date().timeIntervalSince(begin)
        let after = try ends(log, layout)
        for lane in lanes { lane.stop() }
        let written = try volume(log, layout, from: before, to: after)
        let records = max(1, written.records / written.transactions)
        let floorSeconds =
            Double(
                try output(
                    floor, "write", brokers, "\(partitions)", "\(written.transactions)", "\(records)",
                    "\(written.bytes / written.records)")) ?? .nan
        print(
            "round \(round): \(Int(Double(executions * 10) / seconds)) transitions/s; \(written.transactions) transactions of \(records) "
                + "records of \(written.bytes / written.records) bytes in \(rounded(seconds)) s, the C program in "
                + "\(rounded(floorSeconds)) s: \(Int(100 * floorSeconds / seconds)) %")
    }

    /// Appends starts of executions, each to its partition.
    private static func append(
        _ log: KafkaLog, _ layout: TopicLayout, _ numbers: Range<Int>, definition: String? = nil
    ) throws {
        let appender = try log.makeAppender()
        defer { appender.close() }
        var builders: [Int: RecordBatchBuilder] = [:]
        for number in numbers {
            let (arn, command) = startCommand(number, definition)
            builders[layout.partition(ofEntity: arn), default: RecordBatchBuilder()].append(
                key: Array(arn.utf8), value: command, timestamp: 0)
        }
        var batches: [PartitionBatch] = []
        for partition in builders.keys.sorted() {
            guard var builder = builders[partition] else { continue }
            batches.append(
                PartitionBatch(
                    partition: TopicPartition(layout.names.commands, partition), batch: builder.finish()))
        }
        _ = try appender.append(batches)
    }

    private static func startCommand(_ number: Int, _ definition: String?) -> (arn: String, bytes: [UInt8]) {
        let name = "order-\(number)-0123456789abcdef"
        let arn = "arn:aws:states:us-east-1:123456789012:execution:bench:\(name)"
        let start = StartExecution(
            executionArn: arn, name: name, stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:bench",
            roleArn: "arn:aws:iam::123456789012:role/bench", definitionHash: "chain", input: EngineBenchmark.input)
        return (
            arn, CommandRecord(executionArn: arn, command: .startExecution(start), definition: definition).encoded()
        )
    }

    /// Until the engine's group has committed all commands.
    private static func waitForCommands(_ log: KafkaLog, _ layout: TopicLayout) throws {
        let commands = (0..<partitions).map { TopicPartition(layout.names.commands, $0) }
        let ends = try Dictionary(uniqueKeysWithValues: commands.map { ($0, try log.endOffset(of: $0)) })
        let wanted = commands.filter { (ends[$0] ?? 0) > 0 }
        while true {
            let committed = try log.committedOffsets(of: layout.names.engineGroup, for: wanted)
            if wanted.allSatisfy({ committed[$0] ?? 0 >= ends[$0] ?? 0 }) { return }
            Thread.sleep(forTimeInterval: 0.002)
        }
    }

    private static func written(_ layout: TopicLayout) -> [TopicPartition] {
        [layout.names.events, layout.names.checkpoints].flatMap { topic in
            (0..<partitions).map { TopicPartition(topic, $0) }
        }
    }

    private static func ends(_ log: KafkaLog, _ layout: TopicLayout) throws -> [TopicPartition: Int64] {
        try Dictionary(uniqueKeysWithValues: written(layout).map { ($0, try log.endOffset(of: $0)) })
    }

    /// What lies between two ends: each transaction of the engine holds one position.
    private static func volume(
        _ log: KafkaLog, _ layout: TopicLayout, from: [TopicPartition: Int64], to: [TopicPartition: Int64]
    ) throws -> (transactions: Int, records: Int, bytes: Int) {
        var (transactions, records, bytes) = (0, 0, 0)
        for partition in written(layout) {
            let end = to[partition] ?? 0
            try log.readToEnd(partition, from: .offset(from[partition] ?? 0)) { record in
                guard record.offset < end else { return }
                records += 1
                bytes += (record.key?.count ?? 0) + (record.value?.count ?? 0)
                for header in record.headers { bytes += header.name.utf8.count + (header.value?.count ?? 0) }
                if record.key?.starts(with: "@p/".utf8) == true { transactions += 1 }
            }
        }
        return (max(1, transactions), max(1, records), bytes)
    }

    // MARK: - Latency

    private static func latency(_ log: KafkaLog, _ brokers: String, _ floor: String, _ round: Int) throws {
        let layout = layout("latency", partitions: 1)
        try layout.create(in: log)
        let lane = try RunningLane(log, layout)
        defer { lane.stop() }
        let events = TopicPartition(layout.names.events, 0)
        let appender = try log.makeAppender()
        defer { appender.close() }
        let reader = try log.makeReader([events: .beginning])
        defer { reader.close() }
        var milliseconds: [Double] = []
        for number in 0..<300 {
            let (arn, command) = startCommand(number, number == 0 ? Machines.chain : nil)
            var builder = RecordBatchBuilder()
            builder.append(key: Array(arn.utf8), value: command, timestamp: 0)
            let batch = PartitionBatch(partition: TopicPartition(layout.names.commands, 0), batch: builder.finish())
            let begin = Date()
            _ = try appender.append([batch])
            var isVisible = false
            while !isVisible {
                for records in try reader.read(timeout: .seconds(10)) {
                    for batch in records.batches {
                        for record in batch where record.headers.text("ce_type") == "steplog.ExecutionSucceeded.v1" {
                            isVisible = true
                        }
                    }
                }
            }
            if number >= 50 { milliseconds.append(Date().timeIntervalSince(begin) * 1_000) }
        }
        let median = milliseconds.sorted()[milliseconds.count / 2]
        let floorMedian = Double(try output(floor, "latency", brokers, "300")) ?? .nan
        print(
            "round \(round): start to last event visible, p50 \(rounded(median)) ms; the broker's own one-record transaction "
                + "\(rounded(floorMedian)) ms: \(rounded(median / floorMedian)) times")
    }

    // MARK: - Helpers

    private static func output(_ program: String, _ arguments: String...) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
