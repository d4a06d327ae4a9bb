/// The names of Steplog's topics under one prefix. Source: docs/ARCHITECTURE, topics.
public struct TopicNames: Sendable, Hashable {
    public let prefix: String

    public init(prefix: String = "steplog") { self.prefix = prefix }

    public var commands: String { prefix + ".commands" }
    public var events: String { prefix + ".events" }
    public var checkpoints: String { prefix + ".checkpoints" }
    public var definitions: String { prefix + ".definitions" }
    public var replies: String { prefix + ".replies" }
    public var deadletter: String { prefix + ".deadletter" }
    /// Of Kafka alone: tells the brokers' time.
    public var clock: String { prefix + ".clock" }
    public func tasks(pool: String) -> String { "\(prefix).tasks.\(pool)" }
    public func inflight(pool: String) -> String { "\(prefix).inflight.\(pool)" }
    /// The consumer group of the engine.
    public var engineGroup: String { prefix + ".engine" }
    /// The consumer group of a pool's workers.
    public func workerGroup(pool: String) -> String { "\(prefix).workers.\(pool)" }
}
