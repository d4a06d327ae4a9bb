/// Reads what `CheckpointWriter` has written; bytes that are cut short or make no sense are an error.
struct CheckpointReader {
    private let bytes: [UInt8]
    private var position = 0
    private var payloads: [Payload] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func byte() throws(CodecError) -> UInt8 {
        guard position < bytes.count else { throw damaged("it ends too early") }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func flag() throws(CodecError) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        default: throw damaged("a yes or no is neither")
        }
    }

    mutating func integer() throws(CodecError) -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64 {
            let next = try byte()
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
            shift += 7
        }
        throw damaged("a number is too long")
    }

    /// A number of things that are still to be read, each of them a byte long at least.
    mutating func count() throws(CodecError) -> Int {
        let value = try integer()
        guard value >= 0, value <= bytes.count - position else { throw damaged("a length of \(value)") }
        return Int(value)
    }

    /// A number that stands for a place, an id or the like.
    mutating func index() throws(CodecError) -> Int {
        let value = try integer()
        guard (0...Int64(Int32.max)).contains(value) else { throw damaged("a place of \(value)") }
        return Int(value)
    }

    mutating func optionalInteger() throws(CodecError) -> Int64? { try flag() ? try integer() : nil }

    mutating func text() throws(CodecError) -> String {
        let count = try count()
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    mutating func optionalText() throws(CodecError) -> String? { try flag() ? try text() : nil }

    mutating func payload() throws(CodecError) -> Payload {
        let place = try index()
        if place > 0 {
            guard payloads.indices.contains(place - 1) else { throw damaged("payload \(place) is not there") }
            return payloads[place - 1]
        }
        let payload = Payload(text: try text())
        if payload.byteCount >= CheckpointWriter.sharedBytesMin, payloads.count < CheckpointWriter.payloadsMax {
            payloads.append(payload)
        }
        return payload
    }

    mutating func optionalPayload() throws(CodecError) -> Payload? { try flag() ? try payload() : nil }

    mutating func array<Element>(
        _ read: (inout CheckpointReader) throws(CodecError) -> Element
    ) throws(CodecError) -> [Element] {
        let count = try count()
        var elements: [Element] = []
        elements.reserveCapacity(count)
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }

    func damaged(_ message: String) -> CodecError {
        CodecError(message: "the checkpoint is damaged at byte \(position): \(message)")
    }
}
