import BatchStore
import EventLog
import Synchronization

/// A member of a group of the embedded log.
final class EmbeddedConsumer: LogConsumer {
    private struct State: Sendable {
        var memberID: String
        var generation = 0
        var positions: [TopicPartition: Int64] = [:]
        /// The owned partitions in the order in which the next poll looks at them.
        var order: [TopicPartition] = []
        var paused: Set<TopicPartition> = []
        var isWoken = false
        var isClosed = false

        mutating func own(_ partition: TopicPartition, at offset: Int64) {
            positions[partition] = offset
            order.append(partition)
        }

        mutating func disown(_ partitions: Set<TopicPartition>) {
            for partition in partitions { positions[partition] = nil }
            order.removeAll { partitions.contains($0) }
            paused.subtract(partitions)
        }
    }

    private let log: EmbeddedLog
    private let configuration: ConsumerConfiguration
    private let waiter = Waiter()
    private let state: Mutex<State>

    /// - Throws: `invalidArgument` without a group or topics.
    init(
        _ log: EmbeddedLog, _ configuration: ConsumerConfiguration
    ) throws(EventLogError) {
        guard !configuration.group.isEmpty, !configuration.topics.isEmpty else {
            throw EventLogError(.fatal, .invalidArgument, "a consumer needs a group and at least one topic")
        }
        self.log = log
        self.configuration = configuration
        state = Mutex(State(memberID: log.newMemberID(configuration.group)))
        join()
    }

    var membership: GroupMembership {
        state.withLock {
            GroupMembership(group: configuration.group, memberID: $0.memberID, generation: $0.generation)
        }
    }

    var assignment: [TopicPartition] { state.withLock { $0.positions.keys.sorted() } }

    func poll(timeout: Duration) throws(EventLogError) -> PollResult {
        let deadline = log.elapsed() + timeout
        while true {
            try checkOpen()
            if let result = try ownershipNews() { return result }
            let records = try fetch()
            let isWoken = state.withLock { state in
                defer { state.isWoken = false }
                return state.isWoken
            }
            if !records.isEmpty || isWoken { return PollResult(records: records, isWoken: isWoken) }
            let now = log.elapsed()
            guard now < deadline else { return PollResult() }
            wait(deadline - now, at: now)
        }
    }

    func pause(_ partitions: [TopicPartition]) {
        state.withLock { $0.paused.formUnion(partitions) }
    }

    func resume(_ partitions: [TopicPartition]) {
        state.withLock { $0.paused.subtract(partitions) }
        waiter.signal()
    }

    func seek(_ partition: TopicPartition, to offset: Int64) throws(EventLogError) {
        let isOwned = state.withLock { state in
            guard state.positions[partition] != nil else { return false }
            state.positions[partition] = offset
            return true
        }
        guard isOwned else {
            throw EventLogError(
                .abortable, .notOwner, "this member of \"\(configuration.group)\" does not own \(partition)")
        }
    }

    func position(of partition: TopicPartition) -> Int64? {
        state.withLock { $0.positions[partition] }
    }

    func commit(_ offsets: [TopicPartition: Int64]) throws(EventLogError) {
        try checkOpen()
        guard !offsets.isEmpty else { return }
        var change = StorageChange()
        _ = try log.commit(ConsumedOffsets(membership: membership, offsets: offsets), with: &change)
    }

    func wake() {
        state.withLock { $0.isWoken = true }
        waiter.signal()
    }

    func close() {
        let memberID: String? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.isClosed = true
            state.positions = [:]
            state.order = []
            return state.memberID
        }
        guard let memberID else { return }
        log.subscriptions.remove(waiter)
        let counts = log.partitionCounts()
        log.groups.withLock { $0[configuration.group]?.leave(memberID, partitionCounts: counts) }
        waiter.signal()
    }

    private func join() {
        let memberID = state.withLock { $0.memberID }
        let member = Group.Member(
            memberID: memberID, rank: configuration.instanceID.map { "!\($0)" } ?? memberID,
            topics: configuration.topics, pollIntervalMax: configuration.pollIntervalMax, waiter: waiter,
            lastPoll: log.elapsed())
        let counts = log.partitionCounts()
        log.groups.withLock {
            $0[configuration.group, default: Group(name: configuration.group)].join(member, partitionCounts: counts)
        }
    }

    /// - Throws: `closed`.
    private func checkOpen() throws(EventLogError) {
        try log.checkOpen()
        if state.withLock({ $0.isClosed }) {
            throw EventLogError(.fatal, .closed, "this member of group \"\(configuration.group)\" is closed")
        }
    }

    /// What the group has to tell this member; nil when it may go on reading.
    private func ownershipNews() throws(EventLogError) -> PollResult? {
        let memberID = state.withLock { $0.memberID }
        let now = log.elapsed()
        let (answer, generation) = log.groups.withLock { groups in
            groups[configuration.group]?.poll(memberID, at: now, partitionCounts: log.partitionCounts())
                ?? (Group.Answer(news: .dropped), 0)
        }
        state.withLock { state in
            state.generation = generation
            if !answer.givenUp.isEmpty { state.disown(answer.givenUp) }
        }
        for partition in answer.givenUp { log.subscriptions.remove(waiter, partition) }
        switch answer.news {
        case .nothing: return nil
        case .revoked(let partitions): return PollResult(revoked: partitions)
        case .assigned(let partitions):
            try begin(partitions)
            return PollResult(assigned: partitions)
        case .dropped: return dropped(memberID)
        case .replaced:
            throw EventLogError(
                .fenced, .notOwner,
                "another consumer has taken the place of \"\(configuration.instanceID ?? memberID)\" "
                    + "in group \"\(configuration.group)\"")
        }
    }

    /// Sets newly owned partitions to where the group left off.
    private func begin(_ partitions: [TopicPartition]) throws(EventLogError) {
        let committed = try log.committedOffsets(of: configuration.group, for: partitions)
        for partition in partitions {
            var offset = committed[partition]
            if offset == nil { offset = try log.resolve(configuration.start, in: partition) }
            log.subscriptions.add(waiter, partition)
            state.withLock { $0.own(partition, at: offset ?? 0) }
        }
    }

    /// Joins anew and tells what is gone. A zombie (an injected fault) is left in ignorance.
    private func dropped(_ memberID: String) -> PollResult? {
        if log.faults?.isZombie(memberID) == true { return nil }
        log.subscriptions.remove(waiter)
        let lost = state.withLock { state in
            let lost = state.positions.keys.sorted()
            state.disown(Set(lost))
            state.memberID = log.newMemberID(configuration.group)
            return lost
        }
        join()
        return PollResult(lost: lost)
    }

    /// The next records of the owned partitions, a different partition first each time.
    private func fetch() throws(EventLogError) -> [PartitionRecords] {
        var places = state.withLock { state -> [(partition: TopicPartition, offset: Int64)] in
            guard !state.order.isEmpty else { return [] }
            state.order.append(state.order.removeFirst())
            return state.order.compactMap { partition in
                guard !state.paused.contains(partition), let offset = state.positions[partition] else { return nil }
                return (partition, offset)
            }
        }
        log.faults?.arrange(&places)
        let records = try log.fetch(places, bytesMax: configuration.pollBytesMax)
        state.withLock { state in
            for read in records { state.positions[read.partition] = read.nextOffset }
        }
        return records.filter { !$0.batches.isEmpty }
    }

    /// Waits for news, as a member that is alive.
    private func wait(_ timeout: Duration, at now: Duration) {
        let memberID = state.withLock { $0.memberID }
        let expiry = log.groups.withLock { groups in
            groups[configuration.group]?.setPolling(memberID, true, at: now)
            return groups[configuration.group]?.timeUntilExpiry(awaitedBy: memberID, at: now)
        }
        waiter.wait(timeout: expiry.map { min($0, timeout) } ?? timeout)
        let woken = log.elapsed()
        log.groups.withLock { $0[configuration.group]?.setPolling(memberID, false, at: woken) }
    }
}
