import EventLog

extension Lane {
    /// New producers in a row without a commit after which the lane gives up: the log does not take what it is given.
    private static let failuresMax = 5

    /// Hands a transaction to the producer. While it is committed the next batch is decided; on one transactional id there is one
    /// transaction at a time, so the next one is made when the outcome of this one is known.
    /// - Throws: `EventLogError` when the log is closed or takes nothing.
    func submit(_ transaction: Transaction, of owned: OwnedPartition) throws {
        precondition(owned.inFlight == nil, "a producer commits one transaction at a time")
        let ticket = CommitTicket(transaction)
        owned.inFlight = ticket
        let consumer = consumer
        owned.producer.submit(transaction, attempts: 11) { outcome in
            if ticket.finish(outcome) { consumer.wake() }
        }
        try conclude(owned)
    }

    /// As `submit`, and waits for the outcome.
    func commit(_ transaction: Transaction, of owned: OwnedPartition) throws {
        try submit(transaction, of: owned)
        try awaitCommit(owned)
    }

    /// Waits for the commit under way, if there is one.
    func awaitCommit(_ owned: OwnedPartition) throws {
        guard let ticket = owned.inFlight else { return }
        ticket.wait()
        try conclude(owned)
    }

    /// Takes note of a commit that is done. One that failed waits for `settle`, and the partition's commands with it.
    /// - Throws: `EventLogError` when the log is closed or takes nothing.
    func conclude(_ owned: OwnedPartition) throws {
        guard let ticket = owned.inFlight, let outcome = ticket.leave() else { return }
        owned.inFlight = nil
        switch outcome {
        case .success(let receipt): settled(owned, receipt)
        case .failure(let error):
            owned.pending = ticket.transaction
            hold(owned)
            // Room on the disk has to be made by somebody: to go on trying would only hide it. Nothing is lost.
            if error.code == .closed || error.code == .storageFull { throw error }
            guard error.kind == .fenced || error.kind == .fatal else { return }
            owned.needsProducer = true
            owned.wasFenced = error.kind == .fenced
            owned.failures += 1
            if owned.failures > Self.failuresMax { throw error }
        }
    }

    /// Reads no more commands for the time being.
    func hold(_ owned: OwnedPartition) {
        guard !owned.isHeld else { return }
        owned.isHeld = true
        consumer.pause([owned.commands])
    }

    private func letGo(_ owned: OwnedPartition) {
        guard owned.isHeld else { return }
        owned.isHeld = false
        consumer.resume([owned.commands])
    }

    private func settled(_ owned: OwnedPartition, _ receipt: CommitReceipt?) {
        owned.state.committed(receipt)
        owned.failures = 0
        owned.pending = nil
        letGo(owned)
    }

    /// Finds out what became of a transaction without an answer. If it happened, the work goes on; if not, the same bytes go out
    /// again; only when someone else has written since is the state thrown away and built anew.
    func settle(_ owned: OwnedPartition) throws {
        guard var transaction = owned.pending else { return }
        if owned.wasFenced, try !isStillOwner(owned) { return }
        if owned.needsProducer {
            owned.producer.close()
            owned.producer = try log.makeProducer(transactionalID: transactionalID(owned.commands.partition))
            (owned.needsProducer, owned.wasFenced) = (false, false)
            let ledger = owned.state.ledger
            let last = try lastPosition(owned.commands.partition, from: ledger.checkpointsEnd)
            switch last {
            case nil: break
            case let last? where last.owner == ledger.owner && last.transaction == ledger.transaction:
                return settled(owned, nil)
            case let last? where last.owner == ledger.owner && last.transaction == ledger.transaction - 1: break
            case _?: return try startAnew(owned)
            }
        }
        if let offsets = transaction.consumed?.offsets {
            transaction.consumed = ConsumedOffsets(membership: consumer.membership, offsets: offsets)
        }
        owned.pending = nil
        try submit(transaction, of: owned)
    }

    /// A producer may have been fenced by the log, which had waited too long for it, or by a new owner of the partition.
    private func isStillOwner(_ owned: OwnedPartition) throws(EventLogError) -> Bool {
        guard consumer.assignment.contains(owned.commands) else { return false }
        // A commit of the offset that stands there already says whether this member still has a say.
        let stands = try log.committedOffsets(of: configuration.layout.names.engineGroup, for: [owned.commands])
        guard let offset = stands[owned.commands] else { return true }
        do throws(EventLogError) {
            try consumer.commit([owned.commands: offset])
            return true
        } catch {
            if error.code == .closed { throw error }
            return false
        }
    }

    /// Someone else has written for the partition in the meantime: what was decided here never happened.
    private func startAnew(_ owned: OwnedPartition) throws {
        let (state, trial) = try restoredState(owned.commands)
        owned.state = state
        owned.trial = trial
        (owned.pending, owned.hasTaken, owned.isOpened) = (nil, false, false)
        if let offset = state.ledger.commandsOffset { try consumer.seek(owned.commands, to: offset) }
        letGo(owned)
    }

    /// The last position on `checkpoints` behind an offset; nil when there is none.
    func lastPosition(_ partition: Int, from offset: Int64) throws -> PartitionPosition? {
        var last: PartitionPosition?
        let key = PartitionPosition.key(partition)
        let checkpoints = TopicPartition(configuration.layout.names.checkpoints, partition)
        let start = max(offset, try log.beginOffset(of: checkpoints))
        try log.readToEnd(checkpoints, from: .offset(start)) { record in
            guard record.key?.elementsEqual(key) == true, !record.isTombstone else { return }
            last = try PartitionPosition(record, partition: partition)
        }
        return last
    }
}
