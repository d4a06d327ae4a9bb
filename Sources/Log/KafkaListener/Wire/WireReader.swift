import NIOCore

/// Reads the primitive types of Kafka's protocol from a request, never beyond its end.
///
/// In a flexible version lengths are unsigned varints one higher than what they count, and every structure ends with tagged
/// fields. Source: Kafka's protocol guide, "Protocol Primitive Types"; KIP-482.
struct WireReader {
    private var buffer: ByteBuffer
    /// The request's version has compact lengths and tagged fields.
    let isFlexible: Bool

    init(_ buffer: ByteBuffer, isFlexible: Bool) {
        self.buffer = buffer
        self.isFlexible = isFlexible
    }

    /// The same place, read with the other kind of lengths.
    func flexible(_ isFlexible: Bool) -> WireReader { WireReader(buffer, isFlexible: isFlexible) }

    var remainingBytes: Int { buffer.readableBytes }

    mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws -> Number {
        guard let value = buffer.readInteger(as: Number.self) else {
            throw WireError("a number of \(Number.bitWidth / 8) bytes is cut off at \(buffer.readableBytes)")
        }
        return value
    }

    mutating func int8() throws -> Int8 { try integer() }
    mutating func int16() throws -> Int16 { try integer() }
    mutating func int32() throws -> Int32 { try integer() }
    mutating func int64() throws -> Int64 { try integer() }
    mutating func bool() throws -> Bool { try integer(UInt8.self) != 0 }

    /// A text that may be nil.
    mutating func nullableString() throws -> String? {
        guard let length = try length(Int16.self) else { return nil }
        guard let text = buffer.readString(length: length) else { throw cutOff("a text", length) }
        return text
    }

    mutating func string() throws -> String {
        guard let text = try nullableString() else { throw WireError("a text that may not be nil is nil") }
        return text
    }

    /// Bytes that may be nil.
    mutating func nullableBytes() throws -> [UInt8]? {
        guard let length = try length(Int32.self) else { return nil }
        guard let bytes = buffer.readBytes(length: length) else { throw cutOff("a field", length) }
        return bytes
    }

    mutating func bytes() throws -> [UInt8] {
        guard let bytes = try nullableBytes() else { throw WireError("bytes that may not be nil are nil") }
        return bytes
    }

    /// A reader of the next field of bytes, without a copy; nil when the field is.
    mutating func nullableSlice() throws -> ByteBuffer? {
        guard let length = try length(Int32.self) else { return nil }
        guard let slice = buffer.readSlice(length: length) else { throw cutOff("a field", length) }
        return slice
    }

    /// Elements one behind the other; nil when the array is. More elements than bytes are refused before any is read.
    mutating func nullableArray<Element>(_ element: (inout WireReader) throws -> Element) throws -> [Element]? {
        guard let count = try length(Int32.self) else { return nil }
        guard count <= buffer.readableBytes else { throw cutOff("an array", count) }
        var elements: [Element] = []
        elements.reserveCapacity(min(count, 1024))
        for _ in 0..<count { elements.append(try element(&self)) }
        return elements
    }

    mutating func array<Element>(_ element: (inout WireReader) throws -> Element) throws -> [Element] {
        try nullableArray(element) ?? []
    }

    /// The tagged fields at the end of a structure, none of which this broker needs.
    mutating func tags() throws {
        guard isFlexible else { return }
        let count = try unsignedVarint()
        for _ in 0..<count {
            _ = try unsignedVarint()
            let length = try unsignedVarint()
            guard length <= buffer.readableBytes else { throw cutOff("a tagged field", length) }
            buffer.moveReaderIndex(forwardBy: length)
        }
    }

    /// - Throws: when bytes are left that no field took.
    func end() throws {
        guard buffer.readableBytes == 0 else {
            throw WireError("\(buffer.readableBytes) bytes follow the last field")
        }
    }

    private mutating func length<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Int? {
        let length = isFlexible ? try unsignedVarint() - 1 : Int(try integer(Number.self))
        guard length >= -1 else { throw WireError("a length is \(length)") }
        return length == -1 ? nil : length
    }

    private mutating func unsignedVarint() throws -> Int {
        var value = 0
        var shift = 0
        while shift < 35 {
            let byte = Int(try integer(UInt8.self))
            value |= (byte & 0x7f) << shift
            if byte < 0x80 {
                guard value <= Int(UInt32.max) else { break }
                return value
            }
            shift += 7
        }
        throw WireError("a variable-length number is longer than 32 bits")
    }

    private func cutOff(_ what: String, _ length: Int) -> WireError {
        WireError("\(what) of length \(length) is cut off at \(buffer.readableBytes)")
    }
}
