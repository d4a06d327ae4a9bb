/// A consumer group of the classic protocol: its members, and how far its rebalance has come.
///
///     empty ──join──► preparing ──all joined, or time over──► completing ──leader's assignment──► stable
///                        ▲                                        │                                 │
///                        └────────── join, leave, death ──────────┴─────────────────────────────────┘
///
/// Source: Kafka's GroupCoordinator; KIP-345 (static members), KIP-394 (member ids before joining).
struct ConsumerGroup {
    enum Status: String {
        case empty = "Empty"
        /// Waits for all members to join.
        case preparing = "PreparingRebalance"
        /// Waits for the leader's assignment.
        case completing = "CompletingRebalance"
        case stable = "Stable"
    }

    /// One consumer.
    struct Member {
        let id: String
        var instanceID: String?
        var clientID: String
        var clientHost: String
        var sessionMilliseconds: Int64
        var rebalanceMilliseconds: Int64
        /// What it can do, the one it likes best first.
        var protocols: [AssignmentProtocol]
        var assignment: [UInt8] = []
        /// JoinGroup and SyncGroup that wait for their answers.
        var pendingJoin: Request?
        var pendingSync: Request?
        /// When it counts as dead.
        var deadline: Int64 = 0

        func supports(_ name: String) -> Bool { protocols.contains { $0.name == name } }
    }

    /// A way to assign partitions, with what the member says in it.
    struct AssignmentProtocol: Equatable {
        var name: String
        var metadata: [UInt8]
    }

    let id: String
    var status: Status = .empty
    var generation: Int32 = 0
    var protocolType: String?
    var protocolName: String?
    var leaderID: String?
    /// In the order in which they came.
    var members: [Member] = []
    /// Ids given out to those who have not joined with them yet, and until when.
    var invited: [String: Int64] = [:]
    /// Counts rebalances, so that a late timer knows that it is.
    var rebalance = 0

    init(id: String) {
        self.id = id
    }

    func index(of memberID: String) -> Int? { members.firstIndex { $0.id == memberID } }
    func index(ofInstance instanceID: String) -> Int? { members.firstIndex { $0.instanceID == instanceID } }

    /// All members wait for their JoinGroup's answer, and nobody else is to come.
    var hasEverybody: Bool { invited.isEmpty && members.allSatisfy { $0.pendingJoin != nil } }

    /// The names that all members support, and no one is alone with.
    func accepts(_ type: String, _ protocols: [AssignmentProtocol], butFor memberID: String?) -> Bool {
        guard !type.isEmpty, !protocols.isEmpty else { return false }
        let others = members.filter { $0.id != memberID }
        guard !others.isEmpty else { return true }
        guard type == protocolType else { return false }
        return protocols.contains { candidate in others.allSatisfy { $0.supports(candidate.name) } }
    }

    /// The protocol that most members like best among those that all support.
    func chosenProtocol() -> String? {
        let candidates =
            members.first?.protocols.map(\.name).filter { name in members.allSatisfy { $0.supports(name) } } ?? []
        var votes: [String: Int] = [:]
        for member in members {
            if let vote = member.protocols.first(where: { candidates.contains($0.name) }) {
                votes[vote.name, default: 0] += 1
            }
        }
        let most = votes.values.max()
        return candidates.first { votes[$0] == most }
    }

    /// Checks who a request says it comes from. Source: KIP-345: an instance id that has another member id now is fenced.
    func memberError(_ memberID: String, instanceID: String?) -> ErrorCode? {
        if let instanceID {
            guard let index = index(ofInstance: instanceID) else { return .unknownMemberID }
            return members[index].id == memberID ? nil : .fencedInstanceID
        }
        return index(of: memberID) == nil ? .unknownMemberID : nil
    }

    /// Checks that a request comes from a member of the present generation.
    func memberError(_ memberID: String, instanceID: String?, generation: Int32) -> ErrorCode? {
        memberError(memberID, instanceID: instanceID) ?? (generation == self.generation ? nil : .illegalGeneration)
    }
}
