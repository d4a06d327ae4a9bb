import Engine
public import EventLog
import Synchronization

/// Owns some partitions and runs their executions: read a batch of commands, decide, commit all of it in one transaction, again.
/// While one batch is committed the next one is decided; it becomes a transaction when the commit is done. If that one never
/// happened because another owner has written since, both are thrown away with the state.
///
/// `run` blocks; call it on a thread of its own.
public final class Lane: Sendable {
    let log: any TransactionalLog
    let configuration: ProcessorConfiguration
    let definitions: DefinitionStore
    let consumer: any LogConsumer
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
                instanceID: configuration.instanceID, start: .beginning))
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
        var partitions = Partitions()
        defer {
            for owned in partitions.owned.values { owned.producer.close() }
            consumer.close()
        }
        while !isStopping.load(ordering: .acquiring) {
            // Their commands are held back, so this poll brings none that a new state would have to read again.
            let troubled = partitions.inOrder.filter { $0.pending != nil }
            let result = try poll(timeout(partitions))
            partitions.forgetKept(at: configuration.now())
            for partition in result.revoked { release(partition, &partitions) }
            for partition in result.lost { giveUp(partition, &partitions) }
            for partition in result.revoked + result.lost { halted[partition.partition] = nil }
            let producers = try log.makeProducers(
                transactionalIDs: result.assigned.map { transactionalID($0.partition) })
            for (partition, producer) in zip(result.assigned, producers) {
                do {
                    partitions.owned[partition.partition] = try takeOver(partition, producer, &partitions)
                } catch let error as RecoveryError {
                    halted[partition.partition] = error
                    configuration.report(.partitionHalted(partition: partition.partition, reason: error.description))
                }
            }
            if partitions.owned.isEmpty, let first = halted.min(by: { $0.key < $1.key }) { throw first.value }
            for owned in partitions.inOrder { try conclude(owned) }
            for owned in troubled where partitions.owns(owned) { try settle(owned) }
            for records in result.records { try take(records, partitions) }
            for owned in partitions.inOrder where owned.pending == nil {
                try fireTimers(owned)
                try commit(owned)
                for notice in owned.state.watch() { configuration.report(notice) }
            }
        }
        for owned in partitions.inOrder { endTenure(owned) }
    }

    /// What a lane owns, and what it owned until lately.
    struct Partitions {
        var owned: [Int: OwnedPartition] = [:]
        /// Of partitions that went to others: states that still hold if nobody has written since.
        var kept: [Int: (state: PartitionState, since: Int64)] = [:]

        /// How long such a state is kept, in milliseconds.
        private static let keptMilliseconds: Int64 = 120_000

        mutating func keep(_ state: PartitionState, at time: Int64) { kept[state.number] = (state, time) }

        mutating func forgetKept(at time: Int64) {
            guard !kept.isEmpty else { return }
            kept = kept.filter { time - $0.value.since <= Self.keptMilliseconds }
        }

        func owns(_ partition: OwnedPartition) -> Bool { owned[partition.commands.partition] === partition }

        var inOrder: [OwnedPartition] { owned.keys.sorted().compactMap { owned[$0] } }
    }

    // MARK: - Steps

    /// How soon a commit that found no log is made again.
    private static let settleWait: Duration = .milliseconds(50)

    private func timeout(_ partitions: Partitions) -> Duration {
        var timeout = configuration.idleWait
        for owned in partitions.owned.values {
            if owned.pending != nil {
                timeout = min(timeout, Self.settleWait)
                continue
            }
            // The end of a commit wakes the lane.
            if !owned.isFull, let milliseconds = owned.state.millisecondsToTimers {
                timeout = min(timeout, .milliseconds(milliseconds))
            }
            if owned.inFlight == nil, let milliseconds = owned.state.millisecondsToSweep {
                timeout = min(timeout, .milliseconds(milliseconds))
            }
        }
        return timeout
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

    private func take(_ records: PartitionRecords, _ partitions: Partitions) throws {
        guard let owned = partitions.owned[records.partition.partition] else { return }
        try beginTenure(owned)
        for batch in records.batches {
            for record in batch {
                if owned.isSingle(record.offset) { try awaitCommit(owned) }
                guard owned.isSingle(record.offset), owned.pending == nil else {
                    owned.state.take(record, topic: records.partition)
                    try commitPart(owned, next: record.offset + 1)
                    continue
                }
                try takeSingle(record, owned)
            }
        }
        owned.state.ledger.commandsOffset = records.nextOffset
        owned.hasTaken = true
        if owned.isFull { hold(owned) }
    }

    /// Commits what was decided so far when it is much: a transaction has to be done within the log's time limit for it.
    private func commitPart(_ owned: OwnedPartition, next: Int64) throws {
        guard owned.state.outbox.byteCount >= OwnedPartition.transactionBytesMax, owned.pending == nil else { return }
        try awaitCommit(owned)
        guard owned.pending == nil else { return }
        owned.state.ledger.commandsOffset = next
        try submit(owned.state.takeTransaction(consumer.membership), of: owned)
    }

    /// A timer fires only when everything that was on the log at its deadline has been read: results win over timeouts.
    private func fireTimers(_ owned: OwnedPartition) throws {
        guard !owned.isFull, owned.state.millisecondsToTimers == 0, try hasReadAll(of: owned.commands) else { return }
        // Behind the last command there may be markers of transactions, which are no commands to wait for.
        owned.trial.singleUntil = 0
        try beginTenure(owned)
        guard owned.pending == nil else { return }
        owned.state.fireTimers()
    }

    private func commit(_ owned: OwnedPartition) throws {
        guard owned.inFlight == nil, owned.hasTaken || !owned.state.outbox.isEmpty || owned.state.needsSweep else {
            return
        }
        try beginTenure(owned)
        guard owned.pending == nil else { return }
        owned.hasTaken = false
        try submit(owned.state.takeTransaction(consumer.membership), of: owned)
    }
}
