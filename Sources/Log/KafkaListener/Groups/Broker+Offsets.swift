import BatchStore
import EventLog

extension Broker {
    /// Source: Kafka's `offset.metadata.max.bytes`.
    private static let metadataBytesMax = 4_096

    /// An offset that a client wants to be kept.
    struct OffsetEntry {
        var index: Int32
        var offset: CommittedOffset
    }

    /// Topics with the offsets of their partitions.
    typealias OffsetTopics = [(topic: String, entries: [OffsetEntry])]

    func commitOffsets(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        let name = try reader.string()
        let generation = try reader.int32()
        let memberID = try reader.string()
        let instanceID = version >= 7 ? try reader.nullableString() : nil
        if version <= 4 { _ = try reader.int64() }
        let topics = try offsetTopics(from: &reader, hasEpochs: version >= 6)
        try reader.tags()
        let error = coordinatorError(name, request) ?? commitError(name, generation, memberID, instanceID)
        if error == nil, !memberID.isEmpty { touchMember(memberID, in: name) }
        let results = store(topics, error) { setOffset($1, of: name, in: $0) }
        answerAfterCommit(request) { writer, _ in
            if version >= 3 { writer.int32(0) }
            Broker.write(&writer, results)
        }
    }

    /// Whether a member may commit offsets; who is in no group commits with generation -1 as long as the group has no members.
    private func commitError(
        _ name: String, _ generation: Int32, _ memberID: String, _ instanceID: String?
    ) -> ErrorCode? {
        guard let group = groups[name], !group.members.isEmpty else {
            return generation < 0 ? nil : .illegalGeneration
        }
        if let error = group.memberError(memberID, instanceID: instanceID, generation: generation) { return error }
        return group.status == .completing ? .rebalanceInProgress : nil
    }

    func offsetTopics(from reader: inout WireReader, hasEpochs: Bool) throws -> OffsetTopics {
        try reader.array { reader in
            let topic = try reader.string()
            let entries = try reader.array { reader in
                let index = try reader.int32()
                let offset = try reader.int64()
                let epoch = hasEpochs ? try reader.int32() : -1
                let metadata = try reader.nullableString() ?? ""
                try reader.tags()
                return OffsetEntry(
                    index: index, offset: CommittedOffset(offset: offset, leaderEpoch: epoch, metadata: metadata))
            }
            try reader.tags()
            return (topic: topic, entries: entries)
        }
    }

    /// Stores what may be stored, unless `error` forbids all of it.
    func store(
        _ topics: OffsetTopics, _ error: ErrorCode?, _ store: (TopicPartition, CommittedOffset) -> Void
    ) -> [(String, [(Int32, ErrorCode)])] {
        topics.map { topic in
            (
                topic.topic,
                topic.entries.map { entry in
                    let partition = TopicPartition(topic.topic, Int(entry.index))
                    if let error { return (entry.index, error) }
                    guard exists(partition) else { return (entry.index, .unknownTopicOrPartition) }
                    guard entry.offset.metadata.utf8.count <= Broker.metadataBytesMax else {
                        return (entry.index, .offsetMetadataTooLarge)
                    }
                    store(partition, entry.offset)
                    return (entry.index, .none)
                }
            )
        }
    }

    static func write(_ writer: inout WireWriter, _ results: [(String, [(Int32, ErrorCode)])]) {
        writer.array(results) { writer, topic in
            writer.string(topic.0)
            writer.array(topic.1) { writer, result in
                writer.int32(result.0)
                writer.error(result.1)
                writer.tags()
            }
            writer.tags()
        }
        writer.tags()
    }

    private func exists(_ partition: TopicPartition) -> Bool {
        guard let count = try? storage.topic(partition.topic)?.configuration.partitions else { return false }
        return (0..<count).contains(partition.partition)
    }

    /// A group whose offsets are asked for; no topics mean all that it has.
    private struct OffsetQuery {
        var group: String
        var topics: [(String, [Int32])]?
    }

    func fetchOffsets(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        var queries: [OffsetQuery] = []
        if version < 8 {
            queries = [OffsetQuery(group: try reader.string(), topics: try offsetQuery(from: &reader))]
        } else {
            queries = try reader.array { reader in
                let query = OffsetQuery(group: try reader.string(), topics: try offsetQuery(from: &reader))
                try reader.tags()
                return query
            }
        }
        let needsStable = version >= 7 ? try reader.bool() : false
        try reader.tags()
        answer(request) { writer in
            if version >= 3 { writer.int32(0) }
            if version >= 8 {
                writer.array(queries) { writer, query in
                    writer.string(query.group)
                    write(&writer, query, request, needsStable: needsStable)
                    writer.tags()
                }
            } else {
                write(&writer, queries[0], request, needsStable: needsStable)
            }
            writer.tags()
        }
    }

    private func offsetQuery(from reader: inout WireReader) throws -> [(String, [Int32])]? {
        try reader.nullableArray { reader in
            let topic = (try reader.string(), try reader.array { try $0.int32() })
            try reader.tags()
            return topic
        }
    }

    private func write(_ writer: inout WireWriter, _ query: OffsetQuery, _ request: Request, needsStable: Bool) {
        let version = request.version
        let groupError = coordinatorError(query.group, request)
        let committed = offsets[query.group] ?? [:]
        let unstable = needsStable ? unstablePartitions(of: query.group) : []
        let all =
            query.topics
            ?? committed.keys.sorted().chunked { $0.topic == $1.topic }.map { partitions in
                (partitions[partitions.startIndex].topic, partitions.map { Int32($0.partition) })
            }
        writer.array(groupError == nil ? all : []) { writer, topic in
            writer.string(topic.0)
            writer.array(topic.1) { writer, index in
                let partition = TopicPartition(topic.0, Int(index))
                let isUnstable = unstable.contains(partition)
                let offset = isUnstable ? nil : committed[partition]
                writer.int32(index)
                writer.int64(offset?.offset ?? -1)
                if version >= 5 { writer.int32(offset?.leaderEpoch ?? -1) }
                writer.string(offset?.metadata ?? "")
                writer.error(isUnstable ? .unstableOffsetCommit : .none)
                writer.tags()
            }
            writer.tags()
        }
        if version >= 2 { writer.error(groupError ?? .none) }
    }

    /// Where transactions that are still open will move the group's offsets. Source: KIP-447.
    private func unstablePartitions(of group: String) -> Set<TopicPartition> {
        transactions.values.reduce(into: []) { result, transaction in
            guard transaction.status == .ongoing else { return }
            result.formUnion((transaction.groups[group] ?? []).map(\.partition))
        }
    }
}
