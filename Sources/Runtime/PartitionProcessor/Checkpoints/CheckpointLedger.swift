/// How far a partition's owner has come, and what its checkpoints lack.
struct CheckpointLedger {
    /// Bounds on what a new owner folds again. Source: docs/ARCHITECTURE, checkpoints.
    struct Bounds {
        /// Bytes of events.
        var tailBytes: Int
        /// Milliseconds.
        var tailMilliseconds: Int64
    }

    /// Random; names this tenure.
    var owner: UInt64
    /// The owner's transactions so far, the one under way included.
    var transaction: Int64 = 0
    /// The next record of `commands` to take; nil before the first.
    var commandsOffset: Int64?
    /// At or before the next event's offset: the end of `events` when the last answer to a commit told it.
    var eventsEnd: Int64 = 0
    /// As `eventsEnd`, of `checkpoints`.
    var checkpointsEnd: Int64 = 0
    var queue = DirtyQueue()
    /// Bytes of events so far.
    var eventBytes = 0
    /// How many parts the split states of registry entities have on `checkpoints`.
    var registryParts: [String: Int] = [:]
    var parked = ParkedEntities()
    var passed = PassedRecords()

    /// The least and the greatest that one transaction carries of checkpoints, beside as much as it has of events.
    static let sweepBytes = 1 << 20

    init(owner: UInt64) { self.owner = owner }

    mutating func noteChanged(_ entry: ExecutionEntry, at time: Int64) {
        guard entry.dirtyNumber == 0 else { return }
        entry.dirtyNumber = queue.append(item(.execution(entry), at: time))
    }

    mutating func noteChanged(registryEntity arn: String, at time: Int64) {
        guard !queue.contains(registryEntity: arn) else { return }
        _ = queue.append(item(.registryEntity(arn), at: time))
    }

    /// An execution has ended: its name is to be written, and its state, if there is one on the log, taken away.
    mutating func noteClosed(_ entry: ExecutionEntry) {
        guard entry.dirtyNumber != 0 else { return }
        queue.noteClosed(queue.item(entry.dirtyNumber))
        guard !entry.hasCheckpoint else { return }
        queue.clear(entry.dirtyNumber)
        entry.dirtyNumber = 0
    }

    /// An execution is not restored: what has changed of it is nobody's to write.
    mutating func forget(_ entry: ExecutionEntry) {
        guard entry.dirtyNumber != 0 else { return }
        queue.clear(entry.dirtyNumber)
        entry.dirtyNumber = 0
    }

    /// A name is used up, and written with the next sweep; its events stand at `eventsOffset` or behind it.
    mutating func noteClosedName(eventsOffset: Int64, at time: Int64) {
        queue.noteClosed(
            DirtyQueue.Item(subject: .none, eventsOffset: eventsOffset, time: time, eventBytes: eventBytes))
    }

    /// What has changed now.
    private func item(_ subject: DirtyQueue.Subject, at time: Int64) -> DirtyQueue.Item {
        DirtyQueue.Item(subject: subject, eventsOffset: eventsEnd, time: time, eventBytes: eventBytes)
    }

    /// Whether the oldest change has waited longer than the bounds allow.
    func isDue(_ item: DirtyQueue.Item?, _ bounds: Bounds, at time: Int64) -> Bool {
        guard let item else { return false }
        return eventBytes - item.eventBytes > bounds.tailBytes || time - item.time > bounds.tailMilliseconds
    }

    /// From where on a new owner must fold `events`.
    var eventsOffset: Int64 { min(queue.oldest?.eventsOffset ?? eventsEnd, eventsEnd) }

    func position(isReleased: Bool) -> PartitionPosition {
        PartitionPosition(
            owner: owner, transaction: transaction, commandsOffset: commandsOffset, eventsOffset: eventsOffset,
            isReleased: isReleased)
    }
}
