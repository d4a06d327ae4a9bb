import BatchStore
import Digests
import Engine
import EngineTestKit
import EventLog
import EventLogEmbedded
import Foundation
import LogReplay
import PartitionProcessor
import Testing

/// A log with the executions of engine harnesses on it, as lanes write them.
struct RecordedLog {
    static let names = TopicNames()

    static let definition = #"""
        {"StartAt": "Work", "States": {
          "Work": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "Next": "Rest"},
          "Rest": {"Type": "Wait", "Seconds": 5, "End": true}}}
        """#

    static func arn(_ name: String) -> String { "arn:aws:states:us-east-1:123456789012:execution:M:\(name)" }

    static func start(_ name: String) -> StartExecution {
        StartExecution(
            executionArn: arn(name), name: name,
            stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:M",
            roleArn: "arn:aws:iam::123456789012:role/r",
            definitionHash: Digest.hexadecimal(Digest.sha256(Array(definition.utf8))), input: #"{"name":"\#(name)"}"#)
    }

    /// Named executions, each an hour after the one before; those whose name begins with `bad` fail, with `open` wait for the task.
    static func harnesses(_ names: [String]) throws -> [ExecutionHarness] {
        try names.enumerated().map { index, name in
            let harness = try ExecutionHarness(
                definition, start: start(name), settings: ExecutionHarness.settings, seed: UInt64(index) + 1,
                now: ExecutionHarness.startOfTime + Int64(index) * 3_600_000)
            return try harness.run { _ in
                if name.hasPrefix("bad") { return [.failed(error: "Broken", cause: "as planned")] }
                return name.hasPrefix("open") ? [] : [.succeeded(output: #"{"ok":true}"#)]
            }
        }
    }

    /// - Parameter change: what stands on the log in the place of a record's value.
    static func log(
        _ names: [String], on storage: any BatchStorage = MemoryBatchStorage(), withDefinition: Bool = true,
        change: (String, Event, [UInt8]) -> [UInt8] = { $2 }
    ) throws -> EmbeddedLog {
        let log = EmbeddedLog(storage)
        let layout = TopicLayout(partitions: 4)
        try layout.create(in: log)
        let appender = try log.makeAppender()
        if withDefinition {
            var builder = RecordBatchBuilder()
            builder.append(
                key: Array(start("x").definitionHash.utf8), value: Array(definition.utf8), timestamp: 1)
            _ = try appender.append([
                PartitionBatch(partition: TopicPartition(self.names.definitions, 0), batch: builder.finish())
            ])
        }
        for (name, harness) in zip(names, try harnesses(names)) {
            var builder = RecordBatchBuilder()
            for (event, record) in zip(harness.events, harness.records) {
                builder.append(
                    key: Array(arn(name).utf8), value: change(name, event, record),
                    headers: ["ce_id": "\(event.sequence)"], timestamp: event.timestamp)
            }
            let partition = TopicPartition(self.names.events, layout.partition(ofEntity: arn(name)))
            _ = try appender.append([PartitionBatch(partition: partition, batch: builder.finish())])
        }
        return log
    }

    static func scan(_ log: EmbeddedLog) throws -> EventScan { try EventScan(log: log, names: names) }

    /// A log's export, as lines.
    static func lines(_ log: EmbeddedLog, _ selection: LogSelection = LogSelection()) throws -> [[UInt8]] {
        var bytes: [UInt8] = []
        _ = try LogExport(try scan(log), selection) { bytes += $0 }
        return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    static func imported(_ lines: [[UInt8]], partitions: Int? = nil) throws -> EmbeddedLog {
        let log = EmbeddedLog(MemoryBatchStorage())
        var rest = lines[...]
        _ = try LogImport(into: log, eventPartitions: partitions) { rest.popFirst() }
        return log
    }
}
