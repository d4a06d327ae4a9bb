import EventLog
import EventLogKafka
import KafkaTesting
import Testing

@Suite("Topics on Kafka")
struct KafkaTopicTests {
    @Test("One cluster holds several logs under prefixes, and none sees another's topics, groups or offsets")
    func prefixes() throws {
        let broker = try TestBroker()
        var configuration = broker.configuration
        configuration.namePrefix = "one."
        let one = try KafkaLog(configuration)
        configuration.namePrefix = "two."
        let two = try KafkaLog(configuration)
        defer {
            one.close()
            two.close()
        }
        try one.createTopic("topic", TopicConfiguration(partitions: 2))
        try two.createTopic("topic", TopicConfiguration(partitions: 3, cleanup: .compact))
        #expect(try one.topics() == ["topic"])
        #expect(try one.topic("topic")?.partitions == 2)
        #expect(try two.topic("topic") == TopicConfiguration(partitions: 3, cleanup: .compact))
        let plain = try KafkaLog(broker.configuration)
        defer { plain.close() }
        #expect(try plain.topics() == ["one.topic", "two.topic"])
    }

    @Test("The retention of an existing topic is changed, and its other settings stay")
    func retention() throws {
        let broker = try TestBroker()
        let log = try KafkaLog(broker.configuration)
        defer { log.close() }
        for retention in [nil, .seconds(3_600), .seconds(86_400), nil] as [Duration?] {
            for cleanup in [TopicConfiguration.Cleanup.delete, .compact] {
                let wanted = TopicConfiguration(partitions: 1, cleanup: cleanup, retention: retention)
                try log.createTopic("topic-\(cleanup)", wanted)
                #expect(try log.topic("topic-\(cleanup)") == wanted)
            }
        }
        // The size that it was created for is still there: a log for smaller records finds it fit.
        var smaller = broker.configuration
        smaller.recordBytesMax = 3 << 20
        let other = try KafkaLog(smaller)
        defer { other.close() }
        try other.createTopic("topic-delete", TopicConfiguration(partitions: 1))
    }

    @Test("A topic for smaller records than configured is refused, and both sizes are named")
    func recordSize() throws {
        let broker = try TestBroker()
        var small = broker.configuration
        small.recordBytesMax = 1 << 20
        let first = try KafkaLog(small)
        defer { first.close() }
        try first.createTopic("topic", TopicConfiguration(partitions: 1))
        let log = try KafkaLog(broker.configuration)
        defer { log.close() }
        let error = #expect(throws: EventLogError.self) {
            try log.createTopic("topic", TopicConfiguration(partitions: 1))
        }
        #expect(error?.code == .topicMismatch)
        #expect(error?.message.contains("1048576") == true && error?.message.contains("4194304") == true)
    }

    @Test("A record above the limit is refused, and the producer goes on")
    func tooLarge() throws {
        let broker = try TestBroker()
        let log = try KafkaLog(broker.configuration)
        defer { log.close() }
        try log.createTopic("topic", TopicConfiguration(partitions: 1))
        let partition = TopicPartition("topic", 0)
        let producer = try log.makeProducer(transactionalID: "p")
        let error = #expect(throws: EventLogError.self) {
            _ = try producer.commit(KafkaLogs.transaction(partition, [String(repeating: "x", count: 5 << 20)]))
        }
        #expect(error?.code == .tooLarge)
        _ = try producer.commit(KafkaLogs.transaction(partition, ["fits"]))
        #expect(try KafkaLogs.values(log, partition) == ["fits"])
    }
}
