import EventLog

extension ConformanceCase {
    static let transactionCases = [
        ConformanceCase("A transaction writes to several topics, and its receipt says where") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("one", TopicConfiguration(partitions: 2))
            try log.createTopic("two", TopicConfiguration(partitions: 1))
            let (first, second) = (TopicPartition("one", 1), TopicPartition("two", 0))
            let producer = try log.makeProducer(transactionalID: "p")
            for round in 0..<3 {
                let receipt = try producer.commit(
                    transaction([(first, ["a\(round)", "b\(round)"]), (second, ["c\(round)"])]))
                for (partition, count) in [(first, 2), (second, 1)] as [(TopicPartition, Int64)] {
                    guard let range = receipt.range(of: partition) else {
                        throw ConformanceFailure(description: "the receipt lacks \(partition)")
                    }
                    try expect(range.upperBound - range.lowerBound >= count, "the range holds the records")
                    let reader = try log.makeReader([partition: .offset(range.lowerBound)])
                    let records = try reader.read(timeout: patience).flatMap(\.batches).flatMap { Array($0) }
                    try expectEqual(records.first?.offset, range.lowerBound)
                    try expectEqual(records.count, Int(count))
                }
            }
            try expectEqual(try values(log, first), ["a0", "b0", "a1", "b1", "a2", "b2"])
            try expectEqual(try values(log, second), ["c0", "c1", "c2"])
            try expectEqual(try values(log, TopicPartition("one", 0)), [])
        },
        ConformanceCase("Keys, values, tombstones, headers and timestamps come back as they were written") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 1))
            var builder = RecordBatchBuilder()
            var headers: RecordHeaders = ["type": "a", "empty": ""]
            headers.append("nothing", bytes: nil)
            builder.append(key: [0, 255], value: [1, 2], headers: headers, timestamp: 1_700_000_000_123)
            builder.append(key: nil, value: [], timestamp: 1_700_000_000_122)
            builder.append(key: [], value: nil, timestamp: 1_700_000_000_124)
            var transaction = Transaction()
            transaction.append(builder.finish(), to: TopicPartition("topic", 0))
            _ = try log.makeProducer(transactionalID: "p").commit(transaction)
            var records: [Record] = []
            try log.readToEnd(TopicPartition("topic", 0)) { records.append($0) }
            try expectEqual(records.map { $0.key.map(Array.init) }, [[0, 255], nil, []])
            try expectEqual(records.map { $0.value.map(Array.init) }, [[1, 2], [], nil])
            try expectEqual(records.map(\.timestamp), [1_700_000_000_123, 1_700_000_000_122, 1_700_000_000_124])
            try expectEqual(
                Array(records[0].headers),
                [
                    RecordHeader(name: "type", value: bytes("a")), RecordHeader(name: "empty", value: []),
                    RecordHeader(name: "nothing", value: nil),
                ])
        },
        ConformanceCase("Opening a transactional id fences the producer that had it") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 1))
            let partition = TopicPartition("topic", 0)
            let old = try log.makeProducer(transactionalID: "p")
            _ = try old.commit(transaction([(partition, ["old"])]))
            let new = try log.makeProducer(transactionalID: "p")
            try expectError(.producerFenced, kind: .fenced) { _ = try old.commit(transaction([(partition, ["late"])])) }
            _ = try new.commit(transaction([(partition, ["new"])]))
            try expectError(.producerFenced, kind: .fenced) { _ = try old.commit(transaction([(partition, ["late"])])) }
            let other = try log.makeProducer(transactionalID: "q")
            _ = try other.commit(transaction([(partition, ["other"])]))
            try expectEqual(try values(log, partition), ["old", "new", "other"])
        },
        ConformanceCase("A transaction may hold consumed offsets only, or nothing") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 1))
            let partition = TopicPartition("topic", 0)
            let member = try Member(log, ConsumerConfiguration(group: "g", topics: ["topic"]))
            defer { member.consumer.close() }
            try member.poll(until: member.consumer.assignment == [partition])
            let producer = try log.makeProducer(transactionalID: "p")
            let consumed = ConsumedOffsets(membership: member.consumer.membership, offsets: [partition: 0])
            try expectEqual(try producer.commit(Transaction(consumed: consumed)), CommitReceipt(ranges: []))
            try expectEqual(try log.committedOffsets(of: "g", for: [partition]), [partition: 0])
            try expectEqual(try producer.commit(Transaction()), CommitReceipt(ranges: []))
        },
        ConformanceCase("Records of 2 MB and a thousand records a batch pass") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 2))
            let big = String(repeating: "x", count: 900_000)
            let many = (0..<1_000).map { "value \($0)" }
            _ = try log.makeProducer(transactionalID: "p").commit(
                transaction([(TopicPartition("topic", 0), [big, big]), (TopicPartition("topic", 1), many)]))
            try expect(try values(log, TopicPartition("topic", 0)) == [big, big], "big values come back")
            try expectEqual(try values(log, TopicPartition("topic", 1)), many)
        },
        ConformanceCase("Producers on several threads write every record once, each in its order") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 2))
            let workers = (0..<4).map { thread in
                Worker {
                    let producer = try log.makeProducer(transactionalID: "p\(thread)")
                    for round in 0..<25 {
                        _ = try producer.commit(
                            transaction((0..<2).map { (TopicPartition("topic", $0), ["\(thread):\(round)"]) }))
                    }
                }
            }
            for worker in workers { try worker.wait() }
            for partition in 0..<2 {
                let found = try values(log, TopicPartition("topic", partition))
                try expectEqual(found.count, 100)
                for thread in 0..<4 {
                    try expectEqual(found.filter { $0.hasPrefix("\(thread):") }, (0..<25).map { "\(thread):\($0)" })
                }
            }
        },
        ConformanceCase("A closed producer and a closed log say so") { harness in
            let log = try harness.makeLog()
            try log.createTopic("topic", TopicConfiguration(partitions: 1))
            let producer = try log.makeProducer(transactionalID: "p")
            producer.close()
            try expectError(.closed) { _ = try producer.commit(transaction([(TopicPartition("topic", 0), ["a"])])) }
            let other = try log.makeProducer(transactionalID: "q")
            log.close()
            log.close()
            try expectError(.closed) { _ = try other.commit(transaction([(TopicPartition("topic", 0), ["a"])])) }
            try expectError(.closed) { _ = try log.makeAppender() }
        },
    ]
}
