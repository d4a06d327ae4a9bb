import EventLog

/// A partition that a lane owns: its state, the producer that writes for it, and what the log has not confirmed yet.
final class OwnedPartition {
    var state: PartitionState
    var producer: any LogProducer
    let commands: TopicPartition
    /// True when records were taken since the last commit.
    var hasTaken = false
    /// Decided, and not known to be committed; the same bytes go out again.
    var pending: Transaction?
    /// The producer is of no use any more; a new one settles what the last commit did.
    var needsProducer = false
    /// Another producer has taken its place: first it is to be seen that the partition is still this lane's.
    var wasFenced = false
    /// New producers in a row that brought no commit.
    var failures = 0
    /// The tenure is noted on the log, so that its end without a word is seen.
    var isOpened = false
    var trial: Trial

    /// What follows from an end without a word before this tenure.
    struct Trial {
        /// How often the first command has been begun alone, this tenure included; 0: it comes in a batch.
        var attempt: Int
        /// The first command of this tenure; nil when there was none at its beginning.
        var suspect: Int64?
        /// Commands before this offset are taken one a transaction.
        var singleUntil: Int64

        static let none = Trial(attempt: 0, suspect: nil, singleUntil: 0)
        /// The attempt that is not made any more. Source: docs/ARCHITECTURE, poison.
        static let attemptsMax = 3
        /// More than the one batch holds in which the process ended.
        static let singlesMax: Int64 = 10_000
    }

    init(state: PartitionState, producer: any LogProducer, commands: TopicPartition, trial: Trial) {
        self.state = state
        self.producer = producer
        self.commands = commands
        self.trial = trial
    }

    /// Whether the command at an offset is one that goes alone.
    func isSingle(_ offset: Int64) -> Bool { offset < trial.singleUntil }

    /// True when timers may fire: no command is on trial.
    var isTried: Bool { trial.singleUntil <= (state.ledger.commandsOffset ?? 0) }
}
