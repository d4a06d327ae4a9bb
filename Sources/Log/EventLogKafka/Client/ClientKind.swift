import EventLog

/// What a client of librdkafka is made for.
enum ClientKind {
    /// Topics, offsets, groups: requests without records.
    case administration
    /// Reads partitions that it is told, without a group, and waits at their end or leaves.
    case reader(follows: Bool)
    /// A member of a consumer group.
    case member(ConsumerConfiguration)
    /// Writes in transactions.
    case transactional(id: String)
    /// Writes without transactions, each record once.
    case appender

    /// Whether librdkafka's producer serves it; else its consumer does.
    var isProducer: Bool {
        switch self {
        case .administration, .reader, .member: false
        case .transactional, .appender: true
        }
    }
}
