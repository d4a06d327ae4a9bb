import EventLog
import Terminal

/// Reads a topic's records, each partition in order.
struct EventScan {
    private let reader: any LogReader
    /// The ends that the partitions had at the start, until they are reached.
    private var ends: [TopicPartition: Int64] = [:]
    /// Partitions that are read from their very first record.
    private var whole: Set<TopicPartition> = []

    /// - Parameter execution: when it is an ARN, only its partition is read.
    /// - Throws: `EventLogError` when the topic is not there or the log can't be read.
    init(_ log: any TransactionalLog, topic: String, execution: String?, begin: ReadPosition) throws {
        guard let found = try log.topic(topic) else {
            throw BadInput("There is no topic \(topic); what its name begins with is set by --prefix.")
        }
        var partitions = Array(0..<found.partitions)
        if let execution, execution.hasPrefix("arn:") {
            partitions = [Murmur2.partition(of: execution.utf8, partitionCount: found.partitions)]
        }
        var positions: [TopicPartition: ReadPosition] = [:]
        for number in partitions {
            let partition = TopicPartition(topic, number)
            positions[partition] = begin
            ends[partition] = try log.endOffset(of: partition)
            if begin == .beginning, try log.beginOffset(of: partition) == 0 { whole.insert(partition) }
        }
        reader = try log.makeReader(positions)
    }

    /// Gives out the records, up to the ends that the partitions had, or for ever.
    /// - Parameter body: gets a batch's records of one partition, and whether the partition is read from its first record.
    mutating func run(isEndless: Bool, _ body: ([Record], Bool) -> Void) throws {
        defer { reader.close() }
        while isEndless || !isDone {
            for records in try reader.read(timeout: .seconds(10)) {
                let end = isEndless ? Int64.max : ends[records.partition] ?? 0
                for batch in records.batches {
                    let wanted = batch.filter { $0.offset < end }
                    if !wanted.isEmpty { body(wanted, whole.contains(records.partition)) }
                }
            }
        }
    }

    private var isDone: Bool {
        ends.allSatisfy { partition, end in (reader.position(of: partition) ?? 0) >= end }
    }
}
