import BatchStore
import EventLog

extension Broker {
    private static let partitionsMax = 10_000
    private static let nameBytesMax = 249

    /// Creates a topic, of whose clean-up this broker takes care: to the storage it is one that is kept for ever.
    /// - Throws: `BrokerError`.
    func createTopic(_ name: String, partitions count: Int, settings: TopicSettings) throws {
        try checkNewTopic(name, partitions: count)
        // Counts and topics are changed by themselves: what came before must not fail with them.
        commit()
        topicSettings[name] = settings
        stage { $0.topics[name] = TopicConfiguration(partitions: count) }
        stage(StateCodec.settingsKey(name), StateCodec.encode { settings.write(to: &$0) })
        commit()
    }

    private func checkNewTopic(_ name: String, partitions count: Int) throws {
        let isValid =
            (1...Broker.nameBytesMax).contains(name.utf8.count) && name != "." && name != ".."
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        guard isValid else {
            throw BrokerError(.invalidTopic, "1 to 249 of a-z, A-Z, 0-9, \".\", \"_\" and \"-\" are a topic's name")
        }
        if isOwn(name) { throw BrokerError(.topicAuthorizationFailed, "topics that begin so are Steplog's own") }
        if try storage.topic(name) != nil { throw BrokerError(.topicAlreadyExists, "topic \"\(name)\" already exists") }
        guard (1...Broker.partitionsMax).contains(count) else {
            throw BrokerError(.invalidPartitions, "a topic has 1 to \(Broker.partitionsMax) partitions, not \(count)")
        }
    }

    func createTopics(_ request: Request) throws {
        var reader = request.body
        let topics = try reader.array { try NewTopic(from: &$0) }
        _ = try reader.int32()
        let validatesOnly = try reader.bool()
        try reader.tags()
        let results = topics.map { topic in
            (topic, outcome(request) { try create(topic, validatesOnly: validatesOnly) })
        }
        answer(request) { writer in
            writer.int32(0)
            writer.array(results) { writer, result in
                writer.string(result.0.name)
                writer.error(result.1?.code ?? .none)
                writer.string(result.1?.message)
                if request.version >= 5 {
                    writer.int32(Int32(result.1 == nil ? result.0.partitionCount(configuration) : -1))
                    writer.int16(result.1 == nil ? 1 : -1)
                    let settings = topicSettings[result.0.name] ?? TopicSettings()
                    writer.array(result.1 == nil ? TopicSettings.definitions : []) { settings.write($1, to: &$0) }
                }
                writer.tags()
            }
            writer.tags()
        }
    }

    private func create(_ topic: NewTopic, validatesOnly: Bool) throws {
        var settings = TopicSettings()
        for (name, value) in topic.settings { try settings.set(name, value) }
        guard topic.replicationFactor == -1 || (1...configuration.nodes.count).contains(Int(topic.replicationFactor))
        else {
            throw BrokerError(
                .invalidReplicationFactor,
                "\(topic.replicationFactor) copies need more than \(configuration.nodes.count) brokers")
        }
        let count = topic.partitionCount(configuration)
        if validatesOnly {
            try checkNewTopic(topic.name, partitions: count)
        } else {
            try createTopic(topic.name, partitions: count, settings: settings)
        }
    }

    func deleteTopics(_ request: Request) throws {
        var reader = request.body
        let names = try reader.array { try $0.string() }
        _ = try reader.int32()
        try reader.tags()
        let results = names.map { name in (name, outcome(request) { try deleteTopic(name) }) }
        answer(request) { writer in
            writer.int32(0)
            writer.array(results) { writer, result in
                writer.string(result.0)
                writer.error(result.1?.code ?? .none)
                if request.version >= 5 { writer.string(result.1?.message) }
                writer.tags()
            }
            writer.tags()
        }
    }

    private func deleteTopic(_ name: String) throws {
        if isOwn(name) { throw BrokerError(.topicAuthorizationFailed, "topic \"\(name)\" is Steplog's own") }
        guard try storage.topic(name) != nil else { throw BrokerError(.unknownTopicOrPartition) }
        commit()
        for (transactionalID, transaction) in transactions
        where transaction.partitions.contains(where: { $0.topic == name }) {
            transactions[transactionalID]?.partitions.removeAll { $0.topic == name }
            save(transactionalID, transactions[transactionalID])
        }
        for partition in Array(partitions.keys) where partition.topic == name { forget(partition) }
        for (group, committed) in offsets {
            for partition in committed.keys where partition.topic == name { setOffset(nil, of: group, in: partition) }
        }
        topicSettings[name] = nil
        schedule.forget(name)
        stage(StateCodec.settingsKey(name), nil)
        stage { $0.deletedTopics = [name] }
        commit()
        fetches.identifiers(of: name).forEach { if let fetch = fetches.waiting($0) { finish(fetch) } }
    }

    private func forget(_ partition: TopicPartition) {
        guard let state = partitions.removeValue(forKey: partition) else { return }
        for producerID in state.producers.keys { stage(StateCodec.producerKey(partition, producerID), nil) }
        for range in state.aborted { stage(StateCodec.abortedKey(partition, range.lastOffset), nil) }
    }

    func createPartitions(_ request: Request) throws {
        var reader = request.body
        let topics = try reader.array { reader in
            let topic = (name: try reader.string(), count: Int(try reader.int32()))
            _ = try reader.nullableArray { reader in
                _ = try reader.array { try $0.int32() }
                try reader.tags()
            }
            try reader.tags()
            return topic
        }
        _ = try reader.int32()
        let validatesOnly = try reader.bool()
        try reader.tags()
        let results = topics.map { topic in
            (topic.name, outcome(request) { try grow(topic.name, to: topic.count, validatesOnly: validatesOnly) })
        }
        answer(request) { writer in
            writer.int32(0)
            writer.array(results) { writer, result in
                writer.string(result.0)
                writer.error(result.1?.code ?? .none)
                writer.string(result.1?.message)
                writer.tags()
            }
            writer.tags()
        }
    }

    private func grow(_ name: String, to count: Int, validatesOnly: Bool) throws {
        if isOwn(name) { throw BrokerError(.topicAuthorizationFailed, "topic \"\(name)\" is Steplog's own") }
        guard let present = try storage.topic(name)?.configuration.partitions else {
            throw BrokerError(.unknownTopicOrPartition)
        }
        guard count > present, count <= Broker.partitionsMax else {
            throw BrokerError(.invalidPartitions, "topic \"\(name)\" has \(present) partitions; \(count) are not more")
        }
        if validatesOnly { return }
        commit()
        stage { $0.partitionCounts[name] = count }
        commit()
    }

    func deleteRecords(_ request: Request) throws {
        var reader = request.body
        let topics = try reader.array { reader in
            let topic = (
                name: try reader.string(),
                partitions: try reader.array { reader in
                    let partition = (index: try reader.int32(), offset: try reader.int64())
                    try reader.tags()
                    return partition
                }
            )
            try reader.tags()
            return topic
        }
        _ = try reader.int32()
        try reader.tags()
        commit()
        let results = topics.map { topic in
            (
                topic.name,
                topic.partitions.map { partition in
                    var begin: Int64 = -1
                    let failure = outcome(request) {
                        begin = try trim(
                            TopicPartition(topic.name, Int(partition.index)), to: partition.offset, request)
                    }
                    return (partition.index, begin, failure?.code ?? .none)
                }
            )
        }
        answerAfterCommit(request) { writer, _ in
            writer.int32(0)
            writer.array(results) { writer, topic in
                writer.string(topic.0)
                writer.array(topic.1) { writer, partition in
                    writer.int32(partition.0)
                    writer.int64(partition.1)
                    writer.error(partition.2)
                    writer.tags()
                }
                writer.tags()
            }
            writer.tags()
        }
    }

    private func trim(_ partition: TopicPartition, to offset: Int64, _ request: Request) throws -> Int64 {
        if let error = leaderError(partition, request) { throw BrokerError(error) }
        if isOwn(partition.topic) { throw BrokerError(.topicAuthorizationFailed) }
        let extent = try storage.extent(of: partition)
        let end = lastStableOffset(of: partition, end: extent.upperBound)
        let begin = offset == -1 ? end : offset
        guard begin >= 0, begin <= end else { throw BrokerError(.offsetOutOfRange) }
        if begin > extent.lowerBound { stageTrim(of: partition, to: begin) }
        return max(begin, extent.lowerBound)
    }

    /// Stages that a partition begins at `begin`, and forgets the aborted ranges before it.
    func stageTrim(of partition: TopicPartition, to begin: Int64) {
        stage { $0.trims[partition] = begin }
        guard let state = partitions[partition] else { return }
        for range in state.aborted where range.lastOffset < begin {
            stage(StateCodec.abortedKey(partition, range.lastOffset), nil)
        }
        partitions[partition]?.aborted.removeAll { $0.lastOffset < begin }
    }

    /// Runs one part of a request; what went wrong is the part's answer.
    func outcome(_ request: Request, _ operation: () throws -> Void) -> BrokerError? {
        if let injected = request.injectedError { return BrokerError(injected) }
        do {
            try operation()
            return nil
        } catch {
            return BrokerError(error)
        }
    }
}

/// A topic as CreateTopics asks for it.
private struct NewTopic {
    var name: String
    var replicationFactor: Int16
    var settings: [(String, String?)]
    private var requestedCount: Int32
    private var assignedCount: Int

    init(from reader: inout WireReader) throws {
        name = try reader.string()
        requestedCount = try reader.int32()
        replicationFactor = try reader.int16()
        assignedCount = try reader.array { reader in
            _ = try reader.int32()
            _ = try reader.array { try $0.int32() }
            try reader.tags()
        }.count
        settings = try reader.array { reader in
            let setting = (try reader.string(), try reader.nullableString())
            try reader.tags()
            return setting
        }
        try reader.tags()
    }

    func partitionCount(_ configuration: BrokerConfiguration) -> Int {
        if assignedCount > 0 { return assignedCount }
        return requestedCount == -1 ? configuration.partitionsDefault : Int(requestedCount)
    }
}
