import EventLog

extension Lane {
    func transactionalID(_ partition: Int) -> String { "\(configuration.layout.names.engineGroup).\(partition)" }

    /// Brings a partition's state back, and goes on behind the last consumed command.
    /// - Parameter producer: has fenced the previous owner.
    func takeOver(
        _ commands: TopicPartition, _ producer: any LogProducer, _ partitions: inout Partitions
    ) throws -> OwnedPartition {
        let number = commands.partition
        do {
            let owned = try stateOnTakeOver(commands, partitions.kept.removeValue(forKey: number)?.state, producer)
            if let offset = owned.state.ledger.commandsOffset { try consumer.seek(commands, to: offset) }
            return owned
        } catch {
            producer.close()
            throw error
        }
    }

    /// What this lane has kept of the partition, if nobody has written since; else what the log tells.
    private func stateOnTakeOver(
        _ commands: TopicPartition, _ kept: PartitionState?, _ producer: any LogProducer
    ) throws -> OwnedPartition {
        if let kept {
            let last = try lastPosition(commands.partition, from: kept.ledger.checkpointsEnd)
            if last == nil || (last?.owner == kept.ledger.owner && last?.transaction == kept.ledger.transaction) {
                return OwnedPartition(state: kept, producer: producer, commands: commands, trial: .none)
            }
        }
        let (state, trial) = try restoredState(commands)
        return OwnedPartition(state: state, producer: producer, commands: commands, trial: trial)
    }

    func restoredState(_ commands: TopicPartition) throws -> (PartitionState, OwnedPartition.Trial) {
        var state = PartitionState(
            number: commands.partition, configuration: configuration, definitions: definitions, log: log)
        let (position, suspect) = try restored(&state)
        state.parkUnread()
        let offset = try state.ledger.commandsOffset ?? groupOffset(commands)
        state.ledger.commandsOffset = offset
        let end = try log.endOffset(of: commands)
        guard offset < end else { return (state, .none) }
        guard let position, !position.isReleased else {
            return (state, OwnedPartition.Trial(attempt: 0, suspect: offset, singleUntil: 0))
        }
        // Most processes that end without a word were killed: the first command in line is suspected when it happens again.
        let attempt = suspect.offset == offset ? suspect.attempt + 1 : 1
        let singles =
            attempt >= OwnedPartition.Trial.firstSingle ? min(end, offset + OwnedPartition.Trial.singlesMax) : 0
        return (state, OwnedPartition.Trial(attempt: attempt, suspect: offset, singleUntil: singles))
    }

    /// - Throws: as `PartitionState.restore`; a log with damaged batches is trouble of this partition alone.
    private func restored(
        _ state: inout PartitionState
    ) throws -> (position: PartitionPosition?, suspect: SuspectRecord) {
        do {
            return try state.restore()
        } catch let error as EventLogError where error.code == .corrupt {
            throw RecoveryError.damagedLog(partition: state.number, message: error.description)
        }
    }

    /// Where the group goes on when no position says.
    private func groupOffset(_ commands: TopicPartition) throws(EventLogError) -> Int64 {
        let committed = try log.committedOffsets(of: configuration.layout.names.engineGroup, for: [commands])
        if let offset = committed[commands] { return offset }
        return try log.beginOffset(of: commands)
    }

    // MARK: - Tenure

    /// Before the first work: notes on the log that the partition is held, and which command comes first. A process that ends
    /// without a word is found out by it.
    func beginTenure(_ owned: OwnedPartition) throws {
        guard !owned.isOpened else { return }
        owned.isOpened = true
        let suspect = owned.trial.suspect.map { SuspectRecord(offset: $0, attempt: owned.trial.attempt) }
        try awaitCommit(owned)
        guard owned.pending == nil else { return }
        try commit(owned.state.takeTransaction(consumer.membership, suspect: suspect ?? SuspectRecord.none), of: owned)
    }

    /// Takes one command and commits what it led to, with the next one as the suspect.
    func takeSingle(_ record: Record, _ owned: OwnedPartition) throws {
        let trial = owned.trial
        if trial.attempt >= OwnedPartition.Trial.attemptsMax, trial.suspect == record.offset {
            owned.state.park(record, owned.commands)
        } else {
            owned.state.take(record, topic: owned.commands)
        }
        let next = record.offset + 1
        owned.state.ledger.commandsOffset = next
        let suspect =
            owned.isSingle(next)
            ? SuspectRecord(offset: next, attempt: OwnedPartition.Trial.firstSingle) : SuspectRecord.none
        try commit(owned.state.takeTransaction(consumer.membership, suspect: suspect), of: owned)
    }

    /// Says that the partition was given up in peace. That this can't be said is no reason to keep it.
    func endTenure(_ owned: OwnedPartition) {
        do {
            try awaitCommit(owned)
        } catch {
            // It stands in `pending`: whoever owns the partition next finds out what became of it.
            return
        }
        if owned.pending == nil, owned.isOpened {
            let transaction = owned.state.takeTransaction(consumer.membership, isReleased: true)
            do throws(EventLogError) {
                owned.state.committed(try owned.producer.commit(transaction, attempts: 3))
                (owned.isOpened, owned.hasTaken) = (false, false)
            } catch {
                owned.pending = transaction
            }
        }
    }

    /// The group takes a partition back; everything decided is committed, or else forgotten.
    func release(_ partition: TopicPartition, _ partitions: inout Partitions) {
        guard let owned = partitions.owned.removeValue(forKey: partition.partition) else { return }
        endTenure(owned)
        owned.producer.close()
        if owned.isSettled { partitions.keep(owned.state, at: configuration.now()) }
    }

    /// A partition is gone already.
    func giveUp(_ partition: TopicPartition, _ partitions: inout Partitions) {
        guard let owned = partitions.owned.removeValue(forKey: partition.partition) else { return }
        owned.producer.close()
        // Only what is on the log for certain is of use when the partition comes back.
        if owned.isSettled { partitions.keep(owned.state, at: configuration.now()) }
    }
}
