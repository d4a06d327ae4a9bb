import EventLog

/// Which settings of librdkafka a client gets, in the order in which they are set.
struct ClientSettings {
    /// What the user may set otherwise.
    private(set) var defaults: [(name: String, value: String)]
    /// What the log's promises stand on.
    private(set) var fixed: [(name: String, value: String)]

    /// What no user can set, since Steplog sets it or relies on librdkafka's default.
    static let reserved: Set<String> = [
        "allow.auto.create.topics", "auto.offset.reset", "bootstrap.servers", "enable.auto.commit",
        "enable.auto.offset.store", "enable.idempotence", "enable.partition.eof", "group.id", "group.instance.id",
        "group.protocol", "heartbeat.interval.ms", "isolation.level", "max.poll.interval.ms", "metadata.broker.list",
        "partition.assignment.strategy", "session.timeout.ms", "transaction.timeout.ms", "transactional.id",
    ]

    /// Whether clients sign in with tokens that run out.
    static func hasTokens(_ configuration: KafkaConfiguration) -> Bool {
        ["sasl.mechanism", "sasl.mechanisms"].contains { configuration.properties[$0]?.uppercased() == "OAUTHBEARER" }
    }

    init(_ kind: ClientKind, _ configuration: KafkaConfiguration) {
        let transactionMilliseconds = configuration.transactionTimeout.milliseconds
        defaults = [
            ("client.id", "steplog"),
            ("socket.nagle.disable", "true"),
            // librdkafka wants it no longer than a transaction may be open.
            ("socket.timeout.ms", "\(transactionMilliseconds)"),
            ("reconnect.backoff.ms", "50"),
            ("reconnect.backoff.max.ms", "1000"),
            ("log.connection.close", "false"),
        ]
        fixed = [("bootstrap.servers", configuration.brokers.joined(separator: ","))]
        if kind.isProducer {
            defaults += [
                ("linger.ms", "0"),
                ("queue.buffering.max.messages", "1000000"),
                ("message.max.bytes", "\(configuration.recordBytesMax)"),
            ]
            fixed += [("enable.idempotence", "true")]
        } else {
            defaults += [
                ("fetch.wait.max.ms", "100"),
                ("fetch.error.backoff.ms", "50"),
                ("check.crcs", "true"),
            ]
            fixed += [
                ("enable.auto.commit", "false"),
                ("enable.auto.offset.store", "false"),
                ("isolation.level", "read_committed"),
                ("enable.partition.eof", "true"),
                ("auto.offset.reset", "error"),
                ("allow.auto.create.topics", "false"),
            ]
        }
        addOwn(of: kind, configuration, transactionMilliseconds)
    }

    private mutating func addOwn(of kind: ClientKind, _ configuration: KafkaConfiguration, _ transaction: Int) {
        switch kind {
        case .administration: break
        case .reader(let follows):
            // It never joins; librdkafka's assign asks for a name.
            fixed.append(("group.id", configuration.namePrefix + "reader"))
            // That a partition ends behind a transaction's marker is told by the fetch that finds nothing, after its wait.
            defaults.append(("fetch.wait.max.ms", follows ? "50" : "1"))
        case .member(let member):
            let session = max(member.sessionTimeout.milliseconds, 1)
            fixed += [
                ("group.id", configuration.namePrefix + member.group),
                ("partition.assignment.strategy", "range"),
                ("session.timeout.ms", "\(session)"),
                ("heartbeat.interval.ms", "\(member.heartbeat.milliseconds)"),
                ("max.poll.interval.ms", "\(max(member.pollIntervalMax.milliseconds, session))"),
            ]
            if let instanceID = member.instanceID { fixed.append(("group.instance.id", instanceID)) }
        case .transactional(let id):
            fixed += [
                ("transactional.id", configuration.namePrefix + id), ("transaction.timeout.ms", "\(transaction)"),
            ]
        case .appender:
            // Settles within the patience of the caller.
            defaults.append(("message.timeout.ms", "\(max(configuration.patience.milliseconds, 1_000))"))
        }
    }
}

extension ConsumerConfiguration {
    /// How often a member asks how its group is doing, and so how soon it hears that another has left.
    var heartbeat: Duration { .milliseconds(min(max(sessionTimeout.milliseconds / 24, 100), 1_000)) }
}

extension Duration {
    /// Whole milliseconds, rounded up.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// Whole milliseconds, rounded up, for a call of librdkafka: not negative, at most a day.
    var callMilliseconds: Int32 { Int32(max(0, min(self, .seconds(86_400)).milliseconds)) }
}
