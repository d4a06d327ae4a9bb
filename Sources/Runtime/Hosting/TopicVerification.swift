public import EventLog
public import EventLogKafka
public import PartitionProcessor

/// Whether the topics of a prefix are as Steplog needs them. Source: docs/log-on-kafka.md § Topics.
public enum TopicVerification {
    /// The partition counts that an existing prefix was made with.
    /// - Returns: `layout` with them; as it is where there is no such topic.
    public static func adopt(_ layout: TopicLayout, in log: KafkaLog) throws(EventLogError) -> TopicLayout {
        var found = layout
        if let commands = try log.topic(layout.names.commands) { found.partitions = commands.partitions }
        for pool in layout.pools {
            guard let tasks = try log.topic(layout.names.tasks(pool: pool)) else { continue }
            found.poolPartitions = tasks.partitions
            break
        }
        return found
    }

    /// - Returns: a sentence for each topic that is missing or not as it should be.
    /// - Throws: when the brokers can't be asked.
    public static func problems(_ layout: TopicLayout, in log: KafkaLog) throws(EventLogError) -> [String] {
        var problems: [String] = []
        for (name, wanted) in layout.topics {
            do throws(EventLogError) {
                try log.checkTopic(name, wanted)
            } catch {
                guard [.topicMismatch, .unknownTopic].contains(error.code) else { throw error }
                problems.append(error.message)
            }
        }
        do throws(EventLogError) {
            try log.checkClock(layout.names.clock)
        } catch {
            guard [.topicMismatch, .unknownTopic].contains(error.code) else { throw error }
            problems.append(error.message)
        }
        return problems
    }
}
