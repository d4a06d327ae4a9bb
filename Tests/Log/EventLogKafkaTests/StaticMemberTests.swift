import EventLog
import EventLogKafka
import KafkaTesting
import Testing

@Suite("Members with a name of their own in the group")
struct StaticMemberTests {
    /// A process of the group: its log and its member.
    private struct Member {
        let log: KafkaLog
        let consumer: any LogConsumer

        init(_ broker: TestBroker, _ instanceID: String) throws {
            log = try KafkaLog(broker.configuration)
            consumer = try log.makeConsumer(
                ConsumerConfiguration(group: "g", topics: ["t"], instanceID: instanceID, sessionTimeout: .seconds(6)))
        }

        /// Polls once. - Returns: whether the group has changed what the member owns.
        func poll() throws -> Bool {
            let result = try consumer.poll(timeout: .milliseconds(50))
            return !(result.assigned.isEmpty && result.revoked.isEmpty && result.lost.isEmpty)
        }

        func close() {
            consumer.close()
            log.close()
        }
    }

    private static func wait(seconds: Double, _ condition: () throws -> Bool) rethrows -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end { if try condition() { return true } }
        return false
    }

    /// Two members of a topic with two partitions, each with one.
    private static func pair() throws -> (broker: TestBroker, one: Member, two: Member) {
        let broker = try TestBroker()
        let (one, two) = (try Member(broker, "one"), try Member(broker, "two"))
        try one.log.createTopic("t", TopicConfiguration(partitions: 2))
        let isShared = try wait(seconds: 30) {
            _ = try (one.poll(), two.poll())
            return one.consumer.assignment.count == 1 && two.consumer.assignment.count == 1
        }
        try #require(isShared)
        return (broker, one, two)
    }

    @Test("A member that comes back within the session has its partition again, and the other one notices nothing")
    func restart() throws {
        let (broker, one, two) = try Self.pair()
        let (owned, generation) = (one.consumer.assignment, two.consumer.membership.generation)
        one.close()
        var changes = 0
        _ = try Self.wait(seconds: 1) {
            if try two.poll() { changes += 1 }
            return false
        }
        let again = try Member(broker, "one")
        let isBack = try Self.wait(seconds: 5) {
            if try two.poll() { changes += 1 }
            _ = try again.poll()
            return again.consumer.assignment == owned
        }
        #expect(isBack)
        // Longer than two heartbeats.
        _ = try Self.wait(seconds: 1.5) {
            if try two.poll() { changes += 1 }
            #expect(try !again.poll())
            return false
        }
        #expect(changes == 0)
        #expect(two.consumer.membership.generation == generation)
        #expect(again.consumer.membership.generation == generation)
        again.close()
        two.close()
    }

    @Test(
        "A second member under the same name drives the first one out, which says so in every further poll, and can commit no more"
    )
    func double() throws {
        let (broker, one, two) = try Self.pair()
        let owned = one.consumer.assignment
        let former = one.consumer.membership
        let double = try Member(broker, "one")
        var failure: EventLogError?
        let isOut = try Self.wait(seconds: 10) {
            _ = try (two.poll(), double.poll())
            do throws(EventLogError) {
                _ = try one.consumer.poll(timeout: .milliseconds(50))
            } catch {
                failure = error
            }
            return failure != nil && double.consumer.assignment == owned
        }
        #expect(isOut)
        #expect(failure?.kind == .fenced, "\(String(describing: failure))")
        #expect(
            failure?.description.contains("another member has joined the group under this one's instance id") == true)
        #expect(throws: EventLogError.self) { _ = try one.consumer.poll(timeout: .milliseconds(50)) }
        let producer = try one.log.makeProducer(transactionalID: "p")
        defer { producer.close() }
        let consumed = ConsumedOffsets(membership: former, offsets: [owned[0]: 1])
        #expect(throws: EventLogError.self) {
            _ = try producer.commit(KafkaLogs.transaction(TopicPartition("t", 0), ["late"], consumed: consumed))
        }
        #expect(try KafkaLogs.values(two.log, TopicPartition("t", 0)).isEmpty)
        #expect(try !Self.wait(seconds: 1) { try double.poll() || two.poll() })
        for member in [one, double, two] { member.close() }
    }
}
