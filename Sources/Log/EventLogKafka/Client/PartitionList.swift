// SAFETY: the list belongs to this object, which frees it when nobody uses it any more; an element is looked at by its
// index below the count, within one call.
import CRDKafka
import EventLog

/// librdkafka's list of partitions with offsets, under the contract's names.
@safe final class PartitionList {
    let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
    private let prefix: String

    /// An element: what was asked, or what was answered.
    struct Element {
        var partition: TopicPartition
        var offset: Int64
        var error: LibraryError?
    }

    /// - Parameter prefix: what stands before a topic's name on the brokers.
    init(_ elements: [TopicPartition: Int64], prefix: String) {
        self.prefix = prefix
        unsafe pointer = rd_kafka_topic_partition_list_new(Int32(clamping: elements.count))
        for (partition, offset) in elements.sorted(by: { $0.key < $1.key }) {
            let element = unsafe rd_kafka_topic_partition_list_add(
                pointer, prefix + partition.topic, Int32(clamping: partition.partition))
            unsafe element?.pointee.offset = offset
        }
    }

    /// The partitions of topics, for a subscription.
    init(topics: [String], prefix: String) {
        self.prefix = prefix
        unsafe pointer = rd_kafka_topic_partition_list_new(Int32(clamping: topics.count))
        for topic in topics {
            _ = unsafe rd_kafka_topic_partition_list_add(pointer, prefix + topic, RD_KAFKA_PARTITION_UA)
        }
    }

    deinit { unsafe rd_kafka_topic_partition_list_destroy(pointer) }

    var elements: [Element] { unsafe PartitionList.elements(of: UnsafePointer(pointer), prefix: prefix) }

    /// What a list that belongs to someone else holds.
    static func elements(
        of list: UnsafePointer<rd_kafka_topic_partition_list_t>, prefix: String
    ) -> [Element] {
        (0..<max(0, Int(unsafe list.pointee.cnt))).map { index in
            let element = unsafe list.pointee.elems[index]
            let name = unsafe String(cString: element.topic)
            let topic = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
            return unsafe Element(
                partition: TopicPartition(topic, Int(element.partition)), offset: element.offset,
                error: element.err == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : LibraryError(element.err))
        }
    }
}
