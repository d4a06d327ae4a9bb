/// Appends the fields of a checkpoint to bytes: whole numbers as zigzag varints, texts behind their length in bytes.
///
/// The bytes depend on what is written alone: two states that are alike give the same ones.
struct CheckpointWriter {
    private(set) var bytes: [UInt8] = []
    /// The first longer payloads, so that one that comes again is written once.
    private var payloads: [Payload] = []

    /// How many payloads are remembered, and from which size in bytes on. The reader counts by the same rule.
    static let payloadsMax = 8
    static let sharedBytesMin = 16

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

    mutating func integer(_ value: Int64) {
        var rest = UInt64(bitPattern: value << 1 ^ value >> 63)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func integer(_ value: Int) { integer(Int64(value)) }

    mutating func optional(_ value: Int64?) {
        flag(value != nil)
        if let value { integer(value) }
    }

    mutating func text(_ value: String) {
        integer(value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    mutating func optional(_ value: String?) {
        flag(value != nil)
        if let value { text(value) }
    }

    /// 0 and the text of a new payload, or the place from 1 of one that was written before.
    mutating func payload(_ value: Payload) {
        let byteCount = value.byteCount
        if byteCount >= Self.sharedBytesMin {
            if let place = payloads.firstIndex(where: { $0.byteCount == byteCount && $0 == value }) {
                return integer(place + 1)
            }
            if payloads.count < Self.payloadsMax { payloads.append(value) }
        }
        integer(0)
        text(value.text)
    }

    mutating func optional(_ value: Payload?) {
        flag(value != nil)
        if let value { payload(value) }
    }

    mutating func array<Element>(_ values: [Element], _ write: (inout CheckpointWriter, Element) -> Void) {
        integer(values.count)
        for value in values { write(&self, value) }
    }
}
