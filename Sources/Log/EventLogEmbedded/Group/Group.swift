import EventLog

/// A consumer group: its members and who owns which partition.
///
/// A partition that is to move is first taken from its owner (announced by one poll, given up by the next) and handed to
/// the other only then. What stays where it is goes on without a pause.
struct Group: Sendable {
    /// One consumer.
    struct Member: Sendable {
        let memberID: String
        /// By what members are put in order: static members by their name, so that a restart changes nothing.
        let rank: String
        let topics: [String]
        let pollIntervalMax: Duration
        let waiter: Waiter
        var owned: Set<TopicPartition> = []
        var wanted: Set<TopicPartition> = []
        /// A poll has found that it owns what it wants: there is no news until the group divides anew.
        var isSettled = false
        /// Owned partitions that the last poll announced as revoked.
        var announced: Set<TopicPartition> = []
        var lastPoll: Duration
        var isPolling = false
        var commitsUnderWay = 0

        /// True when it has not polled for longer than it may.
        func isLate(at now: Duration) -> Bool {
            !isPolling && commitsUnderWay == 0 && now - lastPoll > pollIntervalMax
        }
    }

    let name: String
    private(set) var generation = 0
    private(set) var members: [Member] = []

    /// Members whose static name another consumer has taken.
    private var replaced: Set<String> = []

    /// What a poll finds out about ownership.
    enum News: Sendable {
        /// Owned until the next poll.
        case revoked([TopicPartition])
        case assigned([TopicPartition])
        case nothing
        /// The group has given the member up.
        case dropped
        /// Another consumer has taken the member's static name.
        case replaced
    }

    /// The answer to a poll.
    struct Answer: Sendable {
        /// What was announced as revoked and is given up now.
        var givenUp: Set<TopicPartition> = []
        var news: News
    }

    init(name: String) {
        self.name = name
    }

    /// Adds a member; one of the same rank (static name) is dropped.
    mutating func join(_ member: Member, partitionCounts: [String: Int]) {
        replaced.formUnion(members.filter { $0.rank == member.rank }.map(\.memberID))
        members.removeAll { $0.rank == member.rank }
        members.append(member)
        members.sort { $0.rank < $1.rank }
        divide(partitionCounts)
    }

    /// Takes the member out and its partitions with it.
    mutating func leave(_ memberID: String, partitionCounts: [String: Int]) {
        guard let index = index(memberID) else { return }
        members.remove(at: index)
        divide(partitionCounts)
    }

    mutating func topicsChanged(partitionCounts: [String: Int]) {
        divide(partitionCounts)
    }

    /// What a member has to be told at `now`, after those who are late were dropped, and the generation that it is told of.
    mutating func poll(
        _ memberID: String, at now: Duration, partitionCounts: @autoclosure () -> [String: Int]
    ) -> (Answer, generation: Int) {
        expire(at: now, partitionCounts: partitionCounts())
        return (poll(memberID, at: now), generation)
    }

    /// A poll that follows an announcement gives the announced partitions up.
    private mutating func poll(_ memberID: String, at now: Duration) -> Answer {
        guard let index = index(memberID) else {
            return Answer(news: replaced.contains(memberID) ? .replaced : .dropped)
        }
        members[index].lastPoll = now
        if members[index].isSettled { return Answer(news: .nothing) }
        let givenUp = members[index].announced
        if !givenUp.isEmpty {
            members[index].owned.subtract(givenUp)
            members[index].announced = []
            signalAll()
        }
        let revoked = members[index].owned.subtracting(members[index].wanted)
        if !revoked.isEmpty {
            members[index].announced = revoked
            return Answer(givenUp: givenUp, news: .revoked(revoked.sorted()))
        }
        let free = members[index].wanted.subtracting(members[index].owned).filter { partition in
            !members.contains { $0.owned.contains(partition) }
        }
        if !free.isEmpty {
            members[index].owned.formUnion(free)
            return Answer(givenUp: givenUp, news: .assigned(free.sorted()))
        }
        members[index].isSettled = members[index].owned == members[index].wanted
        return Answer(givenUp: givenUp, news: .nothing)
    }

    /// A member that waits in a poll is alive, however long it waits.
    mutating func setPolling(_ memberID: String, _ isPolling: Bool, at now: Duration) {
        guard let index = index(memberID) else { return }
        members[index].isPolling = isPolling
        members[index].lastPoll = now
    }

    /// Drops members that have not polled for longer than they may.
    private mutating func expire(at now: Duration, partitionCounts: @autoclosure () -> [String: Int]) {
        guard members.contains(where: { $0.isLate(at: now) }) else { return }
        members.removeAll { $0.isLate(at: now) }
        divide(partitionCounts())
    }

    /// How long until another member may have to be dropped; nil when nobody holds what `memberID` waits for.
    func timeUntilExpiry(awaitedBy memberID: String, at now: Duration) -> Duration? {
        guard let index = index(memberID), !members[index].wanted.isSubset(of: members[index].owned) else { return nil }
        return members.filter { !$0.isPolling && $0.memberID != memberID }
            .map { max($0.pollIntervalMax - (now - $0.lastPoll), .milliseconds(1)) }
            .min()
    }

    /// - Throws: `notOwner` when the member is gone or does not own one of the partitions.
    mutating func beginOffsetCommit(_ consumed: ConsumedOffsets) throws(EventLogError) {
        guard let index = index(consumed.membership.memberID) else {
            throw EventLogError(
                .abortable, .notOwner,
                "member \(consumed.membership.memberID) is no longer in group \"\(name)\"")
        }
        if let foreign = consumed.offsets.keys.filter({ !members[index].owned.contains($0) }).min() {
            throw EventLogError(
                .abortable, .notOwner,
                "member \(consumed.membership.memberID) of group \"\(name)\" does not own \(foreign)")
        }
        members[index].commitsUnderWay += 1
    }

    mutating func endOffsetCommit(_ memberID: String) {
        guard let index = index(memberID) else { return }
        members[index].commitsUnderWay -= 1
    }

    func signalAll() {
        for member in members { member.waiter.signal() }
    }

    /// Gives every member a range of each topic's partitions. Source: Kafka's `RangeAssignor`.
    private mutating func divide(_ partitionCounts: [String: Int]) {
        generation += 1
        for index in members.indices { (members[index].wanted, members[index].isSettled) = ([], false) }
        let topics = Set(members.flatMap(\.topics)).sorted()
        for topic in topics {
            let subscribers = members.indices.filter { members[$0].topics.contains(topic) }
            let count = partitionCounts[topic] ?? 0
            var next = 0
            for (place, index) in subscribers.enumerated() {
                let share = count / subscribers.count + (place < count % subscribers.count ? 1 : 0)
                for partition in next..<next + share { members[index].wanted.insert(TopicPartition(topic, partition)) }
                next += share
            }
        }
        signalAll()
    }

    private func index(_ memberID: String) -> Int? {
        members.firstIndex { $0.memberID == memberID }
    }
}
