import EventLog

extension ConformanceCase {
    static let durabilityCases = [
        ConformanceCase("What was committed is there after a restart: records, offsets, topics, fencing") { harness in
            let log = try harness.makeLog()
            let configuration = TopicConfiguration(partitions: 2, cleanup: .delete, retention: .seconds(1 << 30))
            try log.createTopic("topic", configuration)
            let partitions = (0..<2).map { TopicPartition("topic", $0) }
            let member = try Member(log, ConsumerConfiguration(group: "g", topics: ["topic"]))
            try member.poll(until: member.consumer.assignment == partitions)
            let producer = try log.makeProducer(transactionalID: "p")
            for round in 0..<5 {
                let consumed = ConsumedOffsets(
                    membership: member.consumer.membership, offsets: [partitions[0]: Int64(round)])
                _ = try producer.commit(transaction(partitions.map { ($0, ["\(round)", "+"]) }, consumed: consumed))
            }
            let end = try log.endOffset(of: partitions[0])
            let again = try harness.restart(log)
            defer { again.close() }
            try expectEqual(try again.topic("topic"), configuration)
            try expectEqual(try again.endOffset(of: partitions[0]), end)
            for partition in partitions {
                try expectEqual(try values(again, partition), (0..<5).flatMap { ["\($0)", "+"] })
            }
            try expectEqual(try again.committedOffsets(of: "g", for: partitions), [partitions[0]: 4])
            let next = try again.makeProducer(transactionalID: "p")
            let receipt = try next.commit(transaction([(partitions[0], ["next"])]))
            try expect((receipt.range(of: partitions[0])?.lowerBound ?? 0) >= end, "offsets go on where they were")
            try expectError(.unknownTopic) { _ = try again.endOffset(of: TopicPartition("topic", 2)) }
        }
    ]
}
