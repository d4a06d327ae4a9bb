import EventLog

extension ConformanceCase {
    private static let partition = TopicPartition("topic", 0)

    private static func logWithTopic(_ harness: any LogHarness, partitions: Int = 1) throws -> any TransactionalLog {
        let log = try harness.makeLog()
        try log.createTopic("topic", TopicConfiguration(partitions: partitions))
        return log
    }

    private static func append(_ log: any TransactionalLog, _ values: [String]) throws {
        _ = try log.makeAppender().append([PartitionBatch(partition: partition, batch: batch(values))])
    }

    static let consumerCases = [
        ConformanceCase("A group begins at the beginning, or at the end when asked to") { harness in
            let log = try logWithTopic(harness)
            defer { log.close() }
            try append(log, ["a", "b"])
            let early = try Member(log, ConsumerConfiguration(group: "early", topics: ["topic"]))
            let late = try Member(log, ConsumerConfiguration(group: "late", topics: ["topic"], start: .end))
            try late.poll(until: late.consumer.assignment == [partition])
            try early.poll(until: early.allValues == ["a", "b"])
            try late.poll()
            try append(log, ["c"])
            try late.poll(until: late.allValues == ["c"])
            try early.poll(until: early.allValues == ["a", "b", "c"])
            early.consumer.close()
            late.consumer.close()
        },
        ConformanceCase("The poll that assigns a partition delivers nothing of it yet") { harness in
            let log = try logWithTopic(harness)
            defer { log.close() }
            try append(log, ["a", "b", "c"])
            let member = try Member(log, ConsumerConfiguration(group: "g", topics: ["topic"]))
            defer { member.consumer.close() }
            var result = PollResult()
            while result.assigned.isEmpty { result = try member.poll(patience) }
            try expectEqual(result.assigned, [partition])
            try expect(result.records.isEmpty, "no records come with an assignment")
            try member.consumer.seek(partition, to: 2)
            try member.poll(until: !member.allValues.isEmpty)
            try expectEqual(member.allValues, ["c"])
            try expectEqual(member.consumer.position(of: partition), 3)
        },
        ConformanceCase("A poll that waits returns as soon as records are there") { harness in
            let log = try logWithTopic(harness)
            defer { log.close() }
            let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["topic"]))
            defer { consumer.close() }
            while consumer.assignment.isEmpty { _ = try consumer.poll(timeout: patience) }
            let worker = Worker {
                let start = ContinuousClock.now
                while try consumer.poll(timeout: patience).records.isEmpty {}
                return ContinuousClock.now - start
            }
            try append(log, ["a"])
            try expect(try worker.wait() < .seconds(5), "the poll ends with the record, not with its time")
        },
        ConformanceCase("wake ends a poll from another thread, and the next one if none is under way") { harness in
            let log = try logWithTopic(harness)
            defer { log.close() }
            let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["topic"]))
            defer { consumer.close() }
            while consumer.assignment.isEmpty { _ = try consumer.poll(timeout: patience) }
            let worker = Worker { try consumer.poll(timeout: patience).isWoken }
            consumer.wake()
            try expect(try worker.wait(), "the poll under way was woken")
            consumer.wake()
            try expect(try consumer.poll(timeout: patience).isWoken, "the next poll was woken")
            try expect(try !consumer.poll(timeout: .zero).isWoken, "one wake ends one poll")
        },
        ConformanceCase("A poll without news ends with its time, empty") { harness in
            let log = try logWithTopic(harness)
            defer { log.close() }
            let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["topic"]))
            defer { consumer.close() }
            while consumer.assignment.isEmpty { _ = try consumer.poll(timeout: patience) }
            let start = ContinuousClock.now
            try expect(try consumer.poll(timeout: .milliseconds(30)).isEmpty, "there is no news")
            try expect(ContinuousClock.now - start >= .milliseconds(29), "the poll waited")
        },
        ConformanceCase("A paused partition delivers nothing until it is resumed, and then everything") { harness in
            let log = try logWithTopic(harness)
            defer { log.close() }
            let member = try Member(log, ConsumerConfiguration(group: "g", topics: ["topic"]))
            defer { member.consumer.close() }
            try member.poll(until: member.consumer.assignment == [partition])
            member.consumer.pause([partition])
            try append(log, ["a"])
            try member.poll(.milliseconds(30))
            try expectEqual(member.allValues, [])
            try expectEqual(member.consumer.assignment, [partition])
            member.consumer.resume([partition])
            try append(log, ["b"])
            try member.poll(until: member.allValues == ["a", "b"])
        },
        ConformanceCase("A consumer seeks back and forth in what it owns, and nowhere else") { harness in
            let log = try logWithTopic(harness)
            defer { log.close() }
            try append(log, ["a", "b", "c"])
            let member = try Member(log, ConsumerConfiguration(group: "g", topics: ["topic"]))
            defer { member.consumer.close() }
            try member.poll(until: member.allValues == ["a", "b", "c"])
            try member.consumer.seek(partition, to: 1)
            try member.poll(until: member.allValues == ["a", "b", "c", "b", "c"])
            try expectError(.notOwner) { try member.consumer.seek(TopicPartition("topic", 1), to: 0) }
        },
        ConformanceCase("A poll keeps to its byte limit but never delivers nothing for it") { harness in
            let log = try logWithTopic(harness)
            defer { log.close() }
            for index in 0..<20 { try append(log, [String(repeating: "\(index % 10)", count: 1_000)]) }
            let member = try Member(
                log, ConsumerConfiguration(group: "g", topics: ["topic"], pollBytesMax: 3_000))
            defer { member.consumer.close() }
            try member.poll(until: member.consumer.assignment == [partition])
            try member.poll(patience)
            try expect((1...5).contains(member.allValues.count), "\(member.allValues.count) records came at once")
            try member.poll(until: member.allValues.count == 20)
        },
        ConformanceCase("A group that committed goes on from there, in a transaction or without") { harness in
            let log = try logWithTopic(harness)
            defer { log.close() }
            try append(log, ["a", "b", "c", "d"])
            let configuration = ConsumerConfiguration(group: "g", topics: ["topic"])
            let first = try Member(log, configuration)
            try first.poll(until: first.allValues.count == 4)
            try first.consumer.commit([partition: 1])
            first.consumer.close()
            let second = try Member(log, configuration)
            try second.poll(until: second.allValues == ["b", "c", "d"])
            let producer = try log.makeProducer(transactionalID: "p")
            let consumed = ConsumedOffsets(membership: second.consumer.membership, offsets: [partition: 3])
            _ = try producer.commit(transaction([(partition, ["e"])], consumed: consumed))
            second.consumer.close()
            try expectEqual(try log.committedOffsets(of: "g", for: [partition]), [partition: 3])
            let third = try Member(log, configuration)
            try third.poll(until: third.allValues == ["d", "e"])
            third.consumer.close()
        },
        ConformanceCase("Closing the log ends a poll that waits") { harness in
            let log = try logWithTopic(harness)
            let consumer = try log.makeConsumer(ConsumerConfiguration(group: "g", topics: ["topic"]))
            while consumer.assignment.isEmpty { _ = try consumer.poll(timeout: patience) }
            let worker = Worker {
                try expectError(.closed) { while true { _ = try consumer.poll(timeout: patience) } }
            }
            log.close()
            try worker.wait()
        },
    ]
}
