// SAFETY: a message is read while the event that holds it is alive; its bytes are copied.
import CRDKafka
import EventLog
import Glibc

/// What one poll has gathered, partition by partition.
struct FetchedRecords {
    @safe private struct Slot {
        var partition: TopicPartition
        /// librdkafka's object for the topic: names it without a string.
        var topic: OpaquePointer
        var records = RecordCollector()
        /// Behind the last record looked at.
        var nextOffset: Int64
        /// Whether records of the partition are wanted.
        var isWanted: Bool
    }

    private var slots: [Slot] = []
    private var current = 0
    /// How many bytes of keys, values and headers there are.
    private(set) var byteCount = 0

    /// Whether no record was gathered.
    var isEmpty: Bool { byteCount == 0 }

    /// Adds a message unless it lies before the partition's position or the partition is not wanted.
    mutating func add(
        _ message: UnsafePointer<rd_kafka_message_t>, prefix: String,
        position: (TopicPartition) -> Int64?
    ) {
        unsafe findSlot(message, prefix: prefix, position: position)
        let offset = unsafe message.pointee.offset
        guard slots.indices.contains(current), slots[current].isWanted, offset >= slots[current].nextOffset else {
            return
        }
        let key = unsafe bytes(message.pointee.key, message.pointee.key_len)
        let value = unsafe bytes(message.pointee.payload, message.pointee.len)
        let headers = unsafe FetchedRecords.headers(of: message)
        unsafe slots[current].records.append(
            offset: offset, timestamp: max(0, rd_kafka_message_timestamp(message, nil)), key: key, value: value,
            headers: headers)
        slots[current].nextOffset = offset + 1
        // What a record takes at least, so that empty ones count as well.
        byteCount += unsafe 16 + (key?.count ?? 0) + (value?.count ?? 0) + 32 * headers.count
    }

    /// The records of each partition that has any. This value is spent afterwards.
    mutating func finish() -> [PartitionRecords] {
        var result: [PartitionRecords] = []
        for index in slots.indices where !slots[index].records.isEmpty {
            result.append(
                PartitionRecords(
                    partition: slots[index].partition, batches: slots[index].records.finish(),
                    nextOffset: slots[index].nextOffset))
        }
        return result
    }

    private mutating func findSlot(
        _ message: UnsafePointer<rd_kafka_message_t>, prefix: String, position: (TopicPartition) -> Int64?
    ) {
        guard let topic = unsafe message.pointee.rkt else { return }
        let number = unsafe Int(message.pointee.partition)
        func holds(_ slot: Slot) -> Bool { unsafe slot.topic == topic && slot.partition.partition == number }
        if slots.indices.contains(current), holds(slots[current]) { return }
        if let index = slots.firstIndex(where: holds) {
            current = index
            return
        }
        let name = unsafe String(cString: rd_kafka_topic_name(topic))
        let partition = TopicPartition(
            name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name, number)
        let wanted = position(partition)
        current = slots.count
        unsafe slots.append(
            Slot(partition: partition, topic: topic, nextOffset: wanted ?? 0, isWanted: wanted != nil))
    }

    private func bytes(_ start: UnsafeMutableRawPointer?, _ count: Int) -> UnsafeRawBufferPointer? {
        unsafe start.map { unsafe UnsafeRawBufferPointer(start: $0, count: count) }
    }

    private static func headers(of message: UnsafePointer<rd_kafka_message_t>) -> RecordHeaders {
        var list: OpaquePointer?
        guard unsafe rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list = unsafe list
        else { return .none }
        var headers = RecordHeaders()
        var index = 0
        while true {
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var count = 0
            guard unsafe rd_kafka_header_get_all(list, index, &name, &value, &count) == RD_KAFKA_RESP_ERR_NO_ERROR,
                let name = unsafe name
            else { return headers }
            let nameBytes = unsafe UnsafeRawBufferPointer(UnsafeBufferPointer(start: name, count: strlen(name)))
            let valueBytes = unsafe value.map { unsafe UnsafeRawBufferPointer(start: $0, count: count) }
            unsafe headers.append(name: nameBytes, value: valueBytes)
            index += 1
        }
    }
}
