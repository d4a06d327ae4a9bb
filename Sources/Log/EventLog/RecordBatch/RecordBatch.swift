/// Consecutive records of one partition in one buffer, as Kafka stores them (message format v2), and where they lie.
///
/// A batch is a sequence of its records. It is validated once, when it is made: reading it cannot fail.
/// Source: Kafka's protocol guide, "Record Batch". A batch on its way to a log has base offset 0.
public struct RecordBatch: Sendable {
    /// The offset of the first record that was written in this batch. Kept beside the bytes, whose own first eight are
    /// not looked at, so that giving a batch its place copies nothing.
    public var baseOffset: Int64
    /// The encoded batch; the checksum does not cover the base offset.
    public let bytes: [UInt8]
    public let header: Header
    /// Records below this offset are left out of iteration.
    public private(set) var firstOffset: Int64

    /// The size of an encoded batch without records.
    public static let headerBytes = 61
    /// The largest batch that is read or written; lengths are 32 bits on the wire. 256 MiB.
    public static let bytesMax = 256 << 20

    /// What a batch says about itself.
    public struct Header: Sendable, Equatable {
        /// Bits 0-2 compression, bit 3 log-append time, bit 4 transactional, bit 5 control.
        public var attributes: Int16 = 0
        /// The last record's offset, or a higher one that was once there, less the base offset.
        public var lastOffsetDelta: Int32
        public var baseTimestamp: Int64
        public var maxTimestamp: Int64
        public var producerID: Int64 = -1
        public var producerEpoch: Int16 = -1
        public var baseSequence: Int32 = -1
        public var recordCount: Int32

        /// The records are compressed: they cannot be iterated here.
        public var isCompressed: Bool { attributes & 0x07 != 0 }
        /// The log has put its own timestamp in the place of the records'.
        public var hasAppendTimestamp: Bool { attributes & 0x08 != 0 }
        /// Written in a transaction of Kafka's protocol.
        public var isTransactional: Bool { attributes & 0x10 != 0 }
        /// Holds a commit or abort marker and no record for readers.
        public var isControl: Bool { attributes & 0x20 != 0 }
    }

    /// A batch whose bytes the builder has made.
    init(sealed bytes: [UInt8], header: Header) {
        baseOffset = 0
        firstOffset = 0
        self.bytes = bytes
        self.header = header
    }

    /// Checks lengths, checksum and every record of `bytes`.
    /// - Throws: `corrupt` with what is wrong; `tooLarge` above `bytesMax`.
    public init(decoding bytes: [UInt8], baseOffset: Int64) throws(EventLogError) {
        header = try RecordBatch.readHeader(bytes)
        self.bytes = bytes
        self.baseOffset = baseOffset
        firstOffset = baseOffset
        if !header.isCompressed { try validateRecords() }
    }

    /// The offset after the last one that the batch takes up.
    public var endOffset: Int64 { baseOffset + Int64(header.lastOffsetDelta) + 1 }

    /// How many records the batch holds, those below `firstOffset` included.
    public var count: Int { Int(header.recordCount) }

    /// The same batch at another place.
    public func placed(at baseOffset: Int64) -> RecordBatch {
        var copy = self
        copy.baseOffset = baseOffset
        copy.firstOffset = baseOffset
        return copy
    }

    /// The same batch without the records below `offset`.
    public func starting(at offset: Int64) -> RecordBatch {
        var copy = self
        copy.firstOffset = Swift.max(offset, baseOffset)
        return copy
    }

    private func validateRecords() throws(EventLogError) {
        var records = RecordCursor(self)
        var lastDelta: Int64 = -1
        for index in 0..<count {
            guard let record = records.next() else {
                throw EventLogError(
                    .fatal, .corrupt, "record \(index) of the batch at offset \(baseOffset) is malformed")
            }
            let delta = record.offset - baseOffset
            guard delta > lastDelta, delta <= Int64(header.lastOffsetDelta) else {
                throw EventLogError(
                    .fatal, .corrupt, "record \(index) of the batch at offset \(baseOffset) is out of order")
            }
            lastDelta = delta
        }
        guard records.isAtEnd else {
            throw EventLogError(.fatal, .corrupt, "bytes follow the last record of the batch at offset \(baseOffset)")
        }
    }
}

extension RecordBatch: Sequence {
    /// Records from `firstOffset` on; nothing for a control batch or a compressed one.
    public func makeIterator() -> Iterator { Iterator(self) }

    public struct Iterator: IteratorProtocol {
        private var cursor: RecordCursor
        private let firstOffset: Int64
        private var remaining: Int

        fileprivate init(_ batch: RecordBatch) {
            cursor = RecordCursor(batch)
            firstOffset = batch.firstOffset
            remaining = batch.header.isCompressed || batch.header.isControl ? 0 : batch.count
        }

        public mutating func next() -> Record? {
            while remaining > 0 {
                remaining -= 1
                guard let record = cursor.next() else { return nil }
                if record.offset >= firstOffset { return record }
            }
            return nil
        }
    }
}
