import BatchStore
import EventLog

extension Broker {
    func metadata(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        let names = try reader.nullableArray { reader in
            let name = try reader.string()
            try reader.tags()
            return name
        }
        let mayCreate = version >= 4 ? try reader.bool() : true
        if version >= 8 {
            _ = try reader.bool()
            _ = try reader.bool()
        }
        try reader.tags()
        // In version 0 no names meant all topics.
        let wanted = version == 0 && names?.isEmpty == true ? nil : names
        let topics = (try wanted ?? storage.topics().map(\.name)).map { name in
            (name, describe(name, mayCreate: mayCreate && configuration.createsTopics && wanted != nil))
        }
        answerAfterCommit(request) { [self] writer, _ in
            if version >= 3 { writer.int32(0) }
            writer.array(cluster.present) { writer, node in
                writer.int32(Int32(node))
                writer.string(cluster.nodes[node].host)
                writer.int32(Int32(cluster.nodes[node].advertisedPort ?? cluster.nodes[node].port))
                if version >= 1 { writer.string(nil) }
                writer.tags()
            }
            if version >= 2 { writer.string(Broker.clusterID) }
            if version >= 1 { writer.int32(Int32(cluster.controller ?? -1)) }
            writer.array(topics) { writer, topic in
                write(&writer, topic.0, topic.1, version, injected: request.injectedError)
            }
            if (8...10).contains(version) { writer.int32(Broker.unknownOperations) }
            writer.tags()
        }
    }

    static let clusterID = "steplog"
    /// "Not asked for": what a client may do is not told.
    static let unknownOperations: Int32 = .min

    /// How many partitions a topic has, or why it has none.
    private func describe(_ name: String, mayCreate: Bool) -> Result<Int, BrokerError> {
        do {
            if let topic = try storage.topic(name) { return .success(topic.configuration.partitions) }
            guard mayCreate, !isOwn(name) else { return .failure(BrokerError(.unknownTopicOrPartition)) }
            try createTopic(name, partitions: configuration.partitionsDefault, settings: TopicSettings())
            return .success(configuration.partitionsDefault)
        } catch {
            return .failure(BrokerError(error))
        }
    }

    private func write(
        _ writer: inout WireWriter, _ name: String, _ topic: Result<Int, BrokerError>, _ version: Int16,
        injected: ErrorCode?
    ) {
        var error = injected ?? .none
        var count = 0
        switch topic {
        case .success(let partitions): count = injected == nil ? partitions : 0
        case .failure(let failure): error = failure.code
        }
        writer.error(error)
        writer.string(name)
        if version >= 1 { writer.bool(false) }
        writer.array(0..<count) { writer, partition in
            let leader = Int32(cluster.leader(of: partition) ?? -1)
            writer.error(leader < 0 ? .leaderNotAvailable : .none)
            writer.int32(Int32(partition))
            writer.int32(leader)
            if version >= 7 { writer.int32(Broker.leaderEpoch) }
            writer.array(cluster.present) { $0.int32(Int32($1)) }
            writer.array(cluster.present) { $0.int32(Int32($1)) }
            if version >= 5 { writer.array([Int]()) { $0.int32(Int32($1)) } }
            writer.tags()
        }
        if version >= 8 { writer.int32(Broker.unknownOperations) }
        writer.tags()
    }

    func describeCluster(_ request: Request) throws {
        var reader = request.body
        _ = try reader.bool()
        try reader.tags()
        answer(request) { writer in
            writer.int32(0)
            writer.error(request.injectedError ?? .none)
            writer.string(nil)
            writer.string(Broker.clusterID)
            writer.int32(Int32(cluster.controller ?? -1))
            writer.array(cluster.present) { writer, node in
                writer.int32(Int32(node))
                writer.string(cluster.nodes[node].host)
                writer.int32(Int32(cluster.nodes[node].advertisedPort ?? cluster.nodes[node].port))
                writer.string(nil)
                writer.tags()
            }
            writer.int32(Broker.unknownOperations)
            writer.tags()
        }
    }

    func findCoordinator(_ request: Request) throws {
        var reader = request.body
        let version = request.version
        var keys = version < 4 ? [try reader.string()] : []
        if version >= 1 { _ = try reader.int8() }
        if version >= 4 { keys = try reader.array { try $0.string() } }
        try reader.tags()
        answer(request) { writer in
            if version >= 1 { writer.int32(0) }
            if version >= 4 {
                writer.array(keys) { writer, key in
                    writer.string(key)
                    writeCoordinator(&writer, of: key, request)
                    writer.tags()
                }
            } else {
                writeCoordinator(&writer, of: keys[0], request)
            }
            writer.tags()
        }
    }

    private func writeCoordinator(_ writer: inout WireWriter, of key: String, _ request: Request) {
        let node = request.injectedError == nil ? cluster.coordinator(of: key) : nil
        let error = request.injectedError ?? (node == nil ? .coordinatorNotAvailable : .none)
        if request.version < 4 {
            writer.error(error)
            if request.version >= 1 { writer.string(nil) }
        }
        writer.int32(Int32(node ?? -1))
        writer.string(node.map { cluster.nodes[$0].host } ?? "")
        writer.int32(node.map { Int32(cluster.nodes[$0].port) } ?? -1)
        if request.version >= 4 {
            writer.error(error)
            writer.string(nil)
        }
    }

    /// Why `request` may not ask this broker about a group or transactional id; nil when it may.
    func coordinatorError(_ key: String, _ request: Request) -> ErrorCode? {
        if let injected = request.injectedError { return injected }
        return cluster.coordinator(of: key) == request.node ? nil : .notCoordinator
    }

    /// Why `request` may not ask this broker about a partition; nil when it may.
    func leaderError(_ partition: TopicPartition, _ request: Request) -> ErrorCode? {
        if let injected = request.injectedError { return injected }
        guard let count = try? storage.topic(partition.topic)?.configuration.partitions,
            (0..<count).contains(partition.partition)
        else { return .unknownTopicOrPartition }
        return cluster.leader(of: partition.partition) == request.node ? nil : .notLeaderOrFollower
    }

    /// The topic is Steplog's, not the clients'.
    func isOwn(_ topic: String) -> Bool {
        configuration.ownTopicPrefix.map { topic.hasPrefix($0) } ?? false
    }
}
