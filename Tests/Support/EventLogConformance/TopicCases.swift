import EventLog

extension ConformanceCase {
    static let topicCases = [
        ConformanceCase("Creating a topic twice is the same as once") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            let configuration = TopicConfiguration(partitions: 3, cleanup: .compact)
            try log.createTopic("topic", configuration)
            try log.createTopic("topic", configuration)
            try expectEqual(try log.topic("topic"), configuration)
            try expectEqual(try log.topic("other"), nil)
            try expect(try log.topics().contains("topic"), "the topic is listed")
        },
        ConformanceCase("A topic with another partition count or clean-up is refused with both named") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 3))
            try expectError(.topicMismatch) { try log.createTopic("topic", TopicConfiguration(partitions: 4)) }
            try expectError(.topicMismatch) {
                try log.createTopic("topic", TopicConfiguration(partitions: 3, cleanup: .compact))
            }
            try expectEqual(try log.topic("topic")?.partitions, 3)
        },
        ConformanceCase("Names and counts that no topic can have are refused") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            for name in ["", ".", "..", "a b", "a/b", "ä", String(repeating: "x", count: 250)] {
                try expectError(.invalidArgument) { try log.createTopic(name, TopicConfiguration(partitions: 1)) }
            }
            try expectError(.invalidArgument) { try log.createTopic("topic", TopicConfiguration(partitions: 0)) }
        },
        ConformanceCase("Topics and partitions that do not exist are errors, and what goes with them does not happen") {
            harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 1))
            try expectError(.unknownTopic) { _ = try log.endOffset(of: TopicPartition("other", 0)) }
            try expectError(.unknownTopic) { _ = try log.beginOffset(of: TopicPartition("topic", 1)) }
            try expectError(.unknownTopic) { _ = try log.makeReader([TopicPartition("topic", 1): .beginning]) }
            let producer = try log.makeProducer(transactionalID: "p")
            try expectError(.unknownTopic) {
                _ = try producer.commit(
                    transaction([(TopicPartition("topic", 0), ["a"]), (TopicPartition("other", 0), ["a"])]))
            }
            try expectEqual(try values(log, TopicPartition("topic", 0)), [])
        },
        ConformanceCase("A record of a compacted topic needs a key") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 1, cleanup: .compact))
            let partition = TopicPartition("topic", 0)
            try expectError(.invalidArgument) {
                _ = try log.makeAppender().append([PartitionBatch(partition: partition, batch: batch(["a"], key: nil))])
            }
            try expectEqual(try log.endOffset(of: partition), 0)
        },
        ConformanceCase("Compaction leaves the last record of each key, and offsets as they were") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 1, cleanup: .compact))
            let partition = TopicPartition("topic", 0)
            let appender = try log.makeAppender()
            let now: Int64 = 1_800_000_000_000
            for round in 0..<4 {
                for key in ["a", "b", "c"] where key != "c" || round < 2 {
                    _ = try appender.append([
                        PartitionBatch(partition: partition, batch: batch(["\(key)\(round)"], key: key, timestamp: now))
                    ])
                }
            }
            var tombstones = RecordBatchBuilder()
            tombstones.append(key: bytes("b"), value: nil, timestamp: now)
            _ = try appender.append([PartitionBatch(partition: partition, batch: tombstones.finish())])
            let end = try log.endOffset(of: partition)
            try harness.compact(log, partition, at: now)
            try expectEqual(try log.endOffset(of: partition), end)
            try expectEqual(try values(log, partition), ["c1", "a3", "-"])
            try harness.compact(log, partition, at: now + 3 * 86_400_000)
            try expectEqual(try values(log, partition), ["c1", "a3"])
            let range = try appender.append([PartitionBatch(partition: partition, batch: batch(["c9"], key: "c"))])
                .ranges[0]
            try expectEqual(range.offsets.lowerBound, end)
            try expectEqual(try values(log, partition), ["c1", "a3", "c9"])
            let again = try harness.restart(log)
            defer { again.close() }
            try expectEqual(try values(again, partition), ["c1", "a3", "c9"])
            try expectEqual(try again.endOffset(of: partition), end + 1)
        },
    ]
}
