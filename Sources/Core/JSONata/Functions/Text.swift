import JSON

/// Operations on text that the functions share. JSONata counts code points in `$length`, `$substring` and `$pad` and UTF-16
/// code units everywhere else.
enum Text {
    /// Order by UTF-16 code units.
    static func precedes(_ left: JSONString, _ right: JSONString) -> Bool {
        left.withBytes { a in
            right.withBytes { b in
                for index in 0..<min(a.count, b.count) where a[index] != b[index] {
                    let (x, y) = (a[index], b[index])
                    // Surrogates sort below U+E000 and up, although their code points are above.
                    if x >= 0xF0, y == 0xEE || y == 0xEF { return true }
                    if y >= 0xF0, x == 0xEE || x == 0xEF { return false }
                    return x < y
                }
                return a.count < b.count
            }
        }
    }

    /// The UTF-16 code units.
    static func units(_ text: JSONString) -> [UInt16] {
        let ascii: [UInt16]? = text.withBytes { bytes in
            var result: [UInt16] = []
            result.reserveCapacity(bytes.count)
            for index in 0..<bytes.count {
                guard bytes[index] < 0x80 else { return nil }
                result.append(UInt16(bytes[index]))
            }
            return result
        }
        return ascii ?? text.utf16
    }

    /// The text of UTF-16 code units.
    static func string(_ units: ArraySlice<UInt16>) -> JSONString {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(units.count)
        for unit in units {
            guard unit < 0x80 else { return JSONString(utf16: units) }
            bytes.append(UInt8(truncatingIfNeeded: unit))
        }
        return JSONString(String(decoding: bytes, as: UTF8.self))
    }

    static func isASCII(_ text: JSONString) -> Bool {
        text.withBytes { bytes in
            for index in 0..<bytes.count where bytes[index] >= 0x80 { return false }
            return true
        }
    }

    /// The number of code points.
    static func length(_ text: JSONString) -> Int {
        text.withBytes { bytes in
            var count = 0
            for index in 0..<bytes.count where bytes[index] & 0xC0 != 0x80 { count += 1 }
            return count
        }
    }

    /// The code points from `start` up to `end`, counted from 0 and cut to what there is.
    static func slice(_ text: JSONString, _ start: Int, _ end: Int) -> JSONString {
        let bytes = text.bytes
        var (index, from, to) = (0, bytes.count, bytes.count)
        for position in bytes.indices where bytes[position] & 0xC0 != 0x80 {
            if index == start { from = position }
            if index == end {
                to = position
                break
            }
            index += 1
        }
        return from < to ? JSONString(wtf8: Array(bytes[from..<to])) : ""
    }

    /// Where `part` stands first in `bytes` from `start` on.
    static func position(of part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = part.first else { return start <= bytes.count ? start : nil }
        guard bytes.count >= part.count else { return nil }
        var index = start
        while index <= bytes.count - part.count {
            if bytes[index] == first, bytes[index..<index + part.count].elementsEqual(part) { return index }
            index += 1
        }
        return nil
    }
}

/// Puts texts together.
struct TextBuilder {
    private var head = ""
    /// Once a lone surrogate has been met, which may pair up with its neighbour.
    private var units: [UInt16]?

    /// Bytes so far.
    var byteCount: Int { units.map { $0.count * 2 } ?? head.utf8.count }

    @inline(__always)
    mutating func append(_ text: JSONString) {
        if units == nil, !text.hasLoneSurrogate {
            head += text.text
        } else {
            appendUnits(text)
        }
    }

    private mutating func appendUnits(_ text: JSONString) {
        var all = units ?? Array(head.utf16)
        all.append(contentsOf: text.utf16)
        units = all
    }

    var text: JSONString { units.map { JSONString(utf16: $0) } ?? JSONString(head) }
}
