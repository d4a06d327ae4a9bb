import EventLog
import EventLogKafka
import Foundation
import KafkaTesting
import Synchronization
import Testing

@Suite("Kafka's errors")
struct KafkaFaultTests {
    private static let partition = TopicPartition("topic", 0)

    private static func log(_ broker: TestBroker, patience: Duration = .seconds(30)) throws -> KafkaLog {
        var configuration = broker.configuration
        configuration.patience = patience
        let log = try KafkaLog(configuration)
        try log.createTopic("topic", TopicConfiguration(partitions: 1))
        return log
    }

    @Test(
        "What may be tried again is tried again, and the records are there once",
        arguments: [
            "error initProducerId 2 code 14", "error addPartitionsToTxn 2 code 51", "error produce 3 code 6",
            "error endTxn 2 code 51", "error endTxn 2 code 15", "close addPartitionsToTxn 1", "close produce 2",
            "close-after produce 1", "close endTxn 1", "close-after endTxn 1", "error findCoordinator 2 code 15",
            "delay-answer endTxn 1 ms 1500",
        ])
    func retried(faults: String) throws {
        let broker = try TestBroker(faults: faults)
        let log = try Self.log(broker)
        defer { log.close() }
        let producer = try log.makeProducer(transactionalID: "p")
        for round in 0..<3 { _ = try producer.commit(KafkaLogs.transaction(Self.partition, ["\(round)", "+"])) }
        #expect(try KafkaLogs.values(log, Self.partition) == ["0", "+", "1", "+", "2", "+"])
    }

    @Test(
        "After an error that aborts, the same transaction can be committed again",
        arguments: ["error addPartitionsToTxn 1 code 29", "error txnOffsetCommit 1 code 22"])
    func aborted(faults: String) throws {
        let broker = try TestBroker(faults: faults)
        let log = try Self.log(broker)
        defer { log.close() }
        let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["topic"]))
        defer { consumer.close() }
        while consumer.assignment.isEmpty { _ = try consumer.poll(timeout: .seconds(10)) }
        let producer = try log.makeProducer(transactionalID: "p")
        let consumed = ConsumedOffsets(membership: consumer.membership, offsets: [Self.partition: 0])
        let transaction = KafkaLogs.transaction(Self.partition, ["a", "b"], consumed: consumed)
        let start = ContinuousClock.now
        let error = #expect(throws: EventLogError.self) { _ = try producer.commit(transaction) }
        #expect(error?.kind == .abortable, "\(String(describing: error))")
        #expect(ContinuousClock.now - start < .seconds(3))
        #expect(try log.committedOffsets(of: "g", for: [Self.partition]) == [:])
        _ = try producer.commit(transaction)
        #expect(try KafkaLogs.values(log, Self.partition) == ["a", "b"])
        #expect(try log.committedOffsets(of: "g", for: [Self.partition]) == [Self.partition: 0])
    }

    @Test(
        "A producer that is fenced or broken says so at once, and for ever",
        arguments: [
            ("error endTxn 1 code 90", EventLogError.Kind.fenced), ("error addPartitionsToTxn 1 code 47", .fenced),
            ("error endTxn 1 code 48", .fatal),
        ])
    func ended(faults: String, kind: EventLogError.Kind) throws {
        let broker = try TestBroker(faults: faults)
        let log = try Self.log(broker)
        defer { log.close() }
        let producer = try log.makeProducer(transactionalID: "p")
        for _ in 0..<2 {
            let error = #expect(throws: EventLogError.self) {
                _ = try producer.commit(KafkaLogs.transaction(Self.partition, ["lost"]))
            }
            #expect(error?.kind == kind, "\(String(describing: error))")
        }
        let next = try log.makeProducer(transactionalID: "p")
        _ = try next.commit(KafkaLogs.transaction(Self.partition, ["next"]))
        #expect(try KafkaLogs.values(log, Self.partition).last == "next")
        #expect(try KafkaLogs.values(log, Self.partition).count == 1)
    }

    @Test("While the broker is away a commit waits, and a consumer too; when it is back both go on")
    func lostBroker() throws {
        let broker = try TestBroker()
        let log = try Self.log(broker)
        defer { log.close() }
        let producer = try log.makeProducer(transactionalID: "p")
        _ = try producer.commit(KafkaLogs.transaction(Self.partition, ["before"]))
        let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["topic"]))
        defer { consumer.close() }
        var found: [String] = []
        func poll() throws {
            for records in try consumer.poll(timeout: .milliseconds(100)).records {
                for batch in records.batches {
                    for record in batch { found.append(String(decoding: record.value ?? [], as: UTF8.self)) }
                }
            }
        }
        while found != ["before"] { try poll() }
        // A broker that starts anew has forgotten who its members were, but not what they committed.
        try consumer.commit([Self.partition: consumer.position(of: Self.partition) ?? 0])
        broker.stop()
        let back = Thread {
            Thread.sleep(forTimeInterval: 1.5)
            try? broker.start()
        }
        back.start()
        for _ in 0..<5 { try poll() }
        var attempts = 0
        while true {
            attempts += 1
            do throws(EventLogError) {
                _ = try producer.commit(KafkaLogs.transaction(Self.partition, ["after"]))
                break
            } catch {
                #expect(error.kind == .retriable || error.kind == .abortable, "\(error)")
                #expect(attempts < 20)
            }
        }
        let end = ContinuousClock.now + .seconds(30)
        while found.last != "after", ContinuousClock.now < end { try poll() }
        #expect(found == ["before", "after"])
        #expect(try KafkaLogs.values(log, Self.partition) == ["before", "after"])
    }

    @Test("When a broker was away for longer than a transaction may be open, its records are there once all the same")
    func longOutage() throws {
        let broker = try TestBroker()
        var configuration = broker.configuration
        (configuration.transactionTimeout, configuration.patience) = (.seconds(1), .seconds(5))
        let log = try KafkaLog(configuration)
        defer { log.close() }
        try log.createTopic("topic", TopicConfiguration(partitions: 1))
        var producer = try log.makeProducer(transactionalID: "p")
        _ = try producer.commit(KafkaLogs.transaction(Self.partition, ["before"]))
        broker.stop()
        let back = Thread {
            Thread.sleep(forTimeInterval: 3)
            try? broker.start()
        }
        back.start()
        var errors: [EventLogError] = []
        while errors.count < 100 {
            do throws(EventLogError) {
                _ = try producer.commit(KafkaLogs.transaction(Self.partition, ["after"]))
                break
            } catch {
                errors.append(error)
                // The broker may have ended the transaction and with it the producer's epoch: a new one settles it.
                guard error.kind == .fenced || error.kind == .fatal else { continue }
                producer = try log.makeProducer(transactionalID: "p")
                if try KafkaLogs.values(log, Self.partition).contains("after") { break }
            }
        }
        #expect(!errors.isEmpty)
        #expect(try KafkaLogs.values(log, Self.partition) == ["before", "after"])
    }

    @Test("Closing a log ends a commit and a request that wait for a broker")
    func closed() throws {
        let broker = try TestBroker()
        let log = try Self.log(broker)
        let producer = try log.makeProducer(transactionalID: "p")
        broker.stop()
        let closing = Thread {
            Thread.sleep(forTimeInterval: 0.3)
            log.close()
        }
        closing.start()
        let start = ContinuousClock.now
        let error = #expect(throws: EventLogError.self) {
            while true {
                do throws(EventLogError) {
                    _ = try producer.commit(KafkaLogs.transaction(Self.partition, ["a"]))
                } catch {
                    if error.kind != .retriable && error.kind != .abortable { throw error }
                }
            }
        }
        #expect(error?.code == .closed, "\(String(describing: error))")
        #expect(ContinuousClock.now - start < .seconds(5))
        producer.close()
    }
}
