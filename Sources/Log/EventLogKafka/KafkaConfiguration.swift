/// Where the brokers are and how to speak with them.
public struct KafkaConfiguration: Sendable {
    /// The first brokers to ask, each `host:port`. At least one.
    public var brokers: [String]
    /// Settings of librdkafka by name, passed through as they are: TLS, SASL, buffers, compression.
    /// Source: librdkafka's CONFIGURATION.md. Those that this log's promises stand on are refused.
    public var properties: [String: String]
    /// Stands before every name of a topic, group and transactional id: one cluster can hold several logs.
    public var namePrefix: String
    /// Of topics that this log creates; nil leaves it to the brokers.
    public var replicationFactor: Int?
    /// The biggest record, in bytes: key, value and headers together. Topics are created for it and checked against it.
    public var recordBytesMax: Int
    /// How long a call waits for brokers that are away before it throws.
    public var patience: Duration
    /// How long a transaction may be open before the brokers abort it.
    public var transactionTimeout: Duration
    /// Is told what librdkafka logs: lost and found brokers, refused connections. From any thread; must not block.
    public var report: @Sendable (KafkaNotice) -> Void

    public init(
        brokers: [String], properties: [String: String] = [:], namePrefix: String = "", replicationFactor: Int? = nil,
        recordBytesMax: Int = 8 << 20, patience: Duration = .seconds(30), transactionTimeout: Duration = .seconds(6),
        report: @escaping @Sendable (KafkaNotice) -> Void = { _ in }
    ) {
        self.brokers = brokers
        self.properties = properties
        self.namePrefix = namePrefix
        self.replicationFactor = replicationFactor
        self.recordBytesMax = recordBytesMax
        self.patience = patience
        self.transactionTimeout = transactionTimeout
        self.report = report
    }
}

/// Something that librdkafka had to say.
public struct KafkaNotice: Sendable, CustomStringConvertible {
    /// As syslog counts: 3 is an error, 4 a warning, 6 information.
    public var level: Int
    /// librdkafka's word for the matter, such as `FAIL`.
    public var facility: String
    public var message: String

    public var description: String { "\(facility): \(message)" }
}
