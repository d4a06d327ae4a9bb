/// Walks over the records of an uncompressed batch.
struct RecordCursor {
    private let bytes: [UInt8]
    private let baseOffset: Int64
    private let baseTimestamp: Int64
    /// Of a batch stamped by the log, whose records all have its one timestamp.
    private let appendTimestamp: Int64?
    private(set) var position = RecordBatch.headerBytes

    init(_ batch: RecordBatch) {
        bytes = batch.bytes
        baseOffset = batch.baseOffset
        baseTimestamp = batch.header.baseTimestamp
        appendTimestamp = batch.header.hasAppendTimestamp ? batch.header.maxTimestamp : nil
    }

    var isAtEnd: Bool { position == bytes.count }

    /// The record at the cursor; nil when the bytes there are none.
    mutating func next() -> Record? {
        guard let length = Varint.read(bytes, at: &position, end: bytes.count), length > 0,
            length <= bytes.count - position
        else { return nil }
        let end = position + Int(length)
        position += 1
        guard let timestampDelta = Varint.read(bytes, at: &position, end: end),
            let offsetDelta = Varint.read(bytes, at: &position, end: end),
            offsetDelta >= 0, offsetDelta <= Int64(Int32.max)
        else { return nil }
        let tailStart = position
        guard case .some(let key) = field(end: end), case .some(let value) = field(end: end),
            let headerCount = Varint.read(bytes, at: &position, end: end), headerCount >= 0, headerCount <= length
        else { return nil }
        let headersStart = position
        for _ in 0..<headerCount {
            guard case .some(.some) = field(end: end), case .some = field(end: end) else { return nil }
        }
        guard position == end else { return nil }
        let fields = Record.Fields(
            key: key, value: value, headers: headersStart..<end, headerCount: Int(headerCount), tailStart: tailStart)
        return Record(
            offset: baseOffset + offsetDelta, timestamp: appendTimestamp ?? (baseTimestamp &+ timestampDelta),
            bytes: bytes, fields: fields)
    }

    /// A length and as many bytes: their range, nil inside for length -1, nil outside when there is no such thing.
    private mutating func field(end: Int) -> Range<Int>?? {
        guard let length = Varint.read(bytes, at: &position, end: end) else { return .none }
        if length == -1 { return .some(nil) }
        guard length >= 0, length <= end - position else { return .none }
        let start = position
        position += Int(length)
        return .some(start..<position)
    }
}
