// SAFETY: lists are owned by `PartitionList` for the time of the call.
import CRDKafka
public import EventLog

extension KafkaLog {
    public func beginOffset(of partition: TopicPartition) throws(EventLogError) -> Int64 {
        try offset(partition, atTime: Int64(RD_KAFKA_OFFSET_BEGINNING)) ?? 0
    }

    public func endOffset(of partition: TopicPartition) throws(EventLogError) -> Int64 {
        try offset(partition, atTime: Int64(RD_KAFKA_OFFSET_END)) ?? 0
    }

    public func offset(
        of partition: TopicPartition, atOrAfter timestamp: Int64
    ) throws(EventLogError) -> Int64? {
        try offset(partition, atTime: max(timestamp, 0))
    }

    /// Where each position is now.
    func resolve(_ positions: [TopicPartition: ReadPosition]) throws(EventLogError) -> [TopicPartition: Int64] {
        var resolved: [TopicPartition: Int64] = [:]
        for (partition, position) in positions.sorted(by: { $0.key < $1.key }) {
            try requirePartition(partition)
            switch position {
            case .beginning: resolved[partition] = try beginOffset(of: partition)
            case .end: resolved[partition] = try endOffset(of: partition)
            case .offset(let offset): resolved[partition] = offset
            case .time(let timestamp):
                if let offset = try offset(of: partition, atOrAfter: timestamp) {
                    resolved[partition] = offset
                } else {
                    resolved[partition] = try endOffset(of: partition)
                }
            }
        }
        return resolved
    }

    /// - Throws: `unknownTopic`.
    func requirePartition(_ partition: TopicPartition) throws(EventLogError) {
        let count = try patiently { (timeout) throws(EventLogError) -> Int? in
            try topicDirectory.partitionCount(of: partition.topic, timeoutMilliseconds: timeout)
        }
        guard let count else {
            throw EventLogError(.fatal, .unknownTopic, "there is no topic \"\(partition.topic)\"")
        }
        guard (0..<count).contains(partition.partition) else {
            throw EventLogError(
                .fatal, .unknownTopic,
                "topic \"\(partition.topic)\" has \(count) partitions, 0 to \(count - 1), and no \(partition.partition)"
            )
        }
    }

    /// The first offset with a timestamp of `time` (milliseconds) or later; nil when there is none. The times -1 and -2
    /// stand for the end and the beginning. Source: Kafka's ListOffsets request.
    private func offset(_ partition: TopicPartition, atTime time: Int64) throws(EventLogError) -> Int64? {
        try checkOpen()
        try requirePartition(partition)
        return try patiently { (timeout) throws(EventLogError) -> Int64? in
            let list = PartitionList([partition: time], prefix: configuration.namePrefix)
            let code = unsafe rd_kafka_offsets_for_times(administration.client, list.pointer, timeout)
            let answer = list.elements.first
            if let error = answer?.error ?? LibraryError.of(code) {
                if error.eventLogCode == .unknownTopic { topicDirectory.forget(partition.topic) }
                // Newer librdkafka does not look by itself for a broker that has left and come back.
                if error.code == RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE {
                    topicDirectory.forget(partition.topic)
                    _ = try topicDirectory.partitionCount(of: partition.topic, timeoutMilliseconds: timeout)
                }
                throw error.eventLogError("the brokers did not say where \(partition) begins or ends")
            }
            return answer.flatMap { $0.offset >= 0 ? $0.offset : nil }
        }
    }

    public func committedOffsets(
        of group: String, for partitions: [TopicPartition]
    ) throws(EventLogError) -> [TopicPartition: Int64] {
        guard !partitions.isEmpty else { return [:] }
        let prefix = configuration.namePrefix
        let asked = PartitionList(
            Dictionary(partitions.map { ($0, 0) }) { first, _ in first }, prefix: prefix)
        let answered = try patiently { (timeout) throws(EventLogError) in
            try unsafe KafkaRequest.send(
                from: administration, timeoutMilliseconds: timeout, "reading the offsets of group \"\(group)\""
            ) { queue in
                let request = unsafe rd_kafka_ListConsumerGroupOffsets_new(prefix + group, asked.pointer)
                defer { unsafe rd_kafka_ListConsumerGroupOffsets_destroy(request) }
                let options = unsafe rd_kafka_AdminOptions_new(
                    administration.client, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS)
                defer { unsafe rd_kafka_AdminOptions_destroy(options) }
                // Offsets of a transaction under way are waited for. The object returned is NULL: the option fits.
                _ = unsafe LibraryError(consuming: rd_kafka_AdminOptions_set_require_stable_offsets(options, 1))
                var requests = unsafe [request]
                unsafe rd_kafka_ListConsumerGroupOffsets(administration.client, &requests, 1, options, queue)
                return nil
            } read: { (event) throws(LibraryError) in
                try unsafe KafkaLog.groupOffsets(event, prefix: prefix)
            }
        }
        return Dictionary(answered.filter { $0.offset >= 0 }.map { ($0.partition, $0.offset) }) { first, _ in first }
    }

    private static func groupOffsets(
        _ event: OpaquePointer, prefix: String
    ) throws(LibraryError) -> [PartitionList.Element] {
        var count = 0
        guard let result = unsafe rd_kafka_event_ListConsumerGroupOffsets_result(event),
            let groups = unsafe rd_kafka_ListConsumerGroupOffsets_result_groups(result, &count), count > 0
        else { return [] }
        if let error = unsafe rd_kafka_group_result_error(groups[0]) {
            throw unsafe LibraryError(rd_kafka_error_code(error), text: String(cString: rd_kafka_error_string(error)))
        }
        guard let list = unsafe rd_kafka_group_result_partitions(groups[0]) else { return [] }
        let elements = unsafe PartitionList.elements(of: list, prefix: prefix)
        if let error = elements.compactMap(\.error).first { throw error }
        return elements
    }
}
