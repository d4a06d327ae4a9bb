extension RecordBatch {
    /// Where the members of the header lie. Source: Kafka's protocol guide, "Record Batch".
    private enum Position {
        static let length = 8
        static let magic = 16
        static let checksum = 17
        static let attributes = 21
        static let lastOffsetDelta = 23
        static let baseTimestamp = 27
        static let maxTimestamp = 35
        static let producerID = 43
        static let producerEpoch = 51
        static let baseSequence = 53
        static let recordCount = 57
    }

    private static let magic: UInt8 = 2

    /// Fills the first `headerBytes` of `bytes` and computes the checksum.
    static func write(_ header: Header, to bytes: inout [UInt8]) {
        precondition(bytes.count >= headerBytes, "a batch begins with room for its header")
        put(Int64(0), at: 0, in: &bytes)
        put(Int32(truncatingIfNeeded: bytes.count - Position.length - 4), at: Position.length, in: &bytes)
        put(Int32(-1), at: 12, in: &bytes)
        bytes[Position.magic] = magic
        put(header.attributes, at: Position.attributes, in: &bytes)
        put(header.lastOffsetDelta, at: Position.lastOffsetDelta, in: &bytes)
        put(header.baseTimestamp, at: Position.baseTimestamp, in: &bytes)
        put(header.maxTimestamp, at: Position.maxTimestamp, in: &bytes)
        put(header.producerID, at: Position.producerID, in: &bytes)
        put(header.producerEpoch, at: Position.producerEpoch, in: &bytes)
        put(header.baseSequence, at: Position.baseSequence, in: &bytes)
        put(header.recordCount, at: Position.recordCount, in: &bytes)
        put(Int32(bitPattern: CRC32C.checksum(bytes, from: Position.attributes)), at: Position.checksum, in: &bytes)
    }

    /// Reads and checks the header and the checksum.
    static func readHeader(_ bytes: [UInt8]) throws(EventLogError) -> Header {
        guard bytes.count >= headerBytes else {
            throw EventLogError(
                .fatal, .corrupt, "a record batch has at least \(headerBytes) bytes, this one \(bytes.count)")
        }
        guard bytes.count <= bytesMax else {
            throw EventLogError(
                .fatal, .tooLarge, "a record batch has at most \(bytesMax) bytes, this one \(bytes.count)")
        }
        guard bytes[Position.magic] == magic else {
            throw EventLogError(
                .fatal, .unsupported,
                "record batches of format \(magic) are read, this one says \(bytes[Position.magic])")
        }
        let length: Int32 = get(Position.length, bytes)
        guard Int(length) == bytes.count - Position.length - 4 else {
            throw EventLogError(
                .fatal, .corrupt, "a record batch of \(bytes.count) bytes says that it has \(Int(length) + 12)")
        }
        let expected: Int32 = get(Position.checksum, bytes)
        guard Int32(bitPattern: CRC32C.checksum(bytes, from: Position.attributes)) == expected else {
            throw EventLogError(.fatal, .corrupt, "a record batch's checksum does not match its bytes")
        }
        let header = Header(
            attributes: get(Position.attributes, bytes), lastOffsetDelta: get(Position.lastOffsetDelta, bytes),
            baseTimestamp: get(Position.baseTimestamp, bytes), maxTimestamp: get(Position.maxTimestamp, bytes),
            producerID: get(Position.producerID, bytes), producerEpoch: get(Position.producerEpoch, bytes),
            baseSequence: get(Position.baseSequence, bytes), recordCount: get(Position.recordCount, bytes))
        guard header.recordCount >= 0, header.lastOffsetDelta >= 0 else {
            throw EventLogError(.fatal, .corrupt, "a record batch has a negative count")
        }
        return header
    }

    private static func put<Number: FixedWidthInteger>(_ value: Number, at position: Int, in bytes: inout [UInt8]) {
        for index in 0..<Number.bitWidth / 8 {
            bytes[position + index] = UInt8(truncatingIfNeeded: value >> (Number.bitWidth - 8 * (index + 1)))
        }
    }

    private static func get<Number: FixedWidthInteger>(_ position: Int, _ bytes: [UInt8]) -> Number {
        var value: Number = 0
        for index in 0..<Number.bitWidth / 8 {
            value = (value << 8) | Number(truncatingIfNeeded: bytes[position + index])
        }
        return value
    }
}
