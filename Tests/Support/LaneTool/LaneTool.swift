import BatchStore
import Engine
import EventLog
import EventLogEmbedded
import Foundation
import PartitionProcessor

/// A program for tests that kill a lane: `LaneTool PATH TAIL-BYTES` starts executions on the SQLite log at PATH and runs them, with
/// checkpoints for whatever is more than so many bytes of events behind, until it is killed. It prints a line when it has got somewhere.
@main
enum LaneTool {
    /// Waits and goes on, three times, with a variable.
    private static let waiting = #"""
        {"QueryLanguage":"JSONata","StartAt":"P","States":{
          "P":{"Type":"Pass","Assign":{"n":"{% $exists($n) ? $n + 1 : 1 %}"},"Next":"W"},
          "W":{"Type":"Wait","Seconds":1,"Next":"C"},
          "C":{"Type":"Choice","Choices":[{"Condition":"{% $n < 3 %}","Next":"P"}],"Default":"D"},
          "D":{"Type":"Pass","End":true}}}
        """#
    private static let passing = #"{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}"#
    private static let failing = #"{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E"}}}"#

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let tailBytes = Int(arguments[2]) else { exit(2) }
        let log = EmbeddedLog(try SQLiteBatchStorage(path: arguments[1], durability: .process))
        let layout = TopicLayout(partitions: 2)
        try layout.create(in: log)
        let lane = try Lane(
            log: log,
            configuration: ProcessorConfiguration(
                layout: layout,
                settings: Decider.Settings(region: "us-east-1", limits: .standard, tokenKey: [1, 2, 3]),
                now: { Int64(Date().timeIntervalSince1970 * 1_000) }, randomBits: { UInt64.random(in: 0 ... .max) },
                checkpointTailBytes: tailBytes, checkpointTailMilliseconds: 200),
            definitions: DefinitionStore(log: log, names: layout.names))
        let thread = Thread {
            do {
                try lane.run()
            } catch {
                print("failed: \(error)")
                exit(1)
            }
        }
        thread.stackSize = 16 << 20
        thread.start()
        let appender = try log.makeAppender()
        let events = (0..<layout.partitions).map { TopicPartition(layout.names.events, $0) }
        let ends = try events.map { try log.endOffset(of: $0) }
        var isAtWork = false
        while true {
            for definition in [waiting, passing, failing] { try start(definition, appender, layout) }
            if !isAtWork, try zip(events, ends).allSatisfy({ try log.endOffset(of: $0) > $1 }) {
                isAtWork = true
                print("at work")
                fflush(nil)
            }
            Thread.sleep(forTimeInterval: 0.005)
        }
    }

    private static func start(_ definition: String, _ appender: any LogAppender, _ layout: TopicLayout) throws {
        let name = UUID().uuidString
        let arn = "arn:aws:states:us-east-1:123456789012:execution:M:\(name)"
        let start = StartExecution(
            executionArn: arn, name: name, stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:M",
            roleArn: "arn:aws:iam::123456789012:role/r", definitionHash: "h\(definition.utf8.count)", input: "{\"a\":1}"
        )
        let command = CommandRecord(
            executionArn: arn, command: .startExecution(start), definition: definition)
        var builder = RecordBatchBuilder()
        builder.append(key: Array(arn.utf8), value: command.encoded(), timestamp: 0)
        let partition = TopicPartition(layout.names.commands, layout.partition(ofEntity: arn))
        _ = try appender.append([PartitionBatch(partition: partition, batch: builder.finish())])
    }
}
