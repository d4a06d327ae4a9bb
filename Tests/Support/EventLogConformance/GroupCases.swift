import EventLog
import Synchronization

extension ConformanceCase {
    static let groupCases = [
        ConformanceCase("Members share partitions by range: the same numbers of each topic") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            for topic in ["a", "b"] { try log.createTopic(topic, TopicConfiguration(partitions: 5)) }
            let configuration = ConsumerConfiguration(group: "g", topics: ["a", "b"])
            let first = try Member(log, configuration)
            try first.poll(until: first.consumer.assignment.count == 10)
            let second = try Member(log, configuration)
            // Which of them gets the bigger share depends on the names that the log gives its members.
            try pollBoth(first, second) {
                [first, second].map(\.consumer.assignment.count).sorted() == [4, 6]
            }
            try expect(!first.revoked.isEmpty, "the first member was told what it loses")
            for share in [first.consumer.assignment, second.consumer.assignment] {
                let numbers = share.filter { $0.topic == "a" }.map(\.partition)
                try expectEqual(share.filter { $0.topic == "b" }.map(\.partition), numbers)
            }
            second.consumer.close()
            try first.poll(until: first.consumer.assignment.count == 10)
            first.consumer.close()
        },
        ConformanceCase("A revoked partition can still be committed until the next poll, and not after it") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("a", TopicConfiguration(partitions: 2))
            let configuration = ConsumerConfiguration(group: "g", topics: ["a"])
            let first = try Member(log, configuration)
            try first.poll(until: first.consumer.assignment.count == 2)
            let producer = try log.makeProducer(transactionalID: "p")
            let second = try Member(log, configuration)
            try pollBoth(first, second) { !first.revoked.isEmpty }
            let revoked = first.revoked[0]
            let consumed = ConsumedOffsets(membership: first.consumer.membership, offsets: [revoked: 0])
            _ = try producer.commit(transaction([(revoked, ["in time"])], consumed: consumed))
            try pollBoth(first, second) {
                first.consumer.assignment.count == 1 && second.consumer.assignment.count == 1
            }
            let moved = second.consumer.assignment[0]
            let late = ConsumedOffsets(membership: first.consumer.membership, offsets: [moved: 0])
            try expectError(.notOwner, kind: .abortable) {
                _ = try producer.commit(transaction([(moved, ["late"])], consumed: late))
            }
            try expectEqual(try values(log, moved).contains("late"), false)
            try expectEqual(try values(log, revoked), ["in time"])
            first.consumer.close()
            second.consumer.close()
        },
        ConformanceCase("Members come and go while records flow: each is handled once") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("in", TopicConfiguration(partitions: 4))
            try log.createTopic("out", TopicConfiguration(partitions: 4))
            let total = 200
            let isDone = Mutex(false)
            let copiers = (0..<3).map { number in
                Worker {
                    while !isDone.withLock({ $0 }) { try copy(log, rounds: number == 0 ? .max : 10 + 5 * number) }
                }
            }
            let appender = try log.makeAppender()
            for index in 0..<total {
                _ = try appender.append([
                    PartitionBatch(partition: TopicPartition("in", index % 4), batch: batch(["\(index)"]))
                ])
            }
            let deadline = ContinuousClock.now + patience
            func count() throws -> Int {
                try (0..<4).reduce(0) { try $0 + values(log, TopicPartition("out", $1)).count }
            }
            while try count() < total, ContinuousClock.now < deadline {
                _ = try log.makeReader([TopicPartition("out", 0): .end]).read(timeout: .milliseconds(10))
            }
            isDone.withLock { $0 = true }
            for copier in copiers { try copier.wait() }
            for number in 0..<4 {
                try expectEqual(
                    try values(log, TopicPartition("out", number)),
                    stride(from: number, to: total, by: 4).map(String.init))
            }

            /// Joins, copies what comes for some polls, leaves.
            @Sendable func copy(_ log: any TransactionalLog, rounds: Int) throws {
                let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["in"]))
                defer { consumer.close() }
                var producers: [Int: any LogProducer] = [:]
                var round = 0
                while round < rounds, !isDone.withLock({ $0 }) {
                    round += 1
                    let result = try consumer.poll(timeout: .milliseconds(10))
                    for partition in result.assigned {
                        producers[partition.partition] = try log.makeProducer(
                            transactionalID: "copy-\(partition.partition)")
                    }
                    for records in result.records {
                        let consumed = ConsumedOffsets(
                            membership: consumer.membership, offsets: [records.partition: records.nextOffset])
                        let copies = records.batches.flatMap { $0.compactMap { text($0.value) } }
                        let output = TopicPartition("out", records.partition.partition)
                        _ = try producers[records.partition.partition]?.commit(
                            transaction([(output, copies)], consumed: consumed))
                    }
                }
            }
        },
        ConformanceCase("A static member that comes back gets its old partitions, and the one it replaces is fenced") {
            harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("a", TopicConfiguration(partitions: 4))
            func configuration(_ name: String) -> ConsumerConfiguration {
                ConsumerConfiguration(group: "g", topics: ["a"], instanceID: name)
            }
            let old = try Member(log, configuration("one"))
            let other = try Member(log, configuration("two"))
            try pollBoth(old, other) { old.consumer.assignment.count == 2 && other.consumer.assignment.count == 2 }
            let share = old.consumer.assignment
            let new = try Member(log, configuration("one"))
            try new.poll(until: new.consumer.assignment == share)
            try other.poll()
            try expectEqual(other.consumer.assignment.count, 2)
            try expectError(.notOwner, kind: .fenced) { while true { try old.poll(.milliseconds(20)) } }
            for member in [old, new, other] { member.consumer.close() }
        },
    ]

    private static func pollBoth(_ first: Member, _ second: Member, until condition: () -> Bool) throws {
        let deadline = ContinuousClock.now + patience
        while true {
            try first.poll(.milliseconds(10))
            if condition() { return }
            try second.poll(.milliseconds(10))
            if condition() { return }
            try expect(ContinuousClock.now < deadline, "it did not happen in \(patience)")
        }
    }
}
