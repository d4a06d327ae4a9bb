public import EventLog
import Synchronization

extension EmbeddedLog {
    /// Takes the partitions of a member away and gives them to the others, as when it has not been heard of for too long.
    /// With `unnoticed` the member goes on receiving records until a commit of its offsets is refused: a zombie, which
    /// only fencing stops. Needs a `FaultInjector` for `unnoticed`.
    public func loseOwnership(of membership: GroupMembership, unnoticed: Bool) {
        if unnoticed { faults?.makeZombie(membership.memberID) }
        let counts = partitionCounts()
        groups.withLock { $0[membership.group]?.leave(membership.memberID, partitionCounts: counts) }
    }
}
