extension JSONWriter {
    /// Appends `text` with what JSON wants escaped in a string, without the quotes round it.
    public static func writeEscaped(_ text: String, to output: inout [UInt8]) {
        writeEscaped(text.utf8Span.span, to: &output)
    }

    /// Appends the bytes of UTF-8 with what JSON wants escaped in a string, without the quotes round it.
    public static func writeEscaped(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
        let escapedCount = bytes.count + bytes.escapeBytes
        output.append(addingCapacity: escapedCount) { span in span.append(escaping: bytes, escapedCount: escapedCount) }
    }

    /// Appends the compact JSON of `value` as the text of a JSON string, quotes included: as inputs and outputs are in history events.
    public static func writeQuoted(_ value: JSONValue, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        let start = output.count
        write(value, to: &output)
        escapeTail(of: &output, from: start)
        output.append(UInt8(ascii: "\""))
    }

    /// - Parameters:
    ///   - lead: a byte to append first.
    ///   - trail: a byte to append last.
    static func write(_ string: JSONString, after lead: UInt8?, before trail: UInt8?, to output: inout [UInt8]) {
        switch string.storage {
        case .utf8(let text): writeString(text.utf8Span.span, after: lead, before: trail, to: &output)
        case .wtf8(let bytes):
            if let lead { output.append(lead) }
            writeWTF8(bytes, to: &output)
            if let trail { output.append(trail) }
        }
    }

    /// - Parameter bytes: UTF-8.
    @inline(__always)
    static func writeString(_ bytes: Span<UInt8>, after lead: UInt8?, before trail: UInt8?, to output: inout [UInt8]) {
        let escapedCount = bytes.count + bytes.escapeBytes
        output.append(addingCapacity: escapedCount + 4) { span in
            if let lead { span.append(lead) }
            span.append(UInt8(ascii: "\""))
            span.append(escaping: bytes, escapedCount: escapedCount)
            span.append(UInt8(ascii: "\""))
            if let trail { span.append(trail) }
        }
    }

    /// Appends a text with lone surrogates, which are escaped, in quotes.
    private static func writeWTF8(_ bytes: [UInt8], to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var start = 0
        for index in bytes.indices where bytes[index] == 0xED && index + 2 < bytes.count && bytes[index + 1] >= 0xA0 {
            writeEscaped(bytes.span.extracting(start..<index), to: &output)
            let unit = 0xD000 | UInt16(bytes[index + 1] & 0x3F) << 6 | UInt16(bytes[index + 2] & 0x3F)
            output.append(addingCapacity: 6) { span in span.append(unicodeEscape: unit) }
            start = index + 3
        }
        writeEscaped(bytes.span.extracting(start..<bytes.count), to: &output)
        output.append(UInt8(ascii: "\""))
    }

    /// Escapes the bytes from `start` on where they are.
    private static func escapeTail(of output: inout [UInt8], from start: Int) {
        let end = output.count
        let added = output.span.extracting(start..<end).escapeBytes
        guard added > 0 else { return }
        output.append(contentsOf: repeatElement(0, count: added))
        var bytes = output.mutableSpan
        var target = bytes.count
        var source = end
        // From the end, so that nothing is written over before it is read. JSON text has no control characters.
        while source < target {
            source -= 1
            target -= 1
            let byte = bytes[source]
            bytes[target] = byte
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                target -= 1
                bytes[target] = UInt8(ascii: "\\")
            }
        }
    }
}

extension OutputSpan<UInt8> {
    /// Appends UTF-8 as it stands in a JSON string.
    /// - Parameter escapedCount: the count of bytes that this appends.
    @inline(__always)
    fileprivate mutating func append(escaping bytes: Span<UInt8>, escapedCount: Int) {
        if escapedCount == bytes.count {
            append(copying: bytes)
        } else {
            appendEscapes(bytes, escapedCount: escapedCount)
        }
    }

    /// Eight bytes at a time where none of them wants an escape. Where some do, a backslash is laid down before each byte and is
    /// kept only when the byte is a quote or backslash: text full of quotes gives a branch nothing to learn.
    private mutating func appendEscapes(_ bytes: Span<UInt8>, escapedCount: Int) {
        precondition(escapedCount <= freeCapacity)
        var index = 0
        while index < bytes.count {
            // SAFETY: `escapedCount` bytes are free, which is what all of `bytes` come to; no store is beyond what they come to.
            unsafe withUnsafeMutableBufferPointer { buffer, count in
                guard let start = buffer.baseAddress else { return }
                var target = unsafe start + count
                while index < bytes.count {
                    if index + 8 <= bytes.count, bytes.isPlainWord(at: index) {
                        unsafe UnsafeMutableRawPointer(target).storeBytes(of: bytes.word(at: index), as: UInt64.self)
                        unsafe target += 8
                        index += 8
                        continue
                    }
                    let byte = bytes[index]
                    if byte < 0x20 { break }
                    // SAFETY: as above; the backslash's place is the byte's own when it is not kept.
                    unsafe target.pointee = UInt8(ascii: "\\")
                    let isQuotable = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                    unsafe target += isQuotable ? 1 : 0
                    unsafe target.pointee = byte
                    unsafe target += 1
                    index += 1
                }
                count = unsafe target - start
            }
            if index < bytes.count {
                appendControl(bytes[index])
                index += 1
            }
        }
    }

    private mutating func appendControl(_ byte: UInt8) {
        switch byte {
        case 0x08: append(shortEscape: UInt8(ascii: "b"))
        case 0x0C: append(shortEscape: UInt8(ascii: "f"))
        case 0x0A: append(shortEscape: UInt8(ascii: "n"))
        case 0x0D: append(shortEscape: UInt8(ascii: "r"))
        case 0x09: append(shortEscape: UInt8(ascii: "t"))
        default: append(unicodeEscape: UInt16(byte))
        }
    }

    private mutating func append(shortEscape letter: UInt8) {
        append(UInt8(ascii: "\\"))
        append(letter)
    }

    fileprivate mutating func append(unicodeEscape unit: UInt16) {
        append(UInt8(ascii: "\\"))
        append(UInt8(ascii: "u"))
        for shift in [12, 8, 4, 0] as [UInt16] {
            let digit = UInt8(unit >> shift & 0xF)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
