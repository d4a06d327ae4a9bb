import EventLog
import Foundation
import Synchronization

/// Longer than any log needs, and never waited for when things go well.
let patience: Duration = .seconds(30)

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
func text(_ bytes: ArraySlice<UInt8>?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

/// A batch of records with these values, keyed by `key`.
func batch(_ values: [String], key: String? = "k", timestamp: Int64 = 1_000) -> RecordBatch {
    var builder = RecordBatchBuilder()
    for value in values { builder.append(key: key.map(bytes), value: bytes(value), timestamp: timestamp) }
    return builder.finish()
}

/// A transaction of these values on these partitions.
func transaction(_ values: [(TopicPartition, [String])], consumed: ConsumedOffsets? = nil) -> Transaction {
    var transaction = Transaction(consumed: consumed)
    for (partition, values) in values { transaction.append(batch(values), to: partition) }
    return transaction
}

/// The values of all records of `partition` to its end.
func values(_ log: any TransactionalLog, _ partition: TopicPartition) throws -> [String] {
    var values: [String] = []
    try log.readToEnd(partition) { values.append(text($0.value) ?? "-") }
    return values
}

/// What a member receives, with all its values noted as text.
final class Member {
    let consumer: any LogConsumer
    private(set) var values: [TopicPartition: [String]] = [:]
    private(set) var revoked: [TopicPartition] = []
    private(set) var lost: [TopicPartition] = []

    init(_ log: any TransactionalLog, _ configuration: ConsumerConfiguration) throws {
        consumer = try log.makeConsumer(configuration)
    }

    /// All values, partition by partition.
    var allValues: [String] { values.sorted { $0.key < $1.key }.flatMap(\.value) }

    @discardableResult
    func poll(_ timeout: Duration = .zero) throws -> PollResult {
        let result = try consumer.poll(timeout: timeout)
        revoked += result.revoked
        lost += result.lost
        for records in result.records {
            for batch in records.batches {
                for record in batch { values[records.partition, default: []].append(text(record.value) ?? "-") }
            }
        }
        return result
    }

    /// Polls until `condition` holds.
    func poll(
        until condition: @autoclosure () -> Bool, file: StaticString = #fileID, line: UInt = #line
    ) throws {
        let deadline = ContinuousClock.now + patience
        while !condition() {
            try expect(ContinuousClock.now < deadline, "it did not happen in \(patience)", file: file, line: line)
            try poll(.milliseconds(20))
        }
    }
}

/// Runs `body` on a thread of its own; `wait` gives what it returned or threw.
final class Worker<Result: Sendable>: Sendable {
    private let finished = DispatchSemaphore(value: 0)
    private let result = Mutex<Swift.Result<Result, any Error>?>(nil)

    init(_ body: @escaping @Sendable () throws -> Result) {
        let thread = Thread { [self] in
            let outcome = Swift.Result { try body() }
            result.withLock { $0 = outcome }
            finished.signal()
        }
        thread.start()
    }

    func wait(file: StaticString = #fileID, line: UInt = #line) throws -> Result {
        try expect(finished.wait(timeout: .now() + 60) == .success, "a thread did not end", file: file, line: line)
        guard let outcome = result.withLock({ $0 }) else {
            throw ConformanceFailure(description: "\(file):\(line): a thread ended without a result")
        }
        return try outcome.get()
    }
}
