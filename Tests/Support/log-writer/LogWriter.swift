import BatchStore
import EventLog
import EventLogEmbedded
import Foundation
import Glibc

/// A program for tests of the log on SQLite that need another process: one to kill, or one with fewer rights.
///
///     log-writer write PATH   commits transactions of one numbered record on both partitions of topic "t", going on from
///                             what is there, and prints each number when it is committed; until it is killed
///     log-writer open PATH    opens the log as user "nobody" (if it may become it) and prints the error, or "opened"
@main
enum LogWriter {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { exit(2) }
        switch arguments[1] {
        case "write": try write(arguments[2])
        case "open": open(arguments[2])
        default: exit(2)
        }
    }

    private static func write(_ path: String) throws {
        let log = EmbeddedLog(try SQLiteBatchStorage(path: path, durability: .process))
        try log.createTopic("t", TopicConfiguration(partitions: 2))
        let partitions = [TopicPartition("t", 0), TopicPartition("t", 1)]
        let producer = try log.makeProducer(transactionalID: "writer")
        let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["t"], start: .end))
        while consumer.assignment.count < 2 { _ = try consumer.poll(timeout: .seconds(1)) }
        var number = try log.endOffset(of: partitions[0])
        while true {
            var transaction = Transaction(
                consumed: ConsumedOffsets(membership: consumer.membership, offsets: [partitions[0]: number + 1]))
            for partition in partitions {
                var builder = RecordBatchBuilder()
                builder.append(
                    key: nil, value: Array("\(number)".utf8) + [UInt8](repeating: 32, count: 20_000), timestamp: 0)
                transaction.append(builder.finish(), to: partition)
            }
            _ = try producer.commit(transaction)
            try FileHandle.standardOutput.write(contentsOf: Data("\(number)\n".utf8))
            number += 1
        }
    }

    private static func open(_ path: String) {
        let nobody: uid_t = 65_534
        _ = setgid(nobody)
        _ = setuid(nobody)
        do throws(EventLogError) {
            try SQLiteBatchStorage(path: path, durability: .process).close()
            print("opened")
        } catch {
            print("\(error.code.rawValue): \(error)")
        }
    }
}
