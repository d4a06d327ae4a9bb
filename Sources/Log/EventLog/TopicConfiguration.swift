/// How a topic is laid out and how long its records are kept.
public struct TopicConfiguration: Sendable, Hashable {
    /// What happens to old records. Source: Kafka's `cleanup.policy`.
    public enum Cleanup: Sendable, Hashable {
        /// Records go when they are older than `retention`.
        case delete
        /// The latest record of each key stays; a tombstone goes some time after it has hidden its key.
        case compact
    }

    /// At least 1. Fixed for the life of the topic, since keys are placed by it.
    public var partitions: Int
    public var cleanup: Cleanup
    /// How long records (under `.compact`: tombstones) are kept; nil keeps records for ever, and tombstones for a day.
    public var retention: Duration?

    public init(partitions: Int, cleanup: Cleanup = .delete, retention: Duration? = nil) {
        self.partitions = partitions
        self.cleanup = cleanup
        self.retention = retention
    }
}
