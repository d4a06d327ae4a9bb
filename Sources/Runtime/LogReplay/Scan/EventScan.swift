public import Engine
public import EventLog
public import PartitionProcessor

/// Reads the events of executions from a log, partition by partition, in order. A record that can't be read is noted as damage of
/// its execution, and the rest is read on.
public struct EventScan: Sendable {
    /// An event with its place.
    public struct Found {
        public let executionArn: String
        public let event: Event
        public let partition: Int
        public let offset: Int64
    }

    public let log: any TransactionalLog
    public let names: TopicNames
    /// Of `events`.
    public let partitionCount: Int

    /// - Throws: `unknownTopic` when the log is not one of Steplog's, or has another prefix.
    public init(log: any TransactionalLog, names: TopicNames) throws(EventLogError) {
        self.log = log
        self.names = names
        guard let topic = try log.topic(names.events) else {
            throw EventLogError(
                .fatal, .unknownTopic, "there is no topic \"\(names.events)\": is the prefix \"\(names.prefix)\" right?"
            )
        }
        partitionCount = topic.partitions
    }

    /// Hands each event of the selected executions to `body`.
    /// - Returns: the records that could not be read.
    @discardableResult
    public func run(_ selection: LogSelection = LogSelection(), _ body: (Found) throws -> Void) throws -> [LogDamage] {
        var damage: [LogDamage] = []
        for partition in partitions(of: selection) {
            var filter = ExecutionFilter(selection)
            let place = TopicPartition(names.events, partition)
            var decoder = EventDecoder()
            try log.readToEnd(place, from: selection.from.map(ReadPosition.time) ?? .beginning) { record in
                guard let key = record.key, !RegistryRecord.isKey(key) else { return }
                let arn = String(decoding: key, as: UTF8.self)
                guard filter.mayTake(arn, record) else { return }
                let event: Event
                do throws(CodecError) {
                    event = try decoder.next(record.valueSpan).event
                } catch {
                    return damage.append(
                        LogDamage(
                            executionArn: arn, partition: partition, offset: record.offset, reason: error.message))
                }
                guard filter.takes(arn, event) else { return }
                try body(Found(executionArn: arn, event: event, partition: partition, offset: record.offset))
            }
        }
        return damage
    }

    /// Executions that are named have their partitions.
    private func partitions(of selection: LogSelection) -> [Int] {
        guard let executions = selection.executions else { return Array(0..<partitionCount) }
        return Set(executions.map { Murmur2.partition(of: $0.utf8, partitionCount: partitionCount) }).sorted()
    }
}
