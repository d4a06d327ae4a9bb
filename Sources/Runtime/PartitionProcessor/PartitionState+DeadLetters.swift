import Engine
public import EventLog

/// The headers of a dead letter, and of a command that is put back.
public enum DeadLetterHeader {
    /// Why it could not be processed.
    public static let reason = "steplog.deadletter.reason"
    /// Where it stood.
    public static let topic = "steplog.deadletter.topic"
    public static let partition = "steplog.deadletter.partition"
    public static let offset = "steplog.deadletter.offset"
    /// On a record of `deadletter` without a value: the dead letters of its key before this offset are put back.
    public static let retriedBefore = "steplog.deadletter.retried_before"
    /// `true` on a dead letter of a parked entity.
    public static let parked = "steplog.deadletter.parked"
    /// On a command: it was a dead letter and is taken although its entity is parked. Its value is that of `parked`. A command without a
    /// value has its entity's records read again, which could not be read before.
    public static let retry = "steplog.retry"
}

extension RecordHeaders {
    /// Those of the dead letter that a record becomes: why, and where it stood.
    public static func deadLetter(_ record: Record, at place: TopicPartition, reason: String) -> RecordHeaders {
        var headers = record.headers
        headers.append(DeadLetterHeader.reason, reason)
        headers.append(DeadLetterHeader.topic, place.topic)
        headers.append(DeadLetterHeader.partition, decimal: Int64(place.partition))
        headers.append(DeadLetterHeader.offset, decimal: record.offset)
        return headers
    }
}

extension PartitionState {
    /// Puts a record on `deadletter` as it is, with reason and place as headers.
    mutating func deadLetter(
        _ record: Record, _ topic: TopicPartition, key: [UInt8], reason: String, isParked: Bool = false
    ) {
        configuration.report(
            .deadLetter(topic: topic.topic, partition: topic.partition, offset: record.offset, reason: reason))
        var headers = RecordHeaders.deadLetter(record, at: topic, reason: reason)
        if isParked { headers.append(DeadLetterHeader.parked, "true") }
        outbox.append(
            to: TopicPartition(configuration.layout.names.deadletter, 0), key: key,
            value: Array(record.value ?? []), headers: headers, timestamp: record.timestamp)
    }

    /// A command that has ended the process each time it was tried: its entity is parked behind it.
    mutating func park(_ record: Record, _ topic: TopicPartition) {
        divert(
            record, topic,
            reason:
                "the process ended three times at this command, the last time while it was at this one alone; its entity is parked"
        )
    }

    private mutating func divert(_ record: Record, _ topic: TopicPartition, reason: String) {
        let entity = String(decoding: record.key ?? [], as: UTF8.self)
        let value = ledger.parked.divert(entity)
        outbox.append(
            to: checkpoints, key: ParkedEntities.key(entity), value: value, timestamp: configuration.now())
        deadLetter(record, topic, key: Array(entity.utf8), reason: reason, isParked: true)
    }

    /// - Returns: true when nothing is left to decide: the command has gone to the dead letters, behind what its entity is parked for, or
    ///   only had records read again.
    mutating func divertIfParked(_ record: Record, _ topic: TopicPartition) -> Bool {
        let retried =
            record.valueSpan.isEmpty || !ledger.parked.isEmpty ? record.headers.text(DeadLetterHeader.retry) : nil
        let isReading = record.valueSpan.isEmpty && retried == "true"
        guard !ledger.parked.isEmpty else { return isReading }
        let entity = String(decoding: record.key ?? [], as: UTF8.self)
        guard let parked = ledger.parked[entity] else { return isReading }
        guard let retried else {
            divert(record, topic, reason: "its entity is parked behind an earlier record")
            return true
        }
        guard retried == "true" else { return isReading }
        if let offset = parked.unreadFrom {
            let reason = isReading ? readAgain(entity, from: offset) : "its entity still can't be read"
            if let reason {
                deadLetter(record, topic, key: Array(entity.utf8), reason: reason, isParked: true)
                return true
            }
            ledger.parked[entity]?.unreadFrom = nil
        }
        let value = ledger.parked.takeBack(entity)
        outbox.append(to: checkpoints, key: ParkedEntities.key(entity), value: value, timestamp: configuration.now())
        return isReading
    }
}
