import EventLog

/// A partition that a lane owns: its state, the producer that writes for it, and what the log has not confirmed yet.
final class OwnedPartition {
    var state: PartitionState
    var producer: any LogProducer
    let commands: TopicPartition
    /// True when records were taken since the last commit.
    var hasTaken = false
    /// Being committed. What is decided meanwhile waits in the state's outbox.
    var inFlight: CommitTicket?
    /// The commands are held back until what was decided is committed.
    var isHeld = false
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
        /// How often processes ended without a word with the first command before them; 0: none did.
        var attempt: Int
        /// The first command of this tenure; nil when there was none at its beginning.
        var suspect: Int64?
        /// Commands before this offset are taken one a transaction.
        var singleUntil: Int64

        static let none = Trial(attempt: 0, suspect: nil, singleUntil: 0)
        /// From this attempt on commands are taken alone.
        static let firstSingle = 2
        /// The attempt that is not made any more: the process has ended three times. Source: docs/ARCHITECTURE, poison.
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

    /// About how many bytes of decisions one transaction carries at most, when many commands come at once.
    static let transactionBytesMax = 2 << 20
    /// How many bytes of decisions may wait for a commit that is under way.
    private static let waitingBytesMax = 4 << 20

    /// Nothing more should be decided before the commit under way is done.
    var isFull: Bool { inFlight != nil && state.outbox.byteCount >= Self.waitingBytesMax }

    /// Everything that was decided is committed.
    var isSettled: Bool { inFlight == nil && pending == nil && !hasTaken && state.outbox.isEmpty }

    /// Whether the command at an offset is one that goes alone.
    func isSingle(_ offset: Int64) -> Bool { offset < trial.singleUntil }
}
