/// One record of a batch. It shares the batch's bytes: keeping a record keeps the batch in memory.
public struct Record: Sendable {
    /// The record's place in its partition.
    public let offset: Int64
    /// Milliseconds since 1970 (UTC).
    public let timestamp: Int64
    private let bytes: [UInt8]
    private let fields: Fields

    /// Where the parts lie in `bytes`.
    struct Fields {
        var key: Range<Int>?
        var value: Range<Int>?
        var headers: Range<Int>
        var headerCount: Int
        /// Where the key's length begins.
        var tailStart: Int
    }

    init(offset: Int64, timestamp: Int64, bytes: [UInt8], fields: Fields) {
        self.offset = offset
        self.timestamp = timestamp
        self.bytes = bytes
        self.fields = fields
    }

    /// The key; nil when the record has none.
    public var key: ArraySlice<UInt8>? { fields.key.map { bytes[$0] } }

    /// The value; nil for a tombstone.
    public var value: ArraySlice<UInt8>? { fields.value.map { bytes[$0] } }

    /// The value without a copy; empty for a tombstone.
    public var valueSpan: Span<UInt8> {
        @_lifetime(borrow self) get { bytes.span.extracting(fields.value ?? 0..<0) }
    }

    /// The key without a copy; empty when the record has none.
    public var keySpan: Span<UInt8> {
        @_lifetime(borrow self) get { bytes.span.extracting(fields.key ?? 0..<0) }
    }

    /// Hides older records of its key, and is itself removed later, in a compacted topic.
    public var isTombstone: Bool { fields.value == nil }

    public var headers: RecordHeaders {
        RecordHeaders(count: fields.headerCount, encoded: Array(bytes[fields.headers]))
    }

    /// The key, value and headers as stored, for copying into another batch.
    var encodedTail: ArraySlice<UInt8> { bytes[fields.tailStart..<fields.headers.upperBound] }
}
