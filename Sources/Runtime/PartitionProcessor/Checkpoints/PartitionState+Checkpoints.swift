import Engine
import EventLog

extension PartitionState {
    var checkpoints: TopicPartition { TopicPartition(configuration.layout.names.checkpoints, number) }

    private var bounds: CheckpointLedger.Bounds {
        CheckpointLedger.Bounds(
            tailBytes: configuration.checkpointTailBytes, tailMilliseconds: configuration.checkpointTailMilliseconds)
    }

    /// Whether a transaction is worth while for the checkpoints alone.
    var needsSweep: Bool { ledger.isDue(ledger.queue.oldest, bounds, at: configuration.now()) }

    /// Milliseconds until `needsSweep`; nil when nothing has changed.
    var millisecondsToSweep: Int64? {
        guard let oldest = ledger.queue.oldest else { return nil }
        return max(0, oldest.time + configuration.checkpointTailMilliseconds + 1 - configuration.now())
    }

    /// Writes what has waited longest. - Parameter budget: about how many bytes at most.
    mutating func sweep(budget: Int) {
        let time = configuration.now()
        guard needsSweep else { return }
        var written = 0
        while written < budget, ledger.isDue(ledger.queue.first, bounds, at: time),
            let item = ledger.queue.removeFirst()
        {
            switch item.subject {
            case .execution(let entry): written += writeCheckpoint(entry, time)
            case .registryEntity(let arn):
                written += writeRegistryCheckpoint(arn, earlierParts: ledger.registryParts[arn] ?? 0, time)
            case .none: break
            }
        }
        for record in closed.names.takeRecords(at: time) {
            outbox.append(to: checkpoints, key: record.key, value: record.value, timestamp: time)
        }
        ledger.queue.closedAreWritten()
    }

    /// - Returns: about how many bytes that took.
    @discardableResult
    mutating func writeRegistryCheckpoint(_ arn: String, earlierParts: Int, _ time: Int64) -> Int {
        let state = registry.checkpoint(of: arn)
        ledger.registryParts[arn] = writeState(state, key: Array(arn.utf8), arn, earlierParts: earlierParts, time)
        return state.count
    }

    /// - Returns: about how many bytes that took.
    @discardableResult
    mutating func writeCheckpoint(_ entry: ExecutionEntry, _ time: Int64) -> Int {
        entry.dirtyNumber = 0
        guard entry.isClosed else {
            let state = entry.checkpoint
            entry.dropDerived()
            entry.partCount = writeState(state, key: entry.key, entry.arn, earlierParts: entry.partCount, time)
            entry.hasCheckpoint = true
            return state.count + entry.key.count
        }
        // One that was redriven meanwhile has an entry of its own, which stands further behind.
        guard open[entry.arn] == nil else { return 0 }
        outbox.append(to: checkpoints, key: entry.key, value: nil, timestamp: time)
        for part in 0..<entry.partCount {
            outbox.append(to: checkpoints, key: SplitState.key(part, of: entry.arn), value: nil, timestamp: time)
        }
        return entry.key.count
    }

    /// - Returns: how many parts it has now; 0 for an undivided state.
    private mutating func writeState(
        _ state: [UInt8], key: [UInt8], _ entity: String, earlierParts: Int, _ time: Int64
    ) -> Int {
        let parts = SplitState.parts(state) ?? []
        for (index, part) in parts.enumerated() {
            outbox.append(to: checkpoints, key: SplitState.key(index, of: entity), value: part, timestamp: time)
        }
        for index in parts.count..<max(parts.count, earlierParts) {
            outbox.append(to: checkpoints, key: SplitState.key(index, of: entity), value: nil, timestamp: time)
        }
        let value = parts.isEmpty ? state : SplitState.header(partCount: parts.count)
        outbox.append(to: checkpoints, key: key, value: value, timestamp: time)
        return parts.count
    }

    /// The transaction of all that was decided since the last one, with the owner's next position.
    /// - Parameters:
    ///   - membership: the place in the group of the member that owns the partition.
    ///   - isReleased: the owner gives the partition up.
    ///   - suspect: what a crash from now on is put down to, where that changes.
    mutating func takeTransaction(
        _ membership: GroupMembership, isReleased: Bool = false, suspect: SuspectRecord? = nil
    ) -> Transaction {
        let time = configuration.now()
        closed.noteTaken()
        let decidedBytes = outbox.byteCount(events)
        ledger.eventBytes += decidedBytes
        sweep(budget: max(CheckpointLedger.sweepBytes, decidedBytes))
        ledger.transaction += 1
        for entity in ledger.passed.drop(before: ledger.eventsOffset) {
            outbox.append(to: checkpoints, key: PassedRecords.key(entity), value: nil, timestamp: time)
        }
        if let suspect {
            outbox.append(
                to: checkpoints, key: SuspectRecord.key(number), value: suspect.encoded, timestamp: time)
        }
        outbox.append(
            to: checkpoints, key: PartitionPosition.key(number),
            value: ledger.position(isReleased: isReleased).encoded, timestamp: time)
        let consumed = ledger.commandsOffset.map {
            ConsumedOffsets(
                membership: membership,
                offsets: [TopicPartition(configuration.layout.names.commands, number): $0])
        }
        return outbox.transaction(consumed: consumed)
    }

    /// A transaction has happened. - Parameter receipt: nil when its answer was lost.
    mutating func committed(_ receipt: CommitReceipt?) {
        closed.trim()
        if let end = receipt?.range(of: events)?.upperBound { ledger.eventsEnd = end }
        if let end = receipt?.range(of: checkpoints)?.upperBound { ledger.checkpointsEnd = end }
    }
}
