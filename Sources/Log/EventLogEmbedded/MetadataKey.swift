import EventLog

/// How the log's own state is named and written in the storage's metadata.
enum MetadataKey {
    /// The epoch of a transactional id.
    static func producer(_ transactionalID: String) -> String { "producer/\(transactionalID)" }

    /// A group's committed offset. A topic's name holds no slash, so the parts can be told apart from the right.
    static func offset(_ group: String, _ partition: TopicPartition) -> String {
        "offset/\(group)/\(partition.topic)/\(partition.partition)"
    }

    /// Eight bytes, highest first.
    static func bytes(_ number: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    /// The number in `bytes`; nil for nil and for anything but eight bytes.
    static func number(_ bytes: [UInt8]?) -> Int64? {
        guard let bytes, bytes.count == 8 else { return nil }
        return bytes.reduce(0) { ($0 << 8) | Int64($1) }
    }
}
