import EventLog

extension Broker {
    private static let sessionMillisecondsMax: Int32 = 1_800_000

    /// A JoinGroup as it was asked for.
    private struct Join {
        var group: String
        var memberID: String
        var instanceID: String?
        var sessionMilliseconds: Int32
        var rebalanceMilliseconds: Int32
        var protocolType: String
        var protocols: [ConsumerGroup.AssignmentProtocol]
    }

    func joinGroup(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        let group = try reader.string()
        let session = try reader.int32()
        let rebalance = version >= 1 ? try reader.int32() : session
        let memberID = try reader.string()
        let instanceID = version >= 5 ? try reader.nullableString() : nil
        let join = Join(
            group: group, memberID: memberID, instanceID: instanceID, sessionMilliseconds: session,
            rebalanceMilliseconds: rebalance, protocolType: try reader.string(),
            protocols: try reader.array { reader in
                let entry = ConsumerGroup.AssignmentProtocol(name: try reader.string(), metadata: try reader.bytes())
                try reader.tags()
                return entry
            })
        if version >= 8 { _ = try reader.nullableString() }
        try reader.tags()
        if let error = refusal(of: join, request) {
            answerJoin(request, error: error, memberID: memberID)
        } else if groups[group]?.index(of: memberID) != nil {
            rejoin(join, request)
        } else {
            joinAnew(join, request)
        }
    }

    private func refusal(of join: Join, _ request: Request) -> ErrorCode? {
        if join.group.isEmpty { return .invalidGroupID }
        if let error = coordinatorError(join.group, request) { return error }
        guard (1...Broker.sessionMillisecondsMax).contains(join.sessionMilliseconds), join.rebalanceMilliseconds > 0
        else {
            return .invalidSessionTimeout
        }
        guard let group = groups[join.group] else { return join.memberID.isEmpty ? nil : .unknownMemberID }
        let present = join.instanceID.flatMap { group.index(ofInstance: $0) }.map { group.members[$0].id }
        if !join.memberID.isEmpty {
            if let present, present != join.memberID { return .fencedInstanceID }
            guard group.index(of: join.memberID) != nil || group.invited[join.memberID] != nil else {
                return .unknownMemberID
            }
        }
        let replaced = join.memberID.isEmpty ? present : join.memberID
        return group.accepts(join.protocolType, join.protocols, butFor: replaced) ? nil : .inconsistentGroupProtocol
    }

    /// A member that is not in the group: new, invited, or a static one that has started again.
    private func joinAnew(_ join: Join, _ request: Request) {
        var group = groups[join.group] ?? ConsumerGroup(id: join.group)
        if let instanceID = join.instanceID, let index = group.index(ofInstance: instanceID) {
            groups[join.group] = group
            return replaceStaticMember(at: index, join, request)
        }
        if join.memberID.isEmpty, join.instanceID == nil, request.version >= 4 {
            let memberID = newMemberID(request.clientID)
            let deadline = moment.elapsed + Int64(join.sessionMilliseconds)
            group.invited[memberID] = deadline
            groups[join.group] = group
            timers.add(.member(group: join.group, memberID: memberID), at: deadline)
            return answerJoin(request, error: .memberIDRequired, memberID: memberID)
        }
        group.invited[join.memberID] = nil
        let memberID = join.memberID.isEmpty ? newMemberID(join.instanceID ?? request.clientID) : join.memberID
        var member = self.member(memberID, join, request)
        extendSession(&member, in: join.group)
        group.members.append(member)
        group.protocolType = join.protocolType
        groups[join.group] = group
        prepareRebalance(join.group)
        tryToCompleteJoin(join.group)
    }

    private func member(_ memberID: String, _ join: Join, _ request: Request) -> ConsumerGroup.Member {
        ConsumerGroup.Member(
            id: memberID, instanceID: join.instanceID, clientID: request.clientID,
            clientHost: "/" + (connections[request.connection]?.address ?? ""),
            sessionMilliseconds: Int64(join.sessionMilliseconds),
            rebalanceMilliseconds: Int64(join.rebalanceMilliseconds),
            protocols: join.protocols, pendingJoin: request.withoutBody)
    }

    /// A static member that comes back under a new member id keeps its partitions while nothing else has changed.
    private func replaceStaticMember(at index: Int, _ join: Join, _ request: Request) {
        guard let old = groups[join.group]?.members[index], let group = groups[join.group] else { return }
        let memberID = newMemberID(join.instanceID ?? request.clientID)
        var member = self.member(memberID, join, request)
        member.assignment = old.assignment
        extendSession(&member, in: join.group)
        groups[join.group]?.members[index] = member
        if group.leaderID == old.id { groups[join.group]?.leaderID = memberID }
        if let waiting = old.pendingJoin { answerJoin(waiting, error: .fencedInstanceID, memberID: old.id) }
        if let waiting = old.pendingSync { answerSync(waiting, error: .fencedInstanceID) }
        if group.status == .stable, old.protocols == join.protocols {
            groups[join.group]?.members[index].pendingJoin = nil
            guard let present = groups[join.group] else { return }
            // Told that another leads (by its old id), a client of old asks for its assignment and makes none. KIP-814 says so.
            let leader = request.version >= 9 ? present.leaderID : group.leaderID
            return answerJoin(
                request, in: present, memberID: memberID, leader: leader, skipsAssignment: leader == memberID)
        }
        prepareRebalance(join.group)
        tryToCompleteJoin(join.group)
    }

    /// A member that is in the group and joins again.
    private func rejoin(_ join: Join, _ request: Request) {
        guard var group = groups[join.group], let index = group.index(of: join.memberID) else { return }
        var member = group.members[index]
        let isUnchanged = member.protocols == join.protocols
        let mayStay =
            switch group.status {
            case .completing: isUnchanged
            case .stable: isUnchanged && group.leaderID != member.id
            case .preparing, .empty: false
            }
        member.protocols = join.protocols
        member.sessionMilliseconds = Int64(join.sessionMilliseconds)
        member.rebalanceMilliseconds = Int64(join.rebalanceMilliseconds)
        if mayStay {
            group.members[index] = member
            groups[join.group] = group
            touchMember(member.id, in: join.group)
            return answerJoin(request, in: group, memberID: member.id)
        }
        let superseded = member.pendingJoin
        member.pendingJoin = request.withoutBody
        group.members[index] = member
        groups[join.group] = group
        if let superseded { answerJoin(superseded, error: .rebalanceInProgress, memberID: member.id) }
        prepareRebalance(join.group)
        tryToCompleteJoin(join.group)
    }

    private func newMemberID(_ prefix: String) -> String { "\(prefix)-\(random.identifier())" }

    func answerJoin(_ request: Request, error: ErrorCode, memberID: String) {
        write(request, error, generation: -1, group: nil, leader: "", memberID: memberID, skipsAssignment: false)
    }

    /// - Parameter leader: whom to name as the leader; the group's own unless given.
    func answerJoin(
        _ request: Request, in group: ConsumerGroup, memberID: String, leader: String? = nil,
        skipsAssignment: Bool = false
    ) {
        write(
            request, .none, generation: group.generation, group: group, leader: leader ?? group.leaderID ?? "",
            memberID: memberID, skipsAssignment: skipsAssignment)
    }

    private func write(
        _ request: Request, _ error: ErrorCode, generation: Int32, group: ConsumerGroup?, leader: String,
        memberID: String, skipsAssignment: Bool
    ) {
        let version = request.version
        let members = leader == memberID ? group?.members ?? [] : []
        answer(request) { writer in
            if version >= 2 { writer.int32(0) }
            writer.error(error)
            writer.int32(generation)
            if version >= 7 { writer.string(group?.protocolType) }
            writer.string(version >= 7 ? group?.protocolName : group?.protocolName ?? "")
            writer.string(leader)
            if version >= 9 { writer.bool(skipsAssignment) }
            writer.string(memberID)
            writer.array(members) { writer, member in
                writer.string(member.id)
                if version >= 5 { writer.string(member.instanceID) }
                writer.bytes(member.protocols.first { $0.name == group?.protocolName }?.metadata ?? [])
                writer.tags()
            }
            writer.tags()
        }
    }
}
