import BatchStore
import EventLog
import NIOCore

/// A Kafka broker without sockets, threads or a clock: requests and moments in, answers out.
///
/// It stands on a `BatchStorage`, whose metadata holds what must outlive it: committed offsets, producers, transactions, aborted
/// ranges. What requests change is staged and becomes true with the next `commit()`, together for all of them; who asked is
/// answered after that. Groups live in memory: after a restart their members join anew.
///
/// Not safe to share: one thread calls it.
final class Broker {
    /// There is one leader and no other replica that could diverge from it: its epoch never changes.
    static let leaderEpoch: Int32 = 0

    var storage: any BatchStorage
    let configuration: BrokerConfiguration
    let log: (String) -> Void
    var moment: Moment
    var random: SplitMix
    var cluster: Cluster
    var faults: FaultScript?
    var timers = TimerQueue<TimerSubject>()
    /// Requests and answers that a fault holds back.
    var heldBack: [Int: HeldBack] = [:]
    var heldBackCount = 0
    var topicSettings: [String: TopicSettings] = [:]
    var partitions: [TopicPartition: PartitionState] = [:]
    var transactions: [String: TransactionState] = [:]
    /// The transactional id of each producer id that belongs to one.
    var transactionalIDs: [Int64: String] = [:]
    var nextProducerID: Int64 = 1
    var offsets: [String: [TopicPartition: CommittedOffset]] = [:]
    var groups: [String: ConsumerGroup] = [:]
    var fetches = WaitingFetches()
    /// Who may connect; empty: anyone.
    var users: SaslUsers
    var saslSessions: [ConnectionID: SaslSession] = [:]
    var schedule = MaintenanceSchedule()
    private(set) var connections: [ConnectionID: AnswerQueue] = [:]
    private var outgoing: [Outgoing] = []
    /// How much there is to be sent.
    private(set) var outgoingBytes = 0
    private var staged = StorageChange()
    private var stagedOffsets: [TopicPartition: Int64] = [:]
    private var afterCommit: [([Range<Int64>]) -> Void] = []
    private var touched: Set<TopicPartition> = []
    private var connectionCount = 0

    /// - Throws: what the storage says when what it holds is read.
    init(
        _ storage: any BatchStorage, _ configuration: BrokerConfiguration, faults: FaultScript? = nil,
        at moment: Moment,
        log: @escaping (String) -> Void
    ) throws(EventLogError) {
        precondition(!configuration.nodes.isEmpty, "a cluster has a broker")
        self.storage = storage
        self.configuration = configuration
        self.faults = faults
        self.moment = moment
        self.log = log
        users = SaslUsers(configuration.users, iterationCount: configuration.scramIterationCount)
        random = SplitMix(seed: configuration.seed)
        cluster = Cluster(configuration.nodes)
        try load()
    }

    // MARK: - Connections

    /// A client has connected to broker `node`.
    func connect(address: String, node: Int = 0) -> ConnectionID {
        connectionCount += 1
        let connection = ConnectionID(connectionCount)
        connections[connection] = AnswerQueue(address: address, node: node)
        return connection
    }

    /// A client is gone; what it waited for is let go.
    func disconnect(_ connection: ConnectionID) {
        guard connections.removeValue(forKey: connection) != nil else { return }
        saslSessions[connection] = nil
        fetches.remove(of: connection)
        connectionWasLost(connection)
    }

    /// Takes a request without the length before it. Bytes that are none close the connection.
    func receive(_ frame: ByteBuffer, from connection: ConnectionID, at moment: Moment) {
        self.moment = moment
        guard let node = connections[connection]?.node else { return }
        do {
            guard let request = try admit(frame, from: connection, node: node) else { return }
            guard mayAsk(request) else {
                return close(connection, reason: "\(request.api) before the connection was authenticated")
            }
            // A fetch that waits would hold up the answer to what came behind it.
            if let waiting = fetches.waiting(of: connection) { finish(waiting) }
            try intercept(request)
        } catch {
            close(connection, reason: "\(error)")
        }
    }

    /// Ends a connection from this side.
    func close(_ connection: ConnectionID, reason: String) {
        guard connections[connection] != nil else { return }
        outgoing.append(.close(connection, reason: reason))
        disconnect(connection)
    }

    /// What is to be sent since the last call.
    func takeOutgoing() -> [Outgoing] {
        defer {
            outgoing = []
            outgoingBytes = 0
        }
        return outgoing
    }

    // MARK: - Answers

    /// Answers at once, in the order of the connection's requests.
    func answer(_ request: Request, _ write: (inout WireWriter) -> Void) {
        var writer = WireWriter(isFlexible: request.isFlexible)
        writer.int32(0)
        writer.int32(request.correlationID)
        // An answer to ApiVersions is read by clients that do not know yet what this broker speaks.
        if request.api != .apiVersions { writer.tags() }
        write(&writer)
        var buffer = writer.buffer
        buffer.setInteger(Int32(truncatingIfNeeded: buffer.readableBytes - 4), at: buffer.readerIndex)
        if holdBack(buffer, request) { return }
        deliver(buffer, request)
    }

    /// Puts an answer, or that there is none, into its place.
    func deliver(_ buffer: ByteBuffer?, _ request: Request) {
        guard let ready = connections[request.connection]?.fill(request.slot, buffer) else { return }
        for answer in ready {
            outgoingBytes += answer.readableBytes
            outgoing.append(.send(request.connection, answer))
        }
    }

    /// Answers when what was staged up to now is committed; at once when nothing is.
    func answerAfterCommit(_ request: Request, _ write: @escaping (inout WireWriter, [Range<Int64>]) -> Void) {
        whenCommitted { [self] ranges in answer(request) { write(&$0, ranges) } }
    }

    /// Reserves the request's place among the answers, for those that come out of order.
    func reserveSlot(_ connection: ConnectionID) -> Int {
        connections[connection]?.reserve() ?? 0
    }

    // MARK: - Changes

    /// Something waits for `commit()`.
    var hasStagedChanges: Bool { !afterCommit.isEmpty || !staged.isEmpty }

    /// Adds to what the next commit does.
    func stage(_ change: (inout StorageChange) -> Void) { change(&staged) }

    /// Sets a row of the metadata, or with nil removes it, with the next commit.
    func stage(_ key: String, _ value: [UInt8]?) { staged.metadata.append(MetadataEntry(key, value)) }

    /// Puts `batch` at the end of `partition` with the next commit. Returns which of the commit's appends it is.
    @discardableResult
    func stage(_ batch: RecordBatch, to partition: TopicPartition) -> Int {
        staged.appends.append(PartitionBatch(partition: partition, batch: batch))
        stagedOffsets[partition, default: 0] += Int64(batch.header.lastOffsetDelta) + 1
        touched.insert(partition)
        return staged.appends.count - 1
    }

    /// Calls `action` after the commit, with the offsets of its appends; at once when nothing is staged.
    func whenCommitted(_ action: @escaping ([Range<Int64>]) -> Void) {
        if hasStagedChanges { afterCommit.append(action) } else { action([]) }
    }

    /// Readers of `partition` may see more after the commit.
    func touch(_ partition: TopicPartition) { touched.insert(partition) }

    /// The offset that the next batch staged for `partition` will get, if no one else appends to it meanwhile.
    func nextOffset(of partition: TopicPartition) throws(EventLogError) -> Int64 {
        try storage.extent(of: partition).upperBound + (stagedOffsets[partition] ?? 0)
    }

    /// Makes what is staged true and answers those who wait for it. When the storage refuses, nothing of it happened: all
    /// is read again, and whoever waited has to ask anew.
    func commit() {
        guard hasStagedChanges else { return }
        let change = staged
        let actions = afterCommit
        let news = touched
        staged = StorageChange()
        stagedOffsets = [:]
        afterCommit = []
        touched = []
        do {
            guard case .applied(let ranges) = try storage.apply(change) else { return }
            for action in actions { action(ranges) }
            recordsArrived(news)
        } catch {
            recover(from: error)
        }
    }

    /// Forgets what is staged, as a crash would.
    func abandonStaged() {
        staged = StorageChange()
        stagedOffsets = [:]
        afterCommit = []
        touched = []
    }

    /// Does what is due. Returns the next moment at which something will be; nil when there is nothing to wait for.
    func tick(at moment: Moment) -> Int64? {
        self.moment = moment
        while let subject = timers.popDue(moment.elapsed) { fire(subject) }
        return timers.next
    }

    private func fire(_ subject: TimerSubject) {
        switch subject {
        case .fetch(let identifier): if let fetch = fetches.waiting(identifier) { finish(fetch) }
        case .member(let group, let memberID): memberTimer(group, memberID)
        case .join(let group, let rebalance): joinTimer(group, rebalance)
        case .transaction(let transactionalID): transactionTimer(transactionalID)
        case .fault(let number): releaseHeldBack(number)
        }
    }

    private func recover(from error: EventLogError) {
        log("the log can't be written, all clients have to connect anew: \(error)")
        for connection in connections.keys.sorted(by: { $0.number < $1.number }) {
            close(connection, reason: "the log can't be written")
        }
        groups = [:]
        do {
            try load()
        } catch {
            log("what the log holds can't be read: \(error)")
        }
    }
}

extension StorageChange {
    /// Nothing is to be done.
    var isEmpty: Bool {
        guards.isEmpty && topics.isEmpty && deletedTopics.isEmpty && appends.isEmpty && metadata.isEmpty
            && trims.isEmpty
            && replacements.isEmpty && partitionCounts.isEmpty
    }
}
