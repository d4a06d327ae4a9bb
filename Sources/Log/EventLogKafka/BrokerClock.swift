import Dispatch
public import EventLog
import Foundation
import Synchronization

/// The brokers' clock, as a topic of its own tells it: the brokers stamp each record on it with the time of its arrival.
public final class BrokerClock: Sendable {
    private struct Access {
        let appender: any LogAppender
        let reader: any LogReader
    }

    private let log: KafkaLog
    private let partition: TopicPartition
    private let now: @Sendable () -> Int64
    private let access = Mutex<Access?>(nil)

    /// - Parameters:
    ///   - topic: one that `KafkaLog.createClock` made.
    ///   - now: this host's clock, in epoch milliseconds.
    public init(log: KafkaLog, topic: String, now: @escaping @Sendable () -> Int64) {
        self.log = log
        self.now = now
        partition = TopicPartition(topic, 0)
    }

    /// How many milliseconds this host's clock is at least ahead of the brokers' (below 0: behind). 0 while their time lies between the
    /// moments before and after asking, so a slow answer hides a small difference and never makes one up.
    /// - Returns: nil when the record can't be found again.
    public func millisecondsAhead() throws(EventLogError) -> Int64? {
        try access.withLock { access throws(EventLogError) in
            do throws(EventLogError) {
                if let open = access { return try ask(open) }
                let open = Access(appender: try log.makeAppender(), reader: try log.makeReader([partition: .end]))
                access = open
                return try ask(open)
            } catch {
                access?.appender.close()
                access?.reader.close()
                access = nil
                throw error
            }
        }
    }

    private func ask(_ access: Access) throws(EventLogError) -> Int64? {
        var builder = RecordBatchBuilder()
        let before = now()
        builder.append(key: nil, value: [], timestamp: before)
        let batch = PartitionBatch(partition: partition, batch: builder.finish())
        let receipt = try access.appender.append([batch])
        let after = now()
        guard let offset = receipt.range(of: partition)?.lowerBound else { return nil }
        try access.reader.seek(partition, to: .offset(offset))
        for records in try access.reader.read(timeout: .seconds(2)) {
            for batch in records.batches {
                for record in batch where record.offset == offset {
                    if record.timestamp < before { return before - record.timestamp }
                    return record.timestamp > after ? after - record.timestamp : 0
                }
            }
        }
        return nil
    }
}

extension KafkaLog {
    private static let clockSettings = [
        ("cleanup.policy", "delete"), ("retention.ms", "3600000"), ("message.timestamp.type", "LogAppendTime"),
    ]

    /// Creates a topic whose records the brokers stamp, or checks that it is one.
    /// - Throws: `topicMismatch` when a topic of that name is stamped by its writers.
    public func createClock(_ topic: String) throws(EventLogError) {
        _ = try patiently { (timeout) throws(EventLogError) in
            try topicAdministration.create(
                topic, partitions: 1, replicationFactor: configuration.replicationFactor,
                settings: Self.clockSettings, timeoutMilliseconds: timeout)
        }
        try patiently { (timeout) throws(EventLogError) in
            guard try topicDirectory.partitionCount(of: topic, timeoutMilliseconds: timeout) != nil else {
                throw EventLogError(.retriable, .timedOut, "topic \"\(topic)\" was created and can't be seen yet")
            }
        }
        try checkClock(topic)
    }

    /// - Throws: `unknownTopic`; `topicMismatch` when the topic is stamped by its writers.
    public func checkClock(_ topic: String) throws(EventLogError) {
        let settings = try patiently { (timeout) throws(EventLogError) in
            try topicAdministration.settings(of: topic, timeoutMilliseconds: timeout)
        }
        guard let settings else { throw EventLogError(.fatal, .unknownTopic, "there is no topic \"\(topic)\"") }
        guard settings.entries["message.timestamp.type"]?.value == "LogAppendTime" else {
            throw EventLogError(
                .fatal, .topicMismatch,
                "topic \"\(topic)\" must be stamped by the brokers: message.timestamp.type=LogAppendTime")
        }
    }
}
