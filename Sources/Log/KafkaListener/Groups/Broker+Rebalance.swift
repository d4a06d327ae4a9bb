extension Broker {
    /// Begins to gather the members anew, unless that is under way.
    func prepareRebalance(_ name: String) {
        guard var group = groups[name], group.status != .preparing else { return }
        let waiting = group.members.compactMap(\.pendingSync)
        for index in group.members.indices {
            group.members[index].pendingSync = nil
            if group.status == .completing { group.members[index].assignment = [] }
        }
        group.status = .preparing
        group.rebalance += 1
        let patience = group.members.map(\.rebalanceMilliseconds).max() ?? 0
        timers.add(.join(group: name, rebalance: group.rebalance), at: moment.elapsed + patience)
        groups[name] = group
        for request in waiting { answerSync(request, error: .rebalanceInProgress) }
    }

    /// Goes on when everybody has joined.
    func tryToCompleteJoin(_ name: String) {
        guard let group = groups[name], group.status == .preparing, group.hasEverybody else { return }
        completeJoin(name)
    }

    /// Those who have not joined in time are no members any more; static ones stay until their session ends.
    func joinTimer(_ name: String, _ rebalance: Int) {
        guard var group = groups[name], group.status == .preparing, group.rebalance == rebalance else { return }
        group.members.removeAll { $0.pendingJoin == nil && $0.instanceID == nil }
        group.invited = [:]
        groups[name] = group
        completeJoin(name)
    }

    private func completeJoin(_ name: String) {
        guard var group = groups[name] else { return }
        guard group.members.contains(where: { $0.pendingJoin != nil }) else {
            if group.members.isEmpty {
                // Its offsets are all that is left of it.
                groups[name] = nil
            } else {
                // Only static members are left, who may be back before their sessions end.
                group.status = .stable
                groups[name] = group
                prepareRebalance(name)
            }
            return
        }
        group.generation = group.generation == .max ? 1 : group.generation + 1
        group.status = .completing
        group.protocolName = group.chosenProtocol()
        if !group.members.contains(where: { $0.id == group.leaderID && $0.pendingJoin != nil }) {
            group.leaderID = group.members.first { $0.pendingJoin != nil }?.id
        }
        var joined: [(Request, String)] = []
        for index in group.members.indices {
            let member = group.members[index]
            if let request = member.pendingJoin { joined.append((request, member.id)) }
            group.members[index].pendingJoin = nil
            extendSession(&group.members[index], in: name)
        }
        groups[name] = group
        for (request, memberID) in joined { answerJoin(request, in: group, memberID: memberID) }
    }

    /// A member that was heard of.
    func touchMember(_ memberID: String, in name: String) {
        guard let index = groups[name]?.index(of: memberID), let member = groups[name]?.members[index] else { return }
        groups[name]?.members[index].deadline = moment.elapsed + member.sessionMilliseconds
    }

    /// Sets a member's deadline and the timer that looks at it.
    func extendSession(_ member: inout ConsumerGroup.Member, in name: String) {
        member.deadline = moment.elapsed + member.sessionMilliseconds
        timers.add(.member(group: name, memberID: member.id), at: member.deadline)
    }

    /// A deadline has come: of a member, or of one that was invited.
    func memberTimer(_ name: String, _ memberID: String) {
        guard let group = groups[name] else { return }
        if let deadline = group.invited[memberID] {
            guard deadline <= moment.elapsed else { return }
            groups[name]?.invited[memberID] = nil
            tryToCompleteJoin(name)
            return
        }
        guard let index = group.index(of: memberID) else { return }
        let member = group.members[index]
        if member.deadline > moment.elapsed {
            timers.add(.member(group: name, memberID: memberID), at: member.deadline)
        } else if member.pendingJoin != nil || member.pendingSync != nil {
            timers.add(.member(group: name, memberID: memberID), at: moment.elapsed + member.sessionMilliseconds)
        } else {
            remove(memberID, from: name)
        }
    }

    /// Takes a member out; the others share what it had.
    func remove(_ memberID: String, from name: String) {
        guard let index = groups[name]?.index(of: memberID), let group = groups[name] else { return }
        let member = group.members[index]
        groups[name]?.members.remove(at: index)
        if let request = member.pendingJoin { answerJoin(request, error: .unknownMemberID, memberID: memberID) }
        if let request = member.pendingSync { answerSync(request, error: .unknownMemberID) }
        switch group.status {
        case .stable, .completing: prepareRebalance(name)
        case .preparing, .empty: break
        }
        tryToCompleteJoin(name)
    }

    /// Whoever waited on a lost connection does not wait any more; the session goes on until it ends.
    func connectionWasLost(_ connection: ConnectionID) {
        for (name, group) in groups {
            for index in group.members.indices {
                if group.members[index].pendingJoin?.connection == connection, var member = groups[name]?.members[index]
                {
                    member.pendingJoin = nil
                    extendSession(&member, in: name)
                    groups[name]?.members[index] = member
                }
                if group.members[index].pendingSync?.connection == connection {
                    groups[name]?.members[index].pendingSync = nil
                }
            }
        }
    }
}
