extension Broker {
    func syncGroup(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        let name = try reader.string()
        let generation = try reader.int32()
        let memberID = try reader.string()
        let instanceID = version >= 3 ? try reader.nullableString() : nil
        let type = version >= 5 ? try reader.nullableString() : nil
        let protocolName = version >= 5 ? try reader.nullableString() : nil
        let assignments = try reader.array { reader in
            let assignment = (try reader.string(), try reader.bytes())
            try reader.tags()
            return assignment
        }
        try reader.tags()
        if let error = coordinatorError(name, request) { return answerSync(request, error: error) }
        guard let group = groups[name] else { return answerSync(request, error: .unknownMemberID) }
        if let error = group.memberError(memberID, instanceID: instanceID, generation: generation) {
            return answerSync(request, error: error)
        }
        if let type, type != group.protocolType { return answerSync(request, error: .inconsistentGroupProtocol) }
        if let protocolName, protocolName != group.protocolName {
            return answerSync(request, error: .inconsistentGroupProtocol)
        }
        touchMember(memberID, in: name)
        switch group.status {
        case .empty: answerSync(request, error: .unknownMemberID)
        case .preparing: answerSync(request, error: .rebalanceInProgress)
        case .stable: answerSync(request, in: group, memberID: memberID)
        case .completing:
            guard let index = group.index(of: memberID) else { return }
            groups[name]?.members[index].pendingSync = request.withoutBody
            if group.leaderID == memberID { assign(Dictionary(assignments) { $1 }, in: name) }
        }
    }

    /// The leader has spoken: everybody gets what is theirs.
    private func assign(_ assignments: [String: [UInt8]], in name: String) {
        guard var group = groups[name] else { return }
        group.status = .stable
        var waiting: [(Request, String)] = []
        for index in group.members.indices {
            let member = group.members[index]
            group.members[index].assignment = assignments[member.id] ?? []
            if let request = member.pendingSync { waiting.append((request, member.id)) }
            group.members[index].pendingSync = nil
        }
        groups[name] = group
        for (request, memberID) in waiting { answerSync(request, in: group, memberID: memberID) }
    }

    private func answerSync(_ request: Request, in group: ConsumerGroup, memberID: String) {
        touchMember(memberID, in: group.id)
        let assignment = group.index(of: memberID).map { group.members[$0].assignment } ?? []
        write(request, .none, group: group, assignment)
    }

    func answerSync(_ request: Request, error: ErrorCode) { write(request, error, group: nil, []) }

    private func write(_ request: Request, _ error: ErrorCode, group: ConsumerGroup?, _ assignment: [UInt8]) {
        answer(request) { writer in
            if request.version >= 1 { writer.int32(0) }
            writer.error(error)
            if request.version >= 5 {
                writer.string(group?.protocolType)
                writer.string(group?.protocolName)
            }
            writer.bytes(assignment)
            writer.tags()
        }
    }

    func heartbeat(_ request: Request) throws {
        var reader = request.body
        let name = try reader.string()
        let generation = try reader.int32()
        let memberID = try reader.string()
        let instanceID = request.version >= 3 ? try reader.nullableString() : nil
        try reader.tags()
        var error = coordinatorError(name, request)
        if error == nil {
            error = groups[name]?.memberError(memberID, instanceID: instanceID, generation: generation)
            if groups[name] == nil { error = .unknownMemberID }
        }
        if error == nil {
            touchMember(memberID, in: name)
            if groups[name]?.status == .preparing { error = .rebalanceInProgress }
        }
        answer(request) { writer in
            if request.version >= 1 { writer.int32(0) }
            writer.error(error ?? .none)
            writer.tags()
        }
    }

    func leaveGroup(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        let name = try reader.string()
        var leaving: [(memberID: String, instanceID: String?)] = []
        if version < 3 {
            leaving = [(try reader.string(), nil)]
        } else {
            leaving = try reader.array { reader in
                let member = (try reader.string(), try reader.nullableString())
                if version >= 5 { _ = try reader.nullableString() }
                try reader.tags()
                return member
            }
        }
        try reader.tags()
        let error = coordinatorError(name, request)
        let results =
            error == nil ? leaving.map { leave($0.memberID, $0.instanceID, name) } : leaving.map { _ in .none }
        answer(request) { writer in
            if version >= 1 { writer.int32(0) }
            writer.error(error ?? (version < 3 ? results.first ?? .none : .none))
            if version >= 3 {
                writer.array(Array(zip(leaving, results))) { writer, result in
                    writer.string(result.0.memberID)
                    writer.string(result.0.instanceID)
                    writer.error(result.1)
                    writer.tags()
                }
            }
            writer.tags()
        }
    }

    private func leave(_ memberID: String, _ instanceID: String?, _ name: String) -> ErrorCode {
        guard let group = groups[name] else { return .unknownMemberID }
        if group.invited[memberID] != nil {
            groups[name]?.invited[memberID] = nil
            tryToCompleteJoin(name)
            return .none
        }
        // An administrator takes a static member out by its instance id alone. Source: KIP-345.
        let known = instanceID.flatMap { group.index(ofInstance: $0) }.map { group.members[$0].id }
        if memberID.isEmpty, let known {
            remove(known, from: name)
            return .none
        }
        if let error = group.memberError(memberID, instanceID: instanceID) { return error }
        remove(memberID, from: name)
        return .none
    }
}
