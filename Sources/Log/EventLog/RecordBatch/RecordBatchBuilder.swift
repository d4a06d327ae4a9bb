/// Encodes records one behind the other into one buffer: a record batch as Kafka stores it (message format v2).
///
///     var builder = RecordBatchBuilder()
///     builder.append(key: key, headers: headers, timestamp: now) { bytes in writeEvent(event, to: &bytes) }
///     transaction.append(builder.finish(), to: partition)
///
/// Source: Kafka's protocol guide, "Record Batch" and "Record".
public struct RecordBatchBuilder: Sendable {
    /// How many records there are.
    public private(set) var count = 0
    private var bytes: [UInt8]
    private var baseTimestamp: Int64 = 0
    private var maxTimestamp: Int64 = .min
    private var lastOffsetDelta: Int64 = -1

    /// - Parameter capacity: how many bytes to make room for at first.
    public init(capacity: Int = 4096) {
        bytes = []
        bytes.reserveCapacity(capacity)
        bytes.append(contentsOf: repeatElement(0, count: RecordBatch.headerBytes))
    }

    /// The size of the batch as it stands.
    public var byteCount: Int { bytes.count }
    public var isEmpty: Bool { count == 0 }

    /// Adds a record. `value` nil makes a tombstone. `timestamp` is in milliseconds since 1970 (UTC).
    public mutating func append(
        key: [UInt8]?, value: [UInt8]?, headers: RecordHeaders = .none, timestamp: Int64
    ) {
        let prefix = prefix(key: key, timestamp: timestamp)
        let valueLength = Int64(value?.count ?? -1)
        let bodyCount =
            prefix.bodyBytes + Varint.width(valueLength) + (value?.count ?? 0)
            + Varint.width(Int64(headers.count)) + headers.encoded.count
        Varint.append(Int64(bodyCount), to: &bytes)
        appendPrefix(prefix, key: key)
        Varint.append(valueLength, to: &bytes)
        if let value { bytes.append(contentsOf: value) }
        Varint.append(Int64(headers.count), to: &bytes)
        bytes.append(contentsOf: headers.encoded)
        recordWasAdded(offsetDelta: prefix.offsetDelta, timestamp: timestamp)
    }

    /// Adds a record whose value `write` appends straight to the batch; `write` may do nothing else to its argument than
    /// append. When it throws, the record is not added.
    public mutating func append<Failure: Error>(
        key: [UInt8]?, headers: RecordHeaders = .none, timestamp: Int64,
        value write: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        // Both lengths stand before what they measure: two bytes each are right for 64 to 8,191, else the rest is moved.
        let expectedWidth = 2
        let start = bytes.count
        let prefix = prefix(key: key, timestamp: timestamp)
        bytes.append(contentsOf: repeatElement(0, count: expectedWidth))
        appendPrefix(prefix, key: key)
        let valueLengthPosition = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: expectedWidth))
        let valueStart = bytes.count
        do {
            try write(&bytes)
        } catch {
            bytes.removeSubrange(start...)
            throw error
        }
        let valueCount = bytes.count - valueStart
        Varint.append(Int64(headers.count), to: &bytes)
        bytes.append(contentsOf: headers.encoded)
        putLength(valueCount, at: valueLengthPosition, room: expectedWidth)
        putLength(bytes.count - start - expectedWidth, at: start, room: expectedWidth)
        recordWasAdded(offsetDelta: prefix.offsetDelta, timestamp: timestamp)
    }

    /// Adds a record of another batch under the offset `base + offsetDelta`, larger than the last one's.
    mutating func append(copyOf record: Record, offsetDelta: Int64) {
        if count == 0 { baseTimestamp = record.timestamp }
        let timestampDelta = record.timestamp &- baseTimestamp
        let tail = record.encodedTail
        let bodyCount = 1 + Varint.width(timestampDelta) + Varint.width(offsetDelta) + tail.count
        Varint.append(Int64(bodyCount), to: &bytes)
        bytes.append(0)
        Varint.append(timestampDelta, to: &bytes)
        Varint.append(offsetDelta, to: &bytes)
        bytes.append(contentsOf: tail)
        recordWasAdded(offsetDelta: offsetDelta, timestamp: record.timestamp)
    }

    /// Writes the header and checksum. The builder is as new afterwards, without its memory.
    /// - Parameter change: sets what the header says of the producer and of transactions.
    public mutating func finish(_ change: (inout RecordBatch.Header) -> Void = { _ in }) -> RecordBatch {
        var header = RecordBatch.Header(
            lastOffsetDelta: Int32(truncatingIfNeeded: max(lastOffsetDelta, 0)), baseTimestamp: baseTimestamp,
            maxTimestamp: count == 0 ? baseTimestamp : maxTimestamp, recordCount: Int32(truncatingIfNeeded: count))
        change(&header)
        var finished: [UInt8] = []
        swap(&finished, &bytes)
        RecordBatch.write(header, to: &finished)
        self = RecordBatchBuilder(capacity: RecordBatch.headerBytes)
        return RecordBatch(sealed: finished, header: header)
    }

    /// What stands between a record's length and its key's bytes.
    private struct Prefix {
        var timestampDelta: Int64
        var offsetDelta: Int64
        /// Attributes, deltas, the key's length and the key.
        var bodyBytes: Int
    }

    private mutating func prefix(key: [UInt8]?, timestamp: Int64) -> Prefix {
        if count == 0 { baseTimestamp = timestamp }
        let timestampDelta = timestamp &- baseTimestamp
        let offsetDelta = lastOffsetDelta + 1
        let keyBytes = Varint.width(Int64(key?.count ?? -1)) + (key?.count ?? 0)
        return Prefix(
            timestampDelta: timestampDelta, offsetDelta: offsetDelta,
            bodyBytes: 1 + Varint.width(timestampDelta) + Varint.width(offsetDelta) + keyBytes)
    }

    private mutating func appendPrefix(_ prefix: Prefix, key: [UInt8]?) {
        bytes.append(0)
        Varint.append(prefix.timestampDelta, to: &bytes)
        Varint.append(prefix.offsetDelta, to: &bytes)
        Varint.append(Int64(key?.count ?? -1), to: &bytes)
        if let key { bytes.append(contentsOf: key) }
    }

    private mutating func putLength(_ length: Int, at position: Int, room: Int) {
        let width = Varint.width(Int64(length))
        if width < room {
            bytes.removeSubrange(position..<position + room - width)
        } else if width > room {
            bytes.insert(contentsOf: repeatElement(0, count: width - room), at: position)
        }
        Varint.write(Int64(length), to: &bytes, at: position)
    }

    private mutating func recordWasAdded(offsetDelta: Int64, timestamp: Int64) {
        count += 1
        lastOffsetDelta = offsetDelta
        maxTimestamp = max(maxTimestamp, timestamp)
    }
}
