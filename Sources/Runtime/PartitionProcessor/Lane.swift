import Engine
public import EventLog
import Synchronization

/// Owns some partitions and runs their executions: read a batch of commands, decide, commit all of it in one transaction, again.
///
/// `run` blocks; call it on a thread of its own.
public final class Lane: Sendable {
    private let log: any TransactionalLog
    private let configuration: ProcessorConfiguration
    private let definitions: DefinitionStore
    private let consumer: any LogConsumer
    private let isStopping = Atomic<Bool>(false)

    /// Joins the engine's consumer group.
    public init(
        log: any TransactionalLog, configuration: ProcessorConfiguration, definitions: DefinitionStore
    ) throws(EventLogError) {
        self.log = log
        self.configuration = configuration
        self.definitions = definitions
        consumer = try log.makeConsumer(
            ConsumerConfiguration(
                group: configuration.layout.names.engineGroup, topics: [configuration.layout.names.commands],
                start: .beginning))
    }

    /// Ends `run` after the batch that is under way. From any thread.
    public func stop() {
        isStopping.store(true, ordering: .releasing)
        consumer.wake()
    }

    /// Works until `stop`.
    ///
    /// A partition that can't be taken over is halted: the operator is told, its commands wait, and the others go on.
    /// - Throws: `EventLogError` of the log, or `RecoveryError` when no partition is left that is not halted.
    public func run() throws {
        var halted: [Int: RecoveryError] = [:]
        var partitions: [Int: OwnedPartition] = [:]
        defer {
            for owned in partitions.values { owned.producer.close() }
            consumer.close()
        }
        while !isStopping.load(ordering: .acquiring) {
            let result = try poll(timeout(partitions.values.map(\.state.millisecondsToTimers)))
            for partition in result.revoked + result.lost {
                partitions.removeValue(forKey: partition.partition)?.producer.close()
                halted[partition.partition] = nil
            }
            for partition in result.assigned {
                do {
                    partitions[partition.partition] = try takeOver(partition)
                } catch let error as RecoveryError {
                    halted[partition.partition] = error
                    configuration.report(.partitionHalted(partition: partition.partition, reason: error.description))
                }
            }
            if partitions.isEmpty, let first = halted.min(by: { $0.key < $1.key }) { throw first.value }
            for records in result.records { take(records, &partitions) }
            try fireTimers(&partitions)
            try commit(&partitions)
        }
    }

    /// A partition and the producer that writes for it.
    private struct OwnedPartition {
        var state: PartitionState
        let producer: any LogProducer
        let commands: TopicPartition
        /// Where to read on; nil when nothing was read since the last commit.
        var nextOffset: Int64?
    }

    // MARK: - Steps

    private func timeout(_ millisecondsToTimers: [Int64?]) -> Duration {
        guard let remaining = millisecondsToTimers.compactMap(\.self).min() else { return configuration.idleWait }
        return min(.milliseconds(remaining), configuration.idleWait)
    }

    /// Brokers that are away for a while only mean that nothing comes.
    private func poll(_ timeout: Duration) throws(EventLogError) -> PollResult {
        do throws(EventLogError) {
            return try consumer.poll(timeout: timeout)
        } catch {
            guard error.kind == .retriable else { throw error }
            return PollResult()
        }
    }

    /// Whether all that is on the log of a partition's commands now has been read; false also while the log can't be asked.
    private func hasReadAll(of commands: TopicPartition) throws(EventLogError) -> Bool {
        do throws(EventLogError) {
            return try consumer.position(of: commands) ?? 0 >= log.endOffset(of: commands)
        } catch {
            guard error.kind == .retriable else { throw error }
            return false
        }
    }

    private func take(_ records: PartitionRecords, _ partitions: inout [Int: OwnedPartition]) {
        let number = records.partition.partition
        guard partitions[number] != nil else { return }
        for batch in records.batches {
            for record in batch { partitions[number]?.state.take(record, topic: records.partition) }
        }
        partitions[number]?.nextOffset = records.nextOffset
    }

    /// A timer fires only when everything that was on the log at its deadline has been read: results win over timeouts.
    private func fireTimers(_ partitions: inout [Int: OwnedPartition]) throws {
        for number in partitions.keys.sorted() {
            guard let owned = partitions[number] else { continue }
            guard owned.state.millisecondsToTimers == 0 else { continue }
            guard try hasReadAll(of: owned.commands) else { continue }
            partitions[number]?.state.fireTimers()
        }
    }

    private func commit(_ partitions: inout [Int: OwnedPartition]) throws {
        for number in partitions.keys.sorted() {
            guard let owned = partitions[number], owned.nextOffset != nil || !owned.state.outbox.isEmpty else {
                continue
            }
            let consumed = owned.nextOffset.map {
                ConsumedOffsets(membership: consumer.membership, offsets: [owned.commands: $0])
            }
            partitions[number]?.nextOffset = nil
            guard let transaction = partitions[number]?.state.takeTransaction(consumed: consumed) else { continue }
            _ = try owned.producer.commit(transaction, attempts: 11)
        }
    }

    // MARK: - Ownership

    /// Fences the previous owner, folds the partition's events, and goes on behind the last consumed command.
    private func takeOver(_ commands: TopicPartition) throws -> OwnedPartition {
        let number = commands.partition
        let names = configuration.layout.names
        let producer = try log.makeProducer(transactionalID: "\(names.engineGroup).\(number)")
        do {
            return OwnedPartition(state: try restoredState(number), producer: producer, commands: commands)
        } catch {
            producer.close()
            throw error
        }
    }

    private func restoredState(_ number: Int) throws -> PartitionState {
        var state = PartitionState(
            number: number, configuration: configuration, definitions: definitions, log: log)
        try log.readToEnd(TopicPartition(configuration.layout.names.events, number)) { record in
            do {
                try state.restore(record)
            } catch let error as CodecError {
                throw RecoveryError.unreadableEvent(partition: number, offset: record.offset, message: error.message)
            } catch let error as FoldError {
                throw RecoveryError.unreadableEvent(
                    partition: number, offset: record.offset, message: error.description)
            }
        }
        state.finishRestoring()
        return state
    }
}
