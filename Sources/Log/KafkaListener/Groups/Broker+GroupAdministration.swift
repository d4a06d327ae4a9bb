import EventLog

extension Broker {
    func describeGroups(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        let names = try reader.array { try $0.string() }
        if version >= 3 { _ = try reader.bool() }
        try reader.tags()
        answer(request) { writer in
            if version >= 1 { writer.int32(0) }
            writer.array(names) { writer, name in
                let error = coordinatorError(name, request)
                let group = error == nil ? groups[name] : nil
                writer.error(error ?? .none)
                writer.string(name)
                writer.string(error == nil ? state(of: name) : "")
                writer.string(group?.protocolType ?? "")
                writer.string(group?.status == .stable ? group?.protocolName ?? "" : "")
                writer.array(group?.members ?? []) { writer, member in
                    writer.string(member.id)
                    if version >= 4 { writer.string(member.instanceID) }
                    writer.string(member.clientID)
                    writer.string(member.clientHost)
                    writer.bytes(member.protocols.first { $0.name == group?.protocolName }?.metadata ?? [])
                    writer.bytes(member.assignment)
                    writer.tags()
                }
                if version >= 3 { writer.int32(Broker.unknownOperations) }
                writer.tags()
            }
            writer.tags()
        }
    }

    /// A group without members is empty as long as it has offsets.
    private func state(of name: String) -> String {
        if let group = groups[name], group.status != .empty { return group.status.rawValue }
        return offsets[name] == nil && groups[name] == nil ? "Dead" : ConsumerGroup.Status.empty.rawValue
    }

    func listGroups(_ request: Request) throws {
        var reader = request.body
        let states = request.version >= 4 ? try reader.array { try $0.string() } : []
        try reader.tags()
        let names = Set(groups.keys).union(offsets.keys).sorted().filter { name in
            cluster.coordinator(of: name) == request.node && (states.isEmpty || states.contains(state(of: name)))
        }
        answer(request) { writer in
            if request.version >= 1 { writer.int32(0) }
            writer.error(request.injectedError ?? .none)
            writer.array(names) { writer, name in
                writer.string(name)
                writer.string(groups[name]?.protocolType ?? "")
                if request.version >= 4 { writer.string(state(of: name)) }
                writer.tags()
            }
            writer.tags()
        }
    }

    func deleteGroups(_ request: Request) throws {
        var reader = request.body
        let names = try reader.array { try $0.string() }
        try reader.tags()
        let results = names.map { name in (name, deleteGroup(name, request)) }
        answerAfterCommit(request) { writer, _ in
            writer.int32(0)
            writer.array(results) { writer, result in
                writer.string(result.0)
                writer.error(result.1)
                writer.tags()
            }
            writer.tags()
        }
    }

    private func deleteGroup(_ name: String, _ request: Request) -> ErrorCode {
        if let error = coordinatorError(name, request) { return error }
        guard groups[name] != nil || offsets[name] != nil else { return .groupIDNotFound }
        guard groups[name]?.members.isEmpty ?? true else { return .nonEmptyGroup }
        groups[name] = nil
        for partition in offsets[name, default: [:]].keys { setOffset(nil, of: name, in: partition) }
        return .none
    }

    func deleteOffsets(_ request: Request) throws {
        var reader = request.body
        let name = try reader.string()
        let topics = try reader.array { reader in
            (try reader.string(), try reader.array { try $0.int32() })
        }
        var error = coordinatorError(name, request)
        if error == nil, groups[name] == nil, offsets[name] == nil { error = .groupIDNotFound }
        if error == nil, groups[name]?.members.isEmpty == false { error = .nonEmptyGroup }
        if error == nil {
            for topic in topics {
                for index in topic.1 { setOffset(nil, of: name, in: TopicPartition(topic.0, Int(index))) }
            }
        }
        answerAfterCommit(request) { writer, _ in
            writer.error(error ?? .none)
            writer.int32(0)
            writer.array(error == nil ? topics : []) { writer, topic in
                writer.string(topic.0)
                writer.array(topic.1) { writer, index in
                    writer.int32(index)
                    writer.error(.none)
                }
            }
        }
    }
}
