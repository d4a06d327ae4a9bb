import EventLog
import EventLogKafka
import Foundation
import KafkaTesting
import Testing

@Suite("A cluster that loses its brokers one after the other")
struct LostBrokerTests {
    private static let faults = """
        lose-broker addOffsetsToTxn skip 8 broker 1 ms 3000
        lose-broker txnOffsetCommit skip 16 broker 2 ms 3000
        lose-broker addOffsetsToTxn skip 24 broker 0 ms 3000
        lose-broker endTxn skip 32 broker 1 ms 3000
        lose-broker txnOffsetCommit skip 40 broker 0 ms 3000
        """

    @Test("Transactions with offsets go on, each once: a call that waits for a lost coordinator for ever is given up")
    func coordinators() throws {
        let broker = try TestBroker(faults: Self.faults, nodes: 3)
        var configuration = broker.configuration
        (configuration.transactionTimeout, configuration.patience) = (.seconds(2), .seconds(20))
        let log = try KafkaLog(configuration)
        defer { log.close() }
        for topic in ["in", "out"] { try log.createTopic(topic, TopicConfiguration(partitions: 1)) }
        let (input, output) = (TopicPartition("in", 0), TopicPartition("out", 0))
        let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["in"]))
        defer { consumer.close() }
        func join() throws {
            let end = ContinuousClock.now + .seconds(60)
            while consumer.assignment.isEmpty, ContinuousClock.now < end { try poll() }
        }
        func poll() throws {
            do throws(EventLogError) {
                _ = try consumer.poll(timeout: .milliseconds(50))
            } catch {
                guard error.kind == .retriable else { throw error }
            }
        }
        try join()
        var producer = try log.makeProducer(transactionalID: "p")
        let expected = (0..<50).map(String.init)
        var errors: [EventLogError] = []
        for (number, value) in expected.enumerated() {
            while true {
                guard errors.count < 200 else { break }
                do throws(EventLogError) {
                    let consumed = ConsumedOffsets(membership: consumer.membership, offsets: [input: Int64(number + 1)])
                    _ = try producer.commit(KafkaLogs.transaction(output, [value], consumed: consumed))
                    break
                } catch {
                    errors.append(error)
                    try poll()
                    try join()
                    guard error.kind == .fenced || error.kind == .fatal else { continue }
                    // Nobody knows what became of it: a new producer settles that.
                    producer.close()
                    producer = try log.makeProducer(transactionalID: "p")
                    if try KafkaLogs.values(log, output).last == value { break }
                }
            }
        }
        #expect(try KafkaLogs.values(log, output) == expected, "\(errors.suffix(3))")
        producer.close()
    }
}
