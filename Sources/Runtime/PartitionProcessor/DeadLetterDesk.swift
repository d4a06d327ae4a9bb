public import EventLog

/// A record that could not be processed.
public struct DeadLetter: Sendable {
    /// On `deadletter`.
    public var number: Int64
    public var key: [UInt8]
    public var value: [UInt8]
    public var headers: RecordHeaders
    public var timestamp: Int64
    public var reason: String
    /// Where it stood.
    public var topic: String
    public var partition: Int
    public var offset: Int64

    init(_ record: Record) {
        number = record.offset
        key = Array(record.key ?? [])
        value = Array(record.value ?? [])
        headers = record.headers
        timestamp = record.timestamp
        reason = headers.text(DeadLetterHeader.reason) ?? ""
        topic = headers.text(DeadLetterHeader.topic) ?? ""
        partition = headers.text(DeadLetterHeader.partition).flatMap { Int($0) } ?? 0
        offset = headers.text(DeadLetterHeader.offset).flatMap { Int64($0) } ?? 0
    }
}

/// Shows the dead letters and puts them back where they came from, in their order.
public struct DeadLetterDesk: Sendable {
    private let log: any TransactionalLog
    private let layout: TopicLayout

    public init(log: any TransactionalLog, layout: TopicLayout) {
        self.log = log
        self.layout = layout
    }

    private var topic: TopicPartition { TopicPartition(layout.names.deadletter, 0) }

    /// Those that were not put back, the oldest first.
    /// - Throws: `EventLogError` of the log.
    public func letters() throws -> [DeadLetter] {
        try read().letters
    }

    private func read() throws -> (letters: [DeadLetter], end: Int64) {
        var letters: [DeadLetter] = []
        var retriedBefore: [[UInt8]: Int64] = [:]
        let end = try log.readToEnd(topic) { record in
            if let text = record.headers.text(DeadLetterHeader.retriedBefore) {
                retriedBefore[Array(record.key ?? [])] = Int64(text) ?? 0
            } else {
                letters.append(DeadLetter(record))
            }
        }
        return (letters.filter { $0.number >= retriedBefore[$0.key] ?? 0 }, end)
    }

    /// Puts the dead letters of one key back where they came from, in their order and in one transaction. An entity that was parked
    /// runs again once all of them are back; if another one came meanwhile, it stays parked, and a second retry takes that one.
    /// In place of an event or a checkpoint, which never left its topic, goes a command to read it again.
    /// - Returns: how many were put back.
    /// - Throws: `EventLogError` of the log.
    public func retry(key: [UInt8]) throws -> Int {
        let producer = try log.makeProducer(transactionalID: "\(layout.names.prefix).deadletter")
        defer { producer.close() }
        // Read behind the producer: another desk's retry has happened or never will.
        let (all, end) = try read()
        let letters = all.filter { $0.key == key }
        guard !letters.isEmpty else { return 0 }
        var builders: [TopicPartition: RecordBatchBuilder] = [:]
        for letter in letters {
            var headers = RecordHeaders()
            for header in letter.headers where !header.name.hasPrefix("steplog.") {
                headers.append(header.name, bytes: header.value)
            }
            headers.append(DeadLetterHeader.retry, letter.headers.text(DeadLetterHeader.parked) ?? "false")
            let isState = letter.topic == layout.names.events || letter.topic == layout.names.checkpoints
            let topic = isState ? layout.names.commands : letter.topic
            builders[TopicPartition(topic, letter.partition), default: RecordBatchBuilder()].append(
                key: key, value: isState ? [] : letter.value, headers: headers, timestamp: letter.timestamp)
        }
        var transaction = Transaction()
        for partition in builders.keys.sorted() {
            if var builder = builders[partition] { transaction.append(builder.finish(), to: partition) }
        }
        var headers = RecordHeaders()
        headers.append(DeadLetterHeader.retriedBefore, decimal: end)
        var mark = RecordBatchBuilder()
        mark.append(key: key, value: nil, headers: headers, timestamp: letters.last?.timestamp ?? 0)
        transaction.append(mark.finish(), to: topic)
        try producer.commit(transaction, attempts: 11)
        return letters.count
    }
}
