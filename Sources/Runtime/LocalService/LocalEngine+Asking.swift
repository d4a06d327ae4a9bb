public import Engine
import EventLog
import PartitionProcessor
import TaskWorkers

extension LocalEngine {
    /// Puts a command on the log and waits for what the engine decided.
    ///
    /// The same `id` again, after a crash or a lost answer, gives the first decision and does nothing anew, as far as it was decided.
    /// - Parameters:
    ///   - id: of the request; chosen by who asks, unique.
    ///   - timeout: how long to wait for the decision.
    ///   - isWanted: looked at while it is waited for; false ends the wait.
    /// - Returns: nil when none came in time; the command may still be decided.
    public func ask(
        _ command: CommandRecord, id: String, timeout: Duration = .seconds(10), isWanted: () -> Bool = { true }
    ) throws -> ReplyRecord.Outcome? {
        let partition = TopicPartition(layout.names.replies, 0)
        var asked = command
        asked.replyTo = ReplyAddress(partition: 0, id: id)
        let reader = try log.makeReader([partition: .beginning])
        defer { reader.close() }
        let end = try log.endOffset(of: partition)
        while let position = reader.position(of: partition), position < end {
            if let outcome = try outcome(id, in: reader.read(timeout: .zero)) { return outcome }
        }
        try submit(asked)
        let clock = ContinuousClock()
        let deadline = clock.now + timeout
        while clock.now < deadline, isWanted() {
            let slice = min(deadline - clock.now, .milliseconds(100))
            if let outcome = try outcome(id, in: reader.read(timeout: slice)) { return outcome }
        }
        return nil
    }

    private func outcome(_ id: String, in records: [PartitionRecords]) throws -> ReplyRecord.Outcome? {
        for batches in records {
            for batch in batches.batches {
                for record in batch where record.key.map({ $0.elementsEqual(id.utf8) }) == true {
                    return try ReplyRecord(decoding: Array(record.value ?? [])).outcome
                }
            }
        }
        return nil
    }

    /// Waits until the workers have taken every task request and cancellation that is on the log.
    /// - Returns: false when `timeout` passed before.
    public func settle(timeout: Duration) throws -> Bool {
        let clock = ContinuousClock()
        let deadline = clock.now + timeout
        while true {
            if try isSettled() { return true }
            guard clock.now < deadline else { return false }
            Pause.milliseconds(2)
        }
    }

    /// How many tasks are given up and may still run, since who does them has not stopped them yet.
    public var unwantedCount: Int { workers.reduce(0) { $0 + $1.unwantedCount } }

    private func isSettled() throws -> Bool {
        for pool in layout.pools {
            let partitions = (0..<layout.poolPartitions).map { TopicPartition(layout.names.tasks(pool: pool), $0) }
            let taken = try log.committedOffsets(of: layout.names.workerGroup(pool: pool), for: partitions)
            for partition in partitions {
                guard try log.endOffset(of: partition) <= taken[partition] ?? 0 else { return false }
            }
        }
        return true
    }
}
