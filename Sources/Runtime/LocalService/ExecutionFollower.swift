public import Engine
public import EventLog
public import JSON
import PartitionProcessor

/// Reads one execution's events from the log as they come.
public final class ExecutionFollower: Sendable {
    private let executionArn: String
    private let reader: any LogReader

    /// Begins with the execution's first event.
    public init(_ service: LocalEngine, executionArn: String) throws(EventLogError) {
        self.executionArn = executionArn
        let partition = service.layout.partition(ofEntity: executionArn)
        reader = try service.log.makeReader([TopicPartition(service.layout.names.events, partition): .beginning])
    }

    /// The next events and their records, in order. Waits up to `timeout` for the first; none when `wake` was called.
    /// - Throws: `EventLogError`, or `CodecError` for a record that can't be read.
    public func next(timeout: Duration) throws -> [(event: Event, record: JSONValue)] {
        var found: [(event: Event, record: JSONValue)] = []
        for records in try reader.read(timeout: timeout) {
            for batch in records.batches {
                for record in batch {
                    if let key = record.key, RegistryRecord.isKey(key) { continue }
                    let (arn, event) = try EventDecoder.decode(record.valueSpan)
                    if arn == executionArn { found.append((event, try JSONParser.parse(record.valueSpan))) }
                }
            }
        }
        return found
    }

    /// Ends a `next` that waits. From any thread.
    public func wake() { reader.wake() }
}
