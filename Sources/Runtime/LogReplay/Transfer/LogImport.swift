public import EventLog
import JSON
public import PartitionProcessor

/// Puts the records of an export on a log that has none of its topics yet.
public struct LogImport {
    /// As the export names them.
    public let names: TopicNames
    public private(set) var recordCount = 0
    /// Of the log it is put on; nil: as it was.
    private let eventPartitions: Int?
    private let appender: any LogAppender
    private var builders: [TopicPartition: RecordBatchBuilder] = [:]
    private var byteCount = 0
    private var partitionCounts: [String: Int] = [:]

    /// Longest line that is read.
    static let lineBytesMax = 256 << 20
    private static let appendBytes = 4 << 20

    /// - Parameters:
    ///   - nextLine: the file's next line, without its end; nil at the end of the file.
    ///   - eventPartitions: of the events on the new log; nil: as many as there were.
    /// - Throws: `ExportError` that names the line; `EventLogError`; what `nextLine` throws.
    public init(
        into log: any TransactionalLog, eventPartitions: Int? = nil, nextLine: () throws -> [UInt8]?
    ) throws {
        guard let first = try nextLine(), let header = try? JSONParser.parse(first),
            header["format"]?.string == LogExport.format, let prefix = header["prefix"]?.string,
            let topics = header["topics"]?.array
        else { throw ExportError("the first line is not that of a file that `steplog export` wrote") }
        guard let version = header["version"]?.number?.int64, version <= LogExport.version else {
            throw ExportError("the file was written by a newer Steplog; this one reads version \(LogExport.version)")
        }
        names = TopicNames(prefix: prefix)
        self.eventPartitions = eventPartitions
        for topic in topics {
            guard let name = topic["name"]?.string, let count = topic["partitions"]?.number?.int64,
                (1...10_000).contains(count)
            else { throw ExportError("line 1: a topic has a name and a number of partitions") }
            let partitions = name == names.events ? eventPartitions ?? Int(count) : Int(count)
            partitionCounts[name] = partitions
            try log.createTopic(
                name,
                TopicConfiguration(
                    partitions: partitions, cleanup: topic["isCompacted"]?.bool == true ? .compact : .delete))
        }
        appender = try log.makeAppender()
        defer { appender.close() }
        var number = 1
        while let line = try nextLine() {
            number += 1
            if line.isEmpty { continue }
            do throws(ExportError) {
                try add(line)
            } catch {
                throw ExportError("line \(number): \(error.description)")
            }
            if byteCount >= Self.appendBytes { try flush() }
        }
        try flush()
    }

    private mutating func add(_ line: [UInt8]) throws(ExportError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(line)
        } catch {
            throw ExportError("not JSON: \(error); was the file cut off?")
        }
        let record = try ExportRecord(value)
        guard let count = partitionCounts[record.topic] else {
            throw ExportError("the topic \(record.topic) is not in the header")
        }
        var partition = record.partition
        if eventPartitions != nil, record.topic == names.events, let key = record.key {
            partition = Murmur2.partition(of: key, partitionCount: count)
        }
        guard partition < count else { throw ExportError("the topic has no partition \(partition)") }
        builders[TopicPartition(record.topic, partition), default: RecordBatchBuilder()].append(
            key: record.key, value: record.value, headers: record.headers, timestamp: record.timestamp)
        byteCount += line.count
        recordCount += 1
    }

    private mutating func flush() throws {
        let batches = builders.sorted { $0.key < $1.key }.map { place, builder in
            var builder = builder
            return PartitionBatch(partition: place, batch: builder.finish())
        }
        if !batches.isEmpty { _ = try appender.append(batches) }
        builders = [:]
        byteCount = 0
    }
}
