/// One partition of one topic.
public struct TopicPartition: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var topic: String
    /// From 0, below the topic's partition count.
    public var partition: Int

    public init(_ topic: String, _ partition: Int) {
        self.topic = topic
        self.partition = partition
    }

    /// `topic/partition`, as messages show it.
    public var description: String { "\(topic)/\(partition)" }

    /// The topic's length stands for it: a log has few topics, and this is looked up with every batch.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(partition &* 256 &+ topic.utf8.count)
    }

    /// By topic, then by partition number.
    public static func < (left: Self, right: Self) -> Bool {
        left.topic == right.topic ? left.partition < right.partition : left.topic < right.topic
    }
}
