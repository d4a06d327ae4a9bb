import Engine
import EventLog

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
    /// On a command: it was a dead letter and is taken although its entity is parked. Its value is that of `parked`.
    public static let retry = "steplog.retry"
}

extension PartitionState {
    /// Puts a record on `deadletter` as it is, with reason and place as headers.
    mutating func deadLetter(_ record: Record, _ topic: TopicPartition, reason: String, isParked: Bool = false) {
        configuration.report(
            .deadLetter(topic: topic.topic, partition: topic.partition, offset: record.offset, reason: reason))
        var headers = record.headers
        headers.append(DeadLetterHeader.reason, reason)
        headers.append(DeadLetterHeader.topic, topic.topic)
        headers.append(DeadLetterHeader.partition, decimal: Int64(topic.partition))
        headers.append(DeadLetterHeader.offset, decimal: record.offset)
        if isParked { headers.append(DeadLetterHeader.parked, "true") }
        outbox.append(
            to: TopicPartition(configuration.layout.names.deadletter, 0), key: Array(record.key ?? []),
            value: Array(record.value ?? []), headers: headers, timestamp: record.timestamp)
    }

    /// A command that has ended the process each time it was tried: its entity is parked behind it.
    mutating func park(_ record: Record, _ topic: TopicPartition) {
        divert(
            record, topic,
            reason: "the process ended three times at this command, the last time while it was at this one alone; its entity is parked")
    }

    private mutating func divert(_ record: Record, _ topic: TopicPartition, reason: String) {
        let entity = String(decoding: record.key ?? [], as: UTF8.self)
        let value = ledger.parked.divert(entity)
        outbox.append(
            to: checkpoints, key: ParkedEntities.key(entity), value: value, timestamp: configuration.now())
        deadLetter(record, topic, reason: reason, isParked: true)
    }

    /// - Returns: true when the command has gone to the dead letters, behind the one that its entity is parked for.
    mutating func divertIfParked(_ record: Record, _ topic: TopicPartition) -> Bool {
        guard !ledger.parked.isEmpty else { return false }
        let entity = String(decoding: record.key ?? [], as: UTF8.self)
        guard ledger.parked.contains(entity) else { return false }
        guard let retried = record.headers.text(DeadLetterHeader.retry) else {
            divert(record, topic, reason: "its entity is parked behind an earlier command")
            return true
        }
        if retried == "true" {
            let value = ledger.parked.takeBack(entity)
            outbox.append(
                to: checkpoints, key: ParkedEntities.key(entity), value: value, timestamp: configuration.now())
        }
        return false
    }
}
