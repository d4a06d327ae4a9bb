import EventLog
import EventLogKafka
import KafkaTesting
import Synchronization
import Testing

@Suite("Kafka's settings")
struct KafkaConfigurationTests {
    @Test(
        "A setting that librdkafka or Steplog refuses is named",
        arguments: [
            ("no.such.setting", "1"), ("linger.ms", "soon"), ("security.protocol", "carrier-pigeon"),
            ("transactional.id", "mine"), ("isolation.level", "read_uncommitted"), ("group.id", "g"),
            ("sasl.mechanisms", "NONSENSE-512"), ("ssl.ca.location", "/no/such/file"),
        ])
    func refused(name: String, value: String) throws {
        let properties =
            name == "ssl.ca.location"
            ? [name: value, "security.protocol": "ssl"]
            : name == "sasl.mechanisms" ? [name: value, "security.protocol": "sasl_plaintext"] : [name: value]
        let error = #expect(throws: EventLogError.self) {
            _ = try KafkaLog(KafkaConfiguration(brokers: ["127.0.0.1:1"], properties: properties))
        }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains(name) == true, "\(error?.message ?? "")")
    }

    @Test(
        "Settings for TLS and every kind of SASL pass through",
        arguments: [
            ["security.protocol": "ssl", "ssl.endpoint.identification.algorithm": "https"],
            ["security.protocol": "sasl_ssl", "sasl.mechanisms": "PLAIN", "sasl.username": "u", "sasl.password": "p"],
            [
                "security.protocol": "sasl_plaintext", "sasl.mechanisms": "SCRAM-SHA-512", "sasl.username": "u",
                "sasl.password": "p",
            ],
            [
                "security.protocol": "sasl_ssl", "sasl.mechanisms": "OAUTHBEARER",
                "enable.sasl.oauthbearer.unsecure.jwt": "true",
                "sasl.oauthbearer.config": "principal=steplog",
            ],
        ])
    func security(properties: [String: String]) throws {
        try KafkaLog(KafkaConfiguration(brokers: ["127.0.0.1:1"], properties: properties)).close()
    }

    @Test("A log needs a broker, and says so")
    func brokers() throws {
        for brokers in [[], [""]] {
            let error = #expect(throws: EventLogError.self) { _ = try KafkaLog(KafkaConfiguration(brokers: brokers)) }
            #expect(error?.message.contains("host:port") == true)
        }
    }

    @Test("Brokers that are away are waited for, and then the error says it")
    func away() throws {
        let log = try KafkaLog(KafkaConfiguration(brokers: ["127.0.0.1:1"], patience: .milliseconds(200)))
        defer { log.close() }
        let error = #expect(throws: EventLogError.self) { _ = try log.topics() }
        #expect(error?.kind == .retriable)
    }

    @Test("What librdkafka logs is told")
    func notices() throws {
        let notices = Mutex<[KafkaNotice]>([])
        let configuration = KafkaConfiguration(brokers: ["127.0.0.1:1"], patience: .milliseconds(300)) { notice in
            notices.withLock { $0.append(notice) }
        }
        let log = try KafkaLog(configuration)
        _ = try? log.topics()
        log.close()
        #expect(notices.withLock { $0.contains { $0.message.contains("127.0.0.1:1") } })
    }
}
