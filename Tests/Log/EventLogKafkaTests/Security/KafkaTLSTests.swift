import EventLog
import EventLogKafka
import KafkaTesting
import Testing

/// One front for all tests: making keys takes seconds.
@Suite("TLS in front of a broker", .serialized)
final class KafkaTLSTests {
    private let broker: TestBroker
    private let front: TLSFront

    init() throws {
        let port = try TLSFront.freePort()
        broker = try TestBroker(users: ["steplog": "secret"], advertisedPort: port)
        front = try TLSFront(port: port, upstream: broker.port, asksClients: true)
    }

    /// What makes both sides trust one another.
    private func configuration(_ change: (inout [String: String]) -> Void = { _ in }) -> KafkaConfiguration {
        var configuration = broker.configuration
        configuration.brokers = ["localhost:\(front.port)"]
        configuration.patience = .seconds(5)
        configuration.properties = [
            "security.protocol": "sasl_ssl", "sasl.mechanisms": "SCRAM-SHA-512", "sasl.username": "steplog",
            "sasl.password": "secret", "ssl.ca.location": front.path("ca.pem"),
            "ssl.certificate.location": front.path("client.pem"), "ssl.key.location": front.path("client.key"),
            "ssl.endpoint.identification.algorithm": "https",
        ]
        change(&configuration.properties)
        return configuration
    }

    private func refusal(_ configuration: KafkaConfiguration) throws -> String {
        let log = try KafkaLog(configuration)
        defer { log.close() }
        let begin = ContinuousClock.now
        let error = #expect(throws: EventLogError.self) { _ = try log.topics() }
        #expect(ContinuousClock.now - begin < .seconds(10), "\(String(describing: error))")
        return error?.description ?? ""
    }

    @Test(
        "TLS with certificates on both sides and a password inside: a transaction is committed and read; what is wrong is refused with its reason"
    )
    func mutual() throws {
        let log = try KafkaLog(configuration())
        defer { log.close() }
        try log.createTopic("t", TopicConfiguration(partitions: 1))
        let producer = try log.makeProducer(transactionalID: "p")
        defer { producer.close() }
        let place = TopicPartition("t", 0)
        _ = try producer.commit(KafkaLogs.transaction(place, ["there"]))
        #expect(try KafkaLogs.values(log, place) == ["there"])

        let stranger = try refusal(configuration { $0["ssl.ca.location"] = front.path("other-ca.pem") })
        #expect(stranger.contains("certificate verify failed"), "a broker that is not trusted: \(stranger)")

        let nameless = try refusal(
            configuration {
                $0["ssl.certificate.location"] = nil
                $0["ssl.key.location"] = nil
            })
        #expect(nameless.lowercased().contains("certificate"), "a client without a certificate: \(nameless)")

        let foreign = try refusal(
            configuration {
                $0["ssl.certificate.location"] = front.path("other-client.pem")
                $0["ssl.key.location"] = front.path("other-client.key")
            })
        #expect(foreign.lowercased().contains("unknown ca"), "a client of an unknown authority: \(foreign)")

        let password = try refusal(configuration { $0["sasl.password"] = "wrong" })
        #expect(password.contains("SCRAM-SHA-512"), "a wrong password inside TLS: \(password)")

        let plain = try refusal(configuration { $0["security.protocol"] = "sasl_plaintext" })
        #expect(!plain.isEmpty)
    }

    @Test("A broker whose certificate is for another name is refused with that reason")
    func otherName() throws {
        let port = try TLSFront.freePort()
        let broker = try TestBroker(advertisedPort: port)
        let front = try TLSFront(
            port: port, upstream: broker.port, asksClients: false, brokerNames: "DNS:elsewhere.example")
        var configuration = broker.configuration
        configuration.brokers = ["localhost:\(port)"]
        configuration.properties = [
            "security.protocol": "ssl", "ssl.ca.location": front.path("ca.pem"),
            "ssl.endpoint.identification.algorithm": "https",
        ]
        let refusal = try refusal(configuration)
        #expect(refusal.contains("certificate verify failed"), "\(refusal)")
        configuration.properties["ssl.endpoint.identification.algorithm"] = "none"
        let log = try KafkaLog(configuration)
        defer { log.close() }
        #expect(try log.topics().isEmpty)
    }

    @Test("A key that is none, or does not belong to its certificate, stops the start with the setting's name")
    func keys() throws {
        for (name, value) in [
            ("ssl.key.location", front.path("ca.pem")), ("ssl.certificate.location", "/no/such/file"),
            ("ssl.ca.location", "/no/such/file"), ("ssl.key.location", front.path("ca.key")),
        ] {
            let error = #expect(throws: EventLogError.self) { _ = try KafkaLog(configuration { $0[name] = value }) }
            #expect(error?.code == .invalidArgument)
            #expect(
                error?.message.contains(name) == true || error?.message.contains("key") == true,
                "\(name): \(error?.message ?? "")")
        }
    }
}
