import Engine
import EventLog

extension PartitionState {
    /// Loads the checkpoints of the partition, and folds the events behind them.
    ///
    /// Without a position on `checkpoints` (a new prefix, or the topic was deleted) everything is folded from `events`.
    /// - Parameter usesCheckpoints: false: everything is folded from `events` in any case.
    /// What can't be read keeps its own entity from being restored (`unread`), and no other.
    /// - Returns: the position of the owner before, and what it suspected.
    /// - Throws: `RecoveryError`, or `EventLogError` of the log.
    mutating func restore(
        usesCheckpoints: Bool = true
    ) throws -> (position: PartitionPosition?, suspect: SuspectRecord) {
        var loader = CheckpointLoader()
        if usesCheckpoints {
            ledger.checkpointsEnd = try log.readToEnd(checkpoints) { try loader.take($0, into: &self) }
            loader.finish(&self)
        }
        if let position = loader.position {
            ledger.commandsOffset = position.commandsOffset
        } else {
            forgetCheckpoints()
        }
        let end = try log.endOffset(of: events)
        let start = max(loader.position?.eventsOffset ?? 0, try log.beginOffset(of: events))
        guard start <= end else {
            throw RecoveryError.unreadableCheckpoint(
                partition: number, offset: -1,
                message: "it stands on event \(start), and the log's next event is \(end); delete the topic "
                    + "\(checkpoints.topic) to build everything from the events")
        }
        ledger.eventsEnd = start
        ledger.eventsEnd = try log.readToEnd(events, from: .offset(start)) { try fold($0, unreadFrom: start) }
        finishRestoring()
        return (loader.position, loader.suspect)
    }

    private mutating func fold(_ record: Record, unreadFrom start: Int64) throws {
        guard !isUnread(record) else { return pass(over: record) }
        do {
            try restore(record)
        } catch let error as EventLogError {
            throw error
        } catch {
            let entity = String(decoding: record.key ?? [], as: UTF8.self)
            if ledger.passed.contains(record.offset, of: entity), record.isNoJSON { return }
            setAside(record, of: events, error, unreadFrom: start)
        }
    }

    /// An execution as its checkpoint tells.
    mutating func restoreExecution(_ arn: String, _ state: [UInt8], parts: Int) throws {
        var texts = SharedTexts()
        swap(&texts, &self.texts)
        defer { swap(&texts, &self.texts) }
        let definitions = definitions
        let (execution, hash) = try ExecutionCheckpoint.decode(state, executionArn: arn, sharing: &texts) {
            try definitions.machine(hash: $0)
        }
        guard let execution else { throw RecoveryError.unknownDefinition(executionArn: arn, hash: hash) }
        let entry = ExecutionEntry(execution)
        entry.hasCheckpoint = true
        entry.partCount = parts
        entry.restoredSequence = execution.sequence
        setOpen(entry, arn)
    }
}

/// Reads the records of one partition of `checkpoints` in their order.
struct CheckpointLoader {
    private(set) var position: PartitionPosition?
    private(set) var suspect = SuspectRecord.none
    private var parts: [String: [UInt8]] = [:]
    /// Headers whose parts compaction has taken in favour of later ones.
    private var unfinished: [String: Record] = [:]

    mutating func take(_ record: Record, into state: inout PartitionState) throws {
        let key = String(decoding: record.key ?? [], as: UTF8.self)
        guard key.utf8.first != UInt8(ascii: "@") else { return try takeOwn(key, record, &state) }
        unfinished[key] = nil
        // A state is whole: what was wrong with the one before it does not count.
        if !state.unread.isEmpty { state.unread[key] = nil }
        guard let value = record.value else { return state.setOpen(nil, key) }
        var bytes = Array(value)
        var partCount = 0
        if let count = SplitState.partCount(bytes) {
            guard let whole = joined(key, count) else {
                unfinished[key] = record
                return
            }
            (bytes, partCount) = (whole, count)
        }
        do {
            if let recordKey = record.key, RegistryRecord.isKey(recordKey) {
                try state.restoreRegistry(key, bytes, parts: partCount)
            } else {
                try state.restoreExecution(key, bytes, parts: partCount)
            }
        } catch let error as EventLogError {
            throw error
        } catch {
            state.setAside(record, of: state.checkpoints, error, unreadFrom: 0)
        }
    }

    /// What is no entity's own state.
    private mutating func takeOwn(_ key: String, _ record: Record, _ state: inout PartitionState) throws {
        let value = record.value.map { Array($0) }
        if key.hasPrefix("@p/") {
            position = value == nil ? nil : try PartitionPosition(record, partition: state.number)
        } else if key.hasPrefix("@suspect/") {
            suspect = value.map { SuspectRecord(decoding: $0) } ?? .none
        } else if key.hasPrefix(SplitState.keyPrefix) {
            parts[String(key.dropFirst(SplitState.keyPrefix.count))] = value
        } else if key.hasPrefix(ParkedEntities.keyPrefix) {
            state.ledger.parked.restore(String(key.dropFirst(ParkedEntities.keyPrefix.count)), value)
        } else if key.hasPrefix(PassedRecords.keyPrefix) {
            state.ledger.passed.restore(String(key.dropFirst(PassedRecords.keyPrefix.count)), value)
        } else if key.hasPrefix(ClosedNames.keyPrefix) {
            guard let value, let number = Int(key.dropFirst(ClosedNames.keyPrefix.count)) else { return }
            do throws(ClosedNames.SegmentError) {
                try state.closed.names.restore(number, value)
            } catch {
                throw RecoveryError.unreadableCheckpoint(
                    partition: state.number, offset: record.offset, message: error.message)
            }
        }
    }

    private func joined(_ entity: String, _ count: Int) -> [UInt8]? {
        var whole: [UInt8] = []
        for part in 0..<count {
            guard let bytes = parts["\(part)/\(entity)"] else { return nil }
            whole += bytes
        }
        return whole
    }

    /// After the last record: nothing stands of what lacks some of its parts, or was parked before because it could not be read.
    func finish(_ state: inout PartitionState) {
        for (_, record) in unfinished {
            let error = CodecError(message: "parts of the checkpoint are missing")
            state.setAside(record, of: state.checkpoints, error, unreadFrom: 0)
        }
        for entity in state.ledger.parked.unread {
            state.setOpen(nil, entity)
            state.unread[entity] = nil
        }
    }
}
