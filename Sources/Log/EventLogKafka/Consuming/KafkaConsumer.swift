// SAFETY: by the contract one thread at a time uses a consumer, except for `wake`, which touches the flag and the handle's
// lock; lists and events live for the time of the call.
import CRDKafka
import EventLog
import Synchronization

// SAFETY: as above, one thread at a time but for `wake`.
/// A member of a consumer group of the brokers.
///
/// librdkafka hands rebalances over as events and waits for the answer, so a revoked partition stays this member's until
/// the next `poll` gives it up. Positions are looked up here, not by librdkafka: they are known as soon as a partition is.
final class KafkaConsumer: LogConsumer, @unchecked Sendable {
    private let log: KafkaLog
    private let configuration: ConsumerConfiguration
    private let handle: KafkaHandle
    private let feed: MessageFeed
    private let isWoken = Atomic<Bool>(false)
    private(set) var membership: GroupMembership
    /// The partitions were announced as revoked: the next poll gives them up.
    private var isGivingUp = false
    /// Partitions that the group has given and whose positions are not known yet.
    private var newlyOwned: [TopicPartition]?
    private var nextHeartbeat = ContinuousClock.now
    private var isClosed = false

    /// - Throws: `invalidArgument` without a group or topics.
    init(_ log: KafkaLog, _ configuration: ConsumerConfiguration) throws(EventLogError) {
        guard !configuration.group.isEmpty, !configuration.topics.isEmpty else {
            throw EventLogError(.fatal, .invalidArgument, "a consumer needs a group and at least one topic")
        }
        self.log = log
        self.configuration = configuration
        membership = GroupMembership(group: configuration.group, memberID: "", generation: -1)
        handle = try log.makeHandle(.member(configuration))
        feed = MessageFeed(
            handle, prefix: log.configuration.namePrefix, knownTopics: Set(configuration.topics))
        let topics = PartitionList(topics: configuration.topics, prefix: log.configuration.namePrefix)
        let code = unsafe rd_kafka_subscribe(handle.client, topics.pointer)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw LibraryError(code).eventLogError("group \"\(configuration.group)\" can't be joined")
        }
    }

    deinit {
        log.members.set(nil, for: membership)
        feed.dropWaiting()
        handle.close()
    }

    var assignment: [TopicPartition] { feed.positions.keys.sorted() }

    func poll(timeout: Duration) throws(EventLogError) -> PollResult {
        let deadline = ContinuousClock.now + timeout
        try checkOpen()
        if isGivingUp { giveUp() }
        if let partitions = newlyOwned, let result = try begin(partitions) { return result }
        if takeWake() { return PollResult(isWoken: true) }
        while true {
            var woken = false
            remindOfHeartbeat()
            let outcome = try feed.receive(until: min(deadline, nextHeartbeat), bytesMax: configuration.pollBytesMax) {
                () throws(EventLogError) in
                try checkOpen()
                woken = takeWake()
                return woken
            }
            switch outcome {
            case .records(let records): return PollResult(records: records, isWoken: takeWake())
            case .nothing: if woken || ContinuousClock.now >= deadline { return PollResult(isWoken: woken) }
            case .advanced: if ContinuousClock.now >= deadline { return PollResult() }
            case .rebalance(let event):
                defer { unsafe rd_kafka_event_destroy(event) }
                if let result = try unsafe rebalance(event) { return result }
            }
        }
    }

    /// Has librdkafka send a heartbeat that is due: its main thread looks after the group when it has another reason to
    /// wake up, and else once a second. Source: librdkafka 2.0.2, rdkafka.c, rd_kafka_thread_main.
    private func remindOfHeartbeat() {
        let now = ContinuousClock.now
        guard now >= nextHeartbeat else { return }
        nextHeartbeat = now + configuration.heartbeat
        // The answer comes from that thread.
        _ = unsafe GroupMetadata.memberID(of: handle.client)
    }

    func pause(_ partitions: [TopicPartition]) { feed.pause(partitions) }

    func resume(_ partitions: [TopicPartition]) { feed.resume(partitions) }

    func seek(_ partition: TopicPartition, to offset: Int64) throws(EventLogError) {
        guard feed.positions[partition] != nil else {
            throw EventLogError(
                .abortable, .notOwner, "this member of \"\(configuration.group)\" does not own \(partition)")
        }
        feed.seek(partition, to: offset)
    }

    func position(of partition: TopicPartition) -> Int64? { feed.positions[partition] }

    func commit(_ offsets: [TopicPartition: Int64]) throws(EventLogError) {
        try checkOpen()
        guard !offsets.isEmpty else { return }
        try log.members.check(ConsumedOffsets(membership: membership, offsets: offsets))
        let list = PartitionList(offsets, prefix: log.configuration.namePrefix)
        try log.patiently { (timeout) throws(EventLogError) in
            try unsafe KafkaRequest.send(from: handle, timeoutMilliseconds: timeout, "committing offsets") { queue in
                unsafe LibraryError.of(rd_kafka_commit_queue(handle.client, list.pointer, queue, nil, nil))
            } read: { _ in
            }
        }
    }

    func wake() {
        isWoken.store(true, ordering: .releasing)
        handle.wake()
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        log.members.set(nil, for: membership)
        feed.dropWaiting()
        feed.clear()
        // Answers a rebalance that waits for this member, and leaves.
        _ = unsafe rd_kafka_consumer_close(handle.client)
        handle.close()
    }

    // MARK: - Ownership

    /// Answers what the group wants. Returns nil when nobody has to be told.
    private func rebalance(_ event: OpaquePointer) throws(EventLogError) -> PollResult? {
        let isAssignment = unsafe rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS
        if isAssignment, let list = unsafe rd_kafka_event_topic_partition_list(event) {
            let partitions = unsafe PartitionList.elements(of: list, prefix: log.configuration.namePrefix)
            return try begin(partitions.map(\.partition))
        }
        let owned = assignment
        if unsafe rd_kafka_assignment_lost(handle.client) != 0 {
            giveUp()
            return owned.isEmpty ? nil : PollResult(lost: owned)
        }
        if owned.isEmpty {
            giveUp()
            return nil
        }
        isGivingUp = true
        return PollResult(revoked: owned)
    }

    /// Takes over `partitions`, each from where the group left off. Returns nil when there are none.
    private func begin(_ partitions: [TopicPartition]) throws(EventLogError) -> PollResult? {
        newlyOwned = partitions
        let positions = try startingPositions(of: partitions)
        log.members.set(nil, for: membership)
        membership = try unsafe GroupMetadata.membership(
            of: handle.client, group: configuration.group, prefix: log.configuration.namePrefix,
            instanceID: configuration.instanceID)
        newlyOwned = nil
        feed.assign(positions)
        log.members.set(
            MemberRegistry.Member(instanceID: configuration.instanceID, owned: Set(partitions)), for: membership)
        return partitions.isEmpty ? nil : PollResult(assigned: partitions.sorted())
    }

    /// Gives the partitions back to the group.
    private func giveUp() {
        isGivingUp = false
        newlyOwned = nil
        feed.clear()
        log.members.set(
            MemberRegistry.Member(instanceID: configuration.instanceID, owned: []), for: membership)
        _ = unsafe rd_kafka_assign(handle.client, nil)
    }

    private func startingPositions(
        of partitions: [TopicPartition]
    ) throws(EventLogError) -> [TopicPartition: Int64] {
        guard !partitions.isEmpty else { return [:] }
        let unknown = Int64(RD_KAFKA_OFFSET_INVALID)
        let list = PartitionList(
            Dictionary(partitions.map { ($0, unknown) }) { first, _ in first }, prefix: log.configuration.namePrefix)
        try log.patiently { (timeout) throws(EventLogError) in
            let code = unsafe rd_kafka_committed(handle.client, list.pointer, timeout)
            let error = list.elements.compactMap(\.error).first ?? LibraryError.of(code)
            if let error { throw error.eventLogError("the offsets of group \"\(configuration.group)\" can't be read") }
        }
        var positions: [TopicPartition: Int64] = [:]
        var unset: [TopicPartition: ReadPosition] = [:]
        for element in list.elements {
            if element.offset >= 0 {
                positions[element.partition] = element.offset
            } else {
                unset[element.partition] = configuration.start
            }
        }
        return positions.merging(try log.resolve(unset)) { committed, _ in committed }
    }

    private func takeWake() -> Bool { isWoken.exchange(false, ordering: .acquiringAndReleasing) }

    /// - Throws: `closed`.
    private func checkOpen() throws(EventLogError) {
        try log.checkOpen()
        if isClosed {
            throw EventLogError(.fatal, .closed, "this member of group \"\(configuration.group)\" is closed")
        }
    }
}
