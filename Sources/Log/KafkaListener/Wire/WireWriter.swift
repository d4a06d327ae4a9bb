import EventLog
import NIOCore

/// Writes the primitive types of Kafka's protocol. The counterpart of `WireReader`.
struct WireWriter {
    private(set) var buffer: ByteBuffer
    let isFlexible: Bool

    init(_ buffer: ByteBuffer = ByteBuffer(), isFlexible: Bool) {
        self.buffer = buffer
        self.isFlexible = isFlexible
    }

    mutating func int8(_ value: Int8) { buffer.writeInteger(value) }
    mutating func int16(_ value: Int16) { buffer.writeInteger(value) }
    mutating func int32(_ value: Int32) { buffer.writeInteger(value) }
    mutating func int64(_ value: Int64) { buffer.writeInteger(value) }
    mutating func bool(_ value: Bool) { buffer.writeInteger(value ? 1 as UInt8 : 0) }
    mutating func error(_ value: ErrorCode) { int16(value.rawValue) }

    mutating func string(_ value: String?) {
        length(value?.utf8.count, Int16.self)
        if let value { buffer.writeString(value) }
    }

    mutating func bytes(_ value: [UInt8]?) {
        length(value?.count, Int32.self)
        if let value { buffer.writeBytes(value) }
    }

    mutating func array<Elements: Collection>(
        _ elements: Elements, _ write: (inout WireWriter, Elements.Element) throws -> Void
    ) rethrows {
        length(elements.count, Int32.self)
        for element in elements { try write(&self, element) }
    }

    mutating func nilArray() { length(nil, Int32.self) }

    /// Batches one behind the other at their places, as a field of bytes.
    mutating func records(_ batches: some Collection<RecordBatch>) {
        let byteCount = batches.reduce(0) { $0 + $1.bytes.count }
        length(byteCount, Int32.self)
        buffer.reserveCapacity(minimumWritableBytes: byteCount)
        for batch in batches {
            int64(batch.baseOffset)
            buffer.writeBytes(batch.bytes[8..<12])
            int32(Broker.leaderEpoch)
            buffer.writeBytes(batch.bytes[16...])
        }
    }

    /// No tagged fields.
    mutating func tags() {
        if isFlexible { unsignedVarint(0) }
    }

    private mutating func length<Number: FixedWidthInteger>(_ length: Int?, _ type: Number.Type) {
        if isFlexible {
            unsignedVarint((length ?? -1) + 1)
        } else {
            buffer.writeInteger(Number(truncatingIfNeeded: length ?? -1))
        }
    }

    mutating func unsignedVarint(_ value: Int) {
        var rest = value
        while rest > 0x7f {
            buffer.writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        buffer.writeInteger(UInt8(truncatingIfNeeded: rest))
    }
}
