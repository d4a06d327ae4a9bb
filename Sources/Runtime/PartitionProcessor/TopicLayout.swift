public import EventLog

/// Which topics there are and how they are laid out.
public struct TopicLayout: Sendable {
    public var names: TopicNames
    /// Of `commands`, `events` and `checkpoints`; fixed for the life of a prefix.
    public var partitions: Int
    /// The pools that tasks are routed to.
    public var pools: [String]
    /// Of each pool's `tasks` and `inflight`.
    public var poolPartitions: Int

    public init(
        names: TopicNames = TopicNames(), partitions: Int = 16, pools: [String] = ["default"], poolPartitions: Int = 1
    ) {
        self.names = names
        self.partitions = partitions
        self.pools = pools
        self.poolPartitions = poolPartitions
    }

    /// Every topic and how it is laid out, in the order in which they are created.
    public var topics: [(name: String, configuration: TopicConfiguration)] {
        var topics = [
            (names.commands, TopicConfiguration(partitions: partitions)),
            (names.events, TopicConfiguration(partitions: partitions)),
            (names.checkpoints, TopicConfiguration(partitions: partitions, cleanup: .compact)),
            (names.definitions, TopicConfiguration(partitions: 1, cleanup: .compact)),
            (names.replies, TopicConfiguration(partitions: partitions, retention: .seconds(3_600))),
            (names.deadletter, TopicConfiguration(partitions: 1)),
        ]
        for pool in pools {
            topics.append((names.tasks(pool: pool), TopicConfiguration(partitions: poolPartitions)))
            topics.append(
                (names.inflight(pool: pool), TopicConfiguration(partitions: poolPartitions, cleanup: .compact)))
        }
        return topics
    }

    /// Creates what is missing and checks what is there.
    /// - Throws: `topicMismatch` for a topic with another partition count.
    public func create(in log: any TransactionalLog) throws(EventLogError) {
        for (name, configuration) in topics { try log.createTopic(name, configuration) }
    }

    /// The partition of an entity's commands and events.
    public func partition(ofEntity key: String) -> Int {
        Murmur2.partition(of: key.utf8, partitionCount: partitions)
    }
}
