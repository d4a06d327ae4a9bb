import EventLog

/// A transactional id: who may write under it, and the transaction that is open.
struct TransactionState: Equatable {
    enum Status: Int8 {
        /// None was begun since the producer was made.
        case empty = 0
        case ongoing = 1
        case committed = 2
        case aborted = 3
    }

    /// An offset that becomes the group's when the transaction is committed.
    struct PendingOffset: Equatable {
        var partition: TopicPartition
        var offset: CommittedOffset
    }

    var producerID: Int64
    var epoch: Int16
    /// The epoch before a bump that was asked for by its holder, whose answer may have been lost; -1 when there is none.
    var previousEpoch: Int16 = -1
    var timeoutMilliseconds: Int32
    var status: Status = .empty
    /// When the transaction was begun, in milliseconds since 1970.
    var beganWall: Int64 = 0
    /// When it was begun, on the broker's own clock; not stored.
    var beganElapsed: Int64 = 0
    /// A timer will look at it; not stored.
    var isTimed = false
    /// In the order in which they were added.
    var partitions: [TopicPartition] = []
    var groups: [String: [PendingOffset]] = [:]

    /// The partition belongs to the open transaction.
    func includes(_ partition: TopicPartition) -> Bool { status == .ongoing && partitions.contains(partition) }

    /// Forgets what the transaction, which has ended, was about.
    mutating func end(_ status: Status) {
        self.status = status
        partitions = []
        groups = [:]
    }
}

/// How far a group has come in a partition.
struct CommittedOffset: Equatable {
    var offset: Int64
    var leaderEpoch: Int32 = -1
    var metadata: String = ""
}
