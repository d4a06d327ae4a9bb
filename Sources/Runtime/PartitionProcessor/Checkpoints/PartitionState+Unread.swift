import Engine
import EventLog
import JSON

/// A record that keeps its entity from being restored.
struct UnreadRecord {
    var record: Record
    var place: TopicPartition
    var reason: String
    /// Where on `events` that begins what the entity's checkpoint lacks.
    var unreadFrom: Int64
}

extension Record {
    /// No release has written what is no JSON.
    var isNoJSON: Bool { (try? JSONParser.parse(Array(value ?? []))) == nil }
}

extension PartitionState {
    /// Whether a record's entity can't be restored, since another record of it can't be read.
    func isUnread(_ record: Record) -> Bool {
        guard !unread.isEmpty || ledger.parked.hasUnread else { return false }
        let entity = String(decoding: record.key ?? [], as: UTF8.self)
        return unread[entity] != nil || ledger.parked[entity]?.unreadFrom != nil
    }

    /// A record of an entity that is not restored only moves the end.
    mutating func pass(over record: Record) {
        ledger.eventsEnd = record.offset
        ledger.eventBytes += record.valueSpan.count
    }

    /// Nothing stands of an entity of which a record can't be read.
    mutating func setAside(_ record: Record, of place: TopicPartition, _ error: any Error, unreadFrom: Int64) {
        var entity = String(decoding: record.key ?? [], as: UTF8.self)
        if entity.isEmpty, let error = error as? FoldError { entity = error.executionArn }
        if let entry = open[entity] {
            ledger.forget(entry)
            setOpen(nil, entity)
        }
        unread[entity] = UnreadRecord(record: record, place: place, reason: "\(error)", unreadFrom: unreadFrom)
    }

    /// Parks the entities of which a record can't be read: their commands wait as dead letters until somebody has seen to it.
    mutating func parkUnread() {
        for (entity, found) in unread.sorted(by: { $0.key < $1.key }) {
            let value = ledger.parked.divert(entity, unreadFrom: found.unreadFrom)
            outbox.append(
                to: checkpoints, key: ParkedEntities.key(entity), value: value, timestamp: configuration.now())
            deadLetter(
                found.record, found.place, key: Array(entity.utf8),
                reason: "it can't be read, so its entity is parked: \(found.reason)", isParked: true)
        }
        unread = [:]
    }

    /// Takes the command that a retry of such an entity begins with: its records are read again.
    /// - Returns: why they still can't be; nil when the entity runs again, or does once all its commands are back.
    mutating func readAgain(_ entity: String, from offset: Int64) -> String? {
        var alone = PartitionState(number: number, configuration: configuration, definitions: definitions, log: log)
        do {
            let passed = try alone.restoreAlone(entity, from: offset)
            adopt(entity, from: alone, unreadFrom: offset)
            if let passed {
                outbox.append(
                    to: checkpoints, key: PassedRecords.key(entity), value: ledger.passed.note(passed, of: entity),
                    timestamp: configuration.now())
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// Restores one entity. A checkpoint that can't be read is no loss while the log has all events.
    /// - Returns: the offset of the last record that was passed over.
    private mutating func restoreAlone(_ entity: String, from offset: Int64) throws -> Int64? {
        let key = Array(entity.utf8)
        var loader = CheckpointLoader()
        var isFound = false
        try log.readToEnd(checkpoints) { record in
            guard let found = record.key, found.elementsEqual(key) || SplitState.isPart(found, of: key) else { return }
            isFound = !record.isTombstone
            try loader.take(record, into: &self)
        }
        loader.finish(&self)
        let hasState = isFound && unread.isEmpty
        unread = [:]
        let start = max(hasState ? offset : 0, try log.beginOffset(of: events))
        var passed: Int64?
        try log.readToEnd(events, from: .offset(start)) { record in
            guard record.key?.elementsEqual(key) == true else { return }
            do {
                try restore(record)
            } catch let error as CodecError {
                // If an event stood in its place, the next one's sequence tells.
                guard record.isNoJSON else {
                    throw CodecError(message: "offset \(record.offset) of \(events.topic): \(error.message)")
                }
                passed = record.offset
            }
        }
        return passed
    }

    /// Takes over an entity that was restored alone. Its checkpoint is written at once: the events behind the last one may lie before
    /// those that a new owner folds.
    private mutating func adopt(_ entity: String, from alone: PartitionState, unreadFrom offset: Int64) {
        let time = configuration.now()
        if RegistryRecord.isKey(entity.utf8) {
            registry.adopt(entity, from: alone.registry)
            writeRegistryCheckpoint(entity, earlierParts: alone.ledger.registryParts[entity] ?? 0, time)
        } else if let entry = alone.open[entity] {
            writeCheckpoint(entry, time)
            admit(entry)
        } else if !closed.contains(entity, at: time) {
            closed.adopt(alone.closed)
            ledger.noteClosedName(eventsOffset: offset, at: time)
            outbox.append(to: checkpoints, key: Array(entity.utf8), value: nil, timestamp: time)
        }
    }
}
