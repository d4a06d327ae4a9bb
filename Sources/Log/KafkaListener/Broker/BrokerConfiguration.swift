/// What a broker is told when it starts.
public struct BrokerConfiguration: Sendable {
    /// A broker of the cluster as clients see it.
    public struct Node: Sendable, Equatable {
        public var host: String
        public var port: Int
        /// The port that clients are told, where something stands before this one; nil: `port`.
        public var advertisedPort: Int?

        public init(host: String, port: Int, advertisedPort: Int? = nil) {
            self.host = host
            self.port = port
            self.advertisedPort = advertisedPort
        }
    }

    /// At least one; more make a pretended cluster, whose brokers share all there is. Their ids count from 0.
    public var nodes: [Node]
    /// Topics whose names begin so are Steplog's own: they cannot be created, changed or deleted from outside.
    public var ownTopicPrefix: String?
    /// Whether records may be produced to Steplog's own topics from outside.
    public var allowsWritesToOwnTopics = false
    /// Whether a client that asks for an unknown topic makes it. Source: Kafka's `auto.create.topics.enable`.
    public var createsTopics = true
    /// Of topics that are made without a count.
    public var partitionsDefault = 1
    /// Source: Kafka's `transaction.max.timeout.ms`.
    public var transactionTimeoutMillisecondsMax: Int32 = 900_000
    /// The longest request that is read. Source: Kafka's `socket.request.max.bytes`.
    public var requestBytesMax = 100 << 20
    /// How often retention and compaction look for work, in milliseconds.
    public var maintenanceIntervalMilliseconds: Int64 = 1_000
    /// Passwords by user. With any, clients must authenticate by SASL: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, or OAUTHBEARER with
    /// an unsecured token whose subject is a user. For tests of clients: passwords are kept in clear.
    public var users: [String: String] = [:]
    /// How often SCRAM mixes a password in, at least once. Source: RFC 7677 § 4: no less than 4,096, which some clients insist on.
    public var scramIterationCount = 4_096
    /// From which member and producer ids are drawn.
    public var seed: UInt64

    public init(nodes: [Node], seed: UInt64) {
        self.nodes = nodes
        self.seed = seed
    }
}

/// Now, as the broker is told it with every call: it has no clock.
struct Moment: Sendable {
    /// Milliseconds since any fixed moment; never runs back. All deadlines are of this clock.
    var elapsed: Int64
    /// Milliseconds since 1970 (UTC): what records are stamped with.
    var wall: Int64
}
