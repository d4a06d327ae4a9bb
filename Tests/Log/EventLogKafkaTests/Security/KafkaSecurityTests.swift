import EventLog
import EventLogKafka
import KafkaTesting
import Testing

@Suite("TLS and SASL", .serialized)
struct KafkaSecurityTests {
    private static let users = ["steplog": "right, =password"]

    private static func sasl(_ mechanism: String, password: String = "right, =password") -> [String: String] {
        if mechanism == "OAUTHBEARER" {
            let principal = password == users["steplog"] ? "steplog" : "stranger"
            return [
                "security.protocol": "sasl_plaintext", "sasl.mechanisms": mechanism,
                "enable.sasl.oauthbearer.unsecure.jwt": "true", "sasl.oauthbearer.config": "principal=\(principal)",
            ]
        }
        return [
            "security.protocol": "sasl_plaintext", "sasl.mechanisms": mechanism, "sasl.username": "steplog",
            "sasl.password": password,
        ]
    }

    /// Creates a topic, commits a transaction and reads it back.
    private static func roundTrip(_ configuration: KafkaConfiguration) throws {
        let log = try KafkaLog(configuration)
        defer { log.close() }
        try log.createTopic("t", TopicConfiguration(partitions: 1))
        let producer = try log.makeProducer(transactionalID: "p")
        defer { producer.close() }
        let place = TopicPartition("t", 0)
        _ = try producer.commit(KafkaLogs.transaction(place, ["there"]))
        #expect(try KafkaLogs.values(log, place) == ["there"])
    }

    /// - Returns: what the log says of a broker that does not let it in.
    private static func refusal(_ configuration: KafkaConfiguration) throws -> EventLogError? {
        var configuration = configuration
        configuration.patience = .seconds(2)
        let log = try KafkaLog(configuration)
        defer { log.close() }
        let error = #expect(throws: EventLogError.self) { _ = try log.topics() }
        #expect(log.refusal != nil)
        return error
    }

    @Test("A client is let in with its password, by each mechanism", arguments: ["PLAIN", "SCRAM-SHA-256", "OAUTHBEARER"])
    func sasl(mechanism: String) throws {
        let broker = try TestBroker(users: Self.users)
        var configuration = broker.configuration
        configuration.properties = Self.sasl(mechanism)
        try Self.roundTrip(configuration)
    }

    @Test("A wrong password gives one error that says so", arguments: ["PLAIN", "SCRAM-SHA-256", "OAUTHBEARER"])
    func wrongPassword(mechanism: String) throws {
        let broker = try TestBroker(users: Self.users)
        var configuration = broker.configuration
        configuration.properties = Self.sasl(mechanism, password: "wrong")
        let error = try Self.refusal(configuration)
        #expect(error?.description.contains("authentication") == true, "\(String(describing: error))")
    }

    @Test("Without credentials, or by an unknown mechanism, nobody is let in")
    func noCredentials() throws {
        let broker = try TestBroker(users: Self.users)
        var configuration = broker.configuration
        configuration.patience = .seconds(1)
        let log = try KafkaLog(configuration)
        defer { log.close() }
        #expect(throws: EventLogError.self) { _ = try log.topics() }
        configuration.properties = Self.sasl("SCRAM-SHA-512")
        let error = try Self.refusal(configuration)
        #expect(error?.description.contains("SCRAM-SHA-512") == true, "\(String(describing: error))")
    }

    @Test("TLS is spoken with a broker whose certificate is known, with SASL inside and with certificates on both sides")
    func tls() throws {
        let port = try TLSFront.freePort()
        let broker = try TestBroker(users: Self.users, advertisedPort: port)
        let front = try TLSFront(port: port, upstream: broker.port, asksClients: true)
        var configuration = broker.configuration
        configuration.brokers = ["127.0.0.1:\(port)"]
        var properties = Self.sasl("SCRAM-SHA-256")
        properties["security.protocol"] = "sasl_ssl"
        properties["ssl.ca.location"] = front.path("ca.pem")
        properties["ssl.certificate.location"] = front.path("client.pem")
        properties["ssl.key.location"] = front.path("client.key")
        configuration.properties = properties
        try Self.roundTrip(configuration)

        configuration.properties["ssl.ca.location"] = front.path("other-ca.pem")
        let stranger = try Self.refusal(configuration)
        #expect(stranger?.description.contains("certificate") == true, "\(String(describing: stranger))")

        configuration.properties = properties
        configuration.properties["ssl.certificate.location"] = nil
        configuration.properties["ssl.key.location"] = nil
        configuration.patience = .seconds(2)
        let nameless = try KafkaLog(configuration)
        defer { nameless.close() }
        #expect(throws: EventLogError.self) { _ = try nameless.topics() }
    }
}
