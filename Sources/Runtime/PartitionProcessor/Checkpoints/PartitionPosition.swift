import EventLog

/// The record `@p/<partition>` on `checkpoints`: how far a partition's owner has come. Every transaction of an owner holds the next one,
/// so it also tells whether a transaction whose outcome was unknown has happened.
struct PartitionPosition: Equatable {
    /// Random, of one owner's one tenure.
    var owner: UInt64
    /// Counts the owner's transactions, from 1.
    var transaction: Int64
    /// The next record of `commands` to take; nil when none was taken yet.
    var commandsOffset: Int64?
    /// What stands on `events` before this offset is in the checkpoints.
    var eventsOffset: Int64
    /// True for the last record of an owner that gave the partition up in peace.
    var isReleased: Bool

    private static let form = "1"

    static func key(_ partition: Int) -> [UInt8] { Array("@p/\(partition)".utf8) }

    /// Six words: form, owner in hexadecimal, transaction, offsets in `commands` (or `-`) and `events`, `released` or `held`.
    var encoded: [UInt8] {
        let commands = commandsOffset.map { String($0) } ?? "-"
        let state = isReleased ? "released" : "held"
        return Array(
            "\(Self.form) \(String(owner, radix: 16)) \(transaction) \(commands) \(eventsOffset) \(state)".utf8)
    }
}

extension PartitionPosition {
    /// - Throws: `RecoveryError.unreadableCheckpoint` for another form, or what is none.
    init(_ record: Record, partition: Int) throws(RecoveryError) {
        let text = String(decoding: record.value ?? [], as: UTF8.self)
        let words = text.split(separator: " ")
        guard words.first.map(String.init) == Self.form else {
            throw .unreadableCheckpoint(
                partition: partition, offset: record.offset,
                message: "the position has form \(words.first ?? "-"); this release reads forms up to \(Self.form), a "
                    + "newer one may have written it")
        }
        guard words.count == 6, let owner = UInt64(words[1], radix: 16), let transaction = Int64(words[2]),
            let events = Int64(words[4]), words[3] == "-" || Int64(words[3]) != nil
        else {
            throw .unreadableCheckpoint(
                partition: partition, offset: record.offset, message: "\"\(text)\" is no position")
        }
        self.init(
            owner: owner, transaction: transaction, commandsOffset: Int64(words[3]), eventsOffset: events,
            isReleased: words[5] == "released")
    }
}

/// The record `@suspect/<partition>`: which command the next crash without progress is put down to.
struct SuspectRecord: Equatable {
    /// On `commands`; -1: none.
    var offset: Int64
    /// How many processes have ended without a word at it; 2 and more: this one takes it alone.
    var attempt: Int

    static let none = SuspectRecord(offset: -1, attempt: 0)

    static func key(_ partition: Int) -> [UInt8] { Array("@suspect/\(partition)".utf8) }

    var encoded: [UInt8] { Array("\(offset) \(attempt)".utf8) }

    init(offset: Int64, attempt: Int) {
        self.offset = offset
        self.attempt = attempt
    }

    /// What can't be read suspects nothing.
    init(decoding value: some Sequence<UInt8>) {
        let words = String(decoding: Array(value), as: UTF8.self).split(separator: " ")
        self.init(offset: words.first.flatMap { Int64($0) } ?? -1, attempt: words.last.flatMap { Int($0) } ?? 0)
    }
}
