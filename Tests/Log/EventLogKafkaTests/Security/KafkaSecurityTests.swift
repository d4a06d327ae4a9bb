import EventLog
import EventLogKafka
import KafkaTesting
import Testing

@Suite("TLS and SASL", .serialized)
struct KafkaSecurityTests {
    private static let user = "steplog"
    private static let password = "right, =password"
    private static let mechanisms = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"]

    /// Settings that sign in with what is right, or with what is not.
    private static func sasl(_ mechanism: String, isRight: Bool = true) -> [String: String] {
        if mechanism == "OAUTHBEARER" {
            return [
                "security.protocol": "sasl_plaintext", "sasl.mechanisms": mechanism,
                "enable.sasl.oauthbearer.unsecure.jwt": "true",
                "sasl.oauthbearer.config": "principal=\(isRight ? user : "stranger")",
            ]
        }
        return [
            "security.protocol": "sasl_plaintext", "sasl.mechanisms": mechanism, "sasl.username": user,
            "sasl.password": isRight ? password : "wrong",
        ]
    }

    private static func broker(advertisedPort: Int? = nil) throws -> TestBroker {
        try TestBroker(users: [user: password], advertisedPort: advertisedPort)
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
        #expect(log.refusal == nil)
    }

    /// - Returns: what the log says of a broker that does not let it in, which is to be soon.
    private static func refusal(_ configuration: KafkaConfiguration) throws -> String {
        let log = try KafkaLog(configuration)
        defer { log.close() }
        let begin = ContinuousClock.now
        let error = #expect(throws: EventLogError.self) { _ = try log.topics() }
        #expect(ContinuousClock.now - begin < .seconds(10), "\(String(describing: error))")
        return error?.description ?? ""
    }

    @Test(
        "A client is let in with its password or token, by each mechanism, and keeps the log's promises",
        arguments: mechanisms)
    func sasl(mechanism: String) throws {
        let broker = try Self.broker()
        var configuration = broker.configuration
        configuration.properties = Self.sasl(mechanism)
        try Self.roundTrip(configuration)
    }

    @Test(
        "A wrong password or token gives one error, soon, that names the mechanism that was refused",
        arguments: mechanisms)
    func wrongPassword(mechanism: String) throws {
        let broker = try Self.broker()
        var configuration = broker.configuration
        configuration.properties = Self.sasl(mechanism, isRight: false)
        let refusal = try Self.refusal(configuration)
        #expect(refusal.lowercased().contains("authentication failed"), "\(refusal)")
        #expect(refusal.contains(mechanism), "\(refusal)")
    }

    @Test("A broker that asks nobody for a password says so to a client that gives one")
    func noUsers() throws {
        let broker = try TestBroker()
        var configuration = broker.configuration
        configuration.properties = Self.sasl("PLAIN")
        let refusal = try Self.refusal(configuration)
        #expect(refusal.contains("SASL"), "\(refusal)")
    }

    @Test("Without credentials nobody is let in")
    func noCredentials() throws {
        let broker = try Self.broker()
        var configuration = broker.configuration
        configuration.patience = .seconds(1)
        let refusal = try Self.refusal(configuration)
        #expect(!refusal.isEmpty)
    }
}
