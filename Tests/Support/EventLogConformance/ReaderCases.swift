import EventLog

extension ConformanceCase {
    private static let partition = TopicPartition("topic", 0)

    /// A log with ten records, value and time 0 to 9 (times ten thousand), a batch each.
    private static func tenRecords(_ harness: any LogHarness) throws -> any TransactionalLog {
        let log = try harness.makeLog()
        try log.createTopic("topic", TopicConfiguration(partitions: 1))
        let appender = try log.makeAppender()
        for index in 0..<10 {
            let batch = batch(["\(index)"], timestamp: Int64(index) * 10_000)
            _ = try appender.append([PartitionBatch(partition: partition, batch: batch)])
        }
        return log
    }

    private static func read(_ log: any TransactionalLog, from start: ReadPosition) throws -> [String] {
        var values: [String] = []
        try log.readToEnd(partition, from: start) { values.append(text($0.value) ?? "-") }
        return values
    }

    static let readerCases = [
        ConformanceCase("A reader begins at an offset, a time, the beginning or the end") { harness in
            let log = try tenRecords(harness)
            defer { log.close() }
            try expectEqual(try log.beginOffset(of: partition), 0)
            try expectEqual(try log.endOffset(of: partition), 10)
            try expectEqual(try read(log, from: .beginning), (0..<10).map(String.init))
            try expectEqual(try read(log, from: .offset(7)), ["7", "8", "9"])
            try expectEqual(try read(log, from: .time(70_000)), ["7", "8", "9"])
            try expectEqual(try read(log, from: .time(60_001)), ["7", "8", "9"])
            try expectEqual(try read(log, from: .time(90_001)), [])
            try expectEqual(try read(log, from: .end), [])
            try expectEqual(try log.offset(of: partition, atOrAfter: 1), 1)
            try expectEqual(try log.offset(of: partition, atOrAfter: 90_001), nil)
        },
        ConformanceCase("An offset beyond the end is an error") { harness in
            let log = try tenRecords(harness)
            defer { log.close() }
            try expectError(.offsetOutOfRange) {
                let reader = try log.makeReader([partition: .offset(11)])
                _ = try reader.read(timeout: patience)
            }
        },
        ConformanceCase("A batch that begins before the asked offset gives only the records from there on") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 1))
            let batch = batch((0..<10).map(String.init))
            _ = try log.makeAppender().append([PartitionBatch(partition: partition, batch: batch)])
            try expectEqual(try read(log, from: .offset(8)), ["8", "9"])
        },
        ConformanceCase("A reader that waits returns as soon as a record is there") { harness in
            let log = try tenRecords(harness)
            defer { log.close() }
            let reader = try log.makeReader([partition: .end])
            let worker = Worker {
                try reader.read(timeout: patience).flatMap(\.batches).flatMap { $0.map { text($0.value) } }
            }
            _ = try log.makeAppender().append([PartitionBatch(partition: partition, batch: batch(["new"]))])
            try expectEqual(try worker.wait(), ["new"])
            try expectEqual(reader.position(of: partition), 11)
        },
        ConformanceCase("A reader's wait ends with wake, and with its time") { harness in
            let log = try tenRecords(harness)
            defer { log.close() }
            let reader = try log.makeReader([partition: .end])
            let worker = Worker { try reader.read(timeout: patience).count }
            reader.wake()
            try expectEqual(try worker.wait(), 0)
            try expectEqual(try reader.read(timeout: .milliseconds(5)).count, 0)
        },
        ConformanceCase("A reader seeks, also to a partition it did not begin with") { harness in
            let log = try tenRecords(harness)
            defer { log.close() }
            let reader = try log.makeReader([:])
            try reader.seek(partition, to: .offset(9))
            let records = try reader.read(timeout: patience).flatMap(\.batches).flatMap { Array($0) }
            try expectEqual(records.map(\.offset), [9])
            try reader.seek(partition, to: .offset(3))
            try expectEqual(reader.position(of: partition), 3)
        },
        ConformanceCase("Several partitions are read by one reader, each in order") { harness in
            let log = try harness.makeLog()
            defer { log.close() }
            try log.createTopic("topic", TopicConfiguration(partitions: 4))
            let partitions = (0..<4).map { TopicPartition("topic", $0) }
            let producer = try log.makeProducer(transactionalID: "p")
            for round in 0..<5 { _ = try producer.commit(transaction(partitions.map { ($0, ["\(round)"]) })) }
            let reader = try log.makeReader(Dictionary(uniqueKeysWithValues: partitions.map { ($0, .beginning) }))
            var found: [TopicPartition: [String?]] = [:]
            while found.values.joined().count < 20 {
                for records in try reader.read(timeout: patience) {
                    for batch in records.batches {
                        for record in batch { found[records.partition, default: []].append(text(record.value)) }
                    }
                }
            }
            for partition in partitions { try expectEqual(found[partition], ["0", "1", "2", "3", "4"]) }
        },
    ]
}
