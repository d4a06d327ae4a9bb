/// Reads committed records of chosen partitions, without a group.
public protocol LogReader: AnyObject, Sendable {
    /// The next records, some from each partition that has any; about `ReadLimit.bytes` at most.
    /// Waits up to `timeout` for the first; empty when none came or `wake` was called.
    /// - Throws: `offsetOutOfRange` when the next record is gone.
    func read(timeout: Duration) throws(EventLogError) -> [PartitionRecords]

    /// The offset of the next record to read; nil for a partition that this reader does not read.
    func position(of partition: TopicPartition) -> Int64?

    /// Goes on from `position`. The partition need not be among those the reader began with.
    func seek(_ partition: TopicPartition, to position: ReadPosition) throws(EventLogError)

    /// Makes the `read` under way, or else the next one, return at once. From any thread.
    func wake()

    /// Lets go of the reader.
    func close()
}

/// How much one call reads.
public enum ReadLimit {
    /// About how many bytes of batches a `LogReader.read` returns at most; at least one batch comes whatever its size.
    public static let bytes = 4 << 20
}

/// Where to begin reading a partition.
public enum ReadPosition: Sendable, Hashable {
    /// The first record that is kept.
    case beginning
    /// After the last record that is committed when reading begins.
    case end
    case offset(Int64)
    /// The first record with this timestamp or a later one (milliseconds since 1970, UTC); the end when there is none.
    case time(Int64)
}

extension TransactionalLog {
    /// Hands every record of `partition` from `start` to the end as it is now to `body`, in order.
    /// - Returns: the offset to go on from.
    @discardableResult
    public func readToEnd(
        _ partition: TopicPartition, from start: ReadPosition = .beginning,
        _ body: (Record) throws -> Void
    ) throws -> Int64 {
        let end = try endOffset(of: partition)
        let reader = try makeReaderToEnd([partition: start])
        defer { reader.close() }
        let first = reader.position(of: partition)
        while let position = reader.position(of: partition), position < end {
            for records in try reader.read(timeout: .seconds(10)) {
                for batch in records.batches {
                    for record in batch where record.offset < end { try body(record) }
                }
            }
        }
        // Not the reader's position: what came meanwhile may have been read with the rest, and was not given to `body`.
        return max(end, first ?? end)
    }
}
