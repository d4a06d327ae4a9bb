/// Collects records that come one by one, each with its offset, into a batch at those offsets: what a client library
/// that hands out single messages has fetched. Offsets only grow and may have gaps.
public struct RecordCollector: Sendable {
    private var bytes: [UInt8] = []
    private var baseOffset: Int64 = 0
    private var baseTimestamp: Int64 = 0
    private var maxTimestamp: Int64 = 0
    private var lastOffset: Int64 = 0
    private var count: Int32 = 0
    private var closed: [RecordBatch] = []
    /// A batch of this size is closed and the next one begun.
    private static let batchBytesMax = 4 << 20

    public init() {}

    /// Whether no record was added.
    public var isEmpty: Bool { count == 0 && closed.isEmpty }

    /// Adds a record. `key` and `value` nil are Kafka's null; `timestamp` is in milliseconds since 1970 (UTC).
    public mutating func append(
        offset: Int64, timestamp: Int64, key: (some Collection<UInt8>)?, value: (some Collection<UInt8>)?,
        headers: RecordHeaders
    ) {
        if bytes.count >= Self.batchBytesMax || offset - baseOffset >= Int64(Int32.max) { closeBatch() }
        if count == 0 { begin(offset, timestamp) }
        let timestampDelta = timestamp &- baseTimestamp
        let offsetDelta = offset - baseOffset
        let keyLength = Int64(key?.count ?? -1)
        let valueLength = Int64(value?.count ?? -1)
        let bodyCount =
            1 + Varint.width(timestampDelta) + Varint.width(offsetDelta) + Varint.width(keyLength) + (key?.count ?? 0)
            + Varint.width(valueLength) + (value?.count ?? 0) + Varint.width(Int64(headers.count))
            + headers.encoded.count
        Varint.append(Int64(bodyCount), to: &bytes)
        bytes.append(0)
        Varint.append(timestampDelta, to: &bytes)
        Varint.append(offsetDelta, to: &bytes)
        Varint.append(keyLength, to: &bytes)
        if let key { bytes.append(contentsOf: key) }
        Varint.append(valueLength, to: &bytes)
        if let value { bytes.append(contentsOf: value) }
        Varint.append(Int64(headers.count), to: &bytes)
        bytes.append(contentsOf: headers.encoded)
        count += 1
        lastOffset = offset
        maxTimestamp = max(maxTimestamp, timestamp)
    }

    /// The batches of all records added, in order, at their offsets. The collector is as new afterwards.
    public mutating func finish() -> [RecordBatch] {
        closeBatch()
        defer { closed = [] }
        return closed
    }

    private mutating func begin(_ offset: Int64, _ timestamp: Int64) {
        bytes.append(contentsOf: repeatElement(0, count: RecordBatch.headerBytes))
        baseOffset = offset
        baseTimestamp = timestamp
        maxTimestamp = timestamp
    }

    private mutating func closeBatch() {
        guard count > 0 else { return }
        let header = RecordBatch.Header(
            lastOffsetDelta: Int32(truncatingIfNeeded: lastOffset - baseOffset), baseTimestamp: baseTimestamp,
            maxTimestamp: maxTimestamp, recordCount: count)
        var finished: [UInt8] = []
        swap(&finished, &bytes)
        count = 0
        RecordBatch.write(header, to: &finished)
        closed.append(RecordBatch(sealed: finished, header: header).placed(at: baseOffset))
    }
}
