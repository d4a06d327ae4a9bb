import EventLog
import Synchronization

/// What the members of groups in this process own: the brokers check a member's generation, but not its partitions.
final class MemberRegistry: Sendable {
    /// A member's name in its group.
    private struct Key: Hashable, Sendable {
        var group: String
        var memberID: String
    }

    /// What is known of a member.
    struct Member: Sendable {
        var instanceID: String?
        var owned: Set<TopicPartition>
    }

    private let members = Mutex<[Key: Member]>([:])

    /// Notes what the member owns from now on; nil forgets it.
    func set(_ member: Member?, for membership: GroupMembership) {
        members.withLock { $0[Key(group: membership.group, memberID: membership.memberID)] = member }
    }

    /// The static name of the member that consumed, if it is of this process and has one.
    func instanceID(of membership: GroupMembership) -> String? {
        members.withLock { $0[Key(group: membership.group, memberID: membership.memberID)]?.instanceID }
    }

    /// - Throws: `notOwner` (abortable) when a member of this process does not own a partition of `consumed`.
    func check(_ consumed: ConsumedOffsets) throws(EventLogError) {
        let membership = consumed.membership
        let member = members.withLock { $0[Key(group: membership.group, memberID: membership.memberID)] }
        guard let member else { return }
        if let other = consumed.offsets.keys.filter({ !member.owned.contains($0) }).min() {
            throw EventLogError(
                .abortable, .notOwner,
                "member \"\(membership.memberID)\" of group \"\(membership.group)\" does not own \(other)")
        }
    }
}
