/// Cuts a value out of JSON text as it is written there, white space included.
public struct JSONTextSlice {
    private let bytes: [UInt8]
    private var position = 0

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// The text of the member that `names` lead to, one object inside the other; of equal names the last one counts.
    /// - Parameter text: valid JSON.
    /// - Returns: nil when there is no such member.
    public static func text(ofMember names: [String], in text: String) -> String? {
        var slice = JSONTextSlice(text)
        var found = slice.skipValue()
        for name in names {
            guard let range = slice.member(JSONString(name), of: found) else { return nil }
            found = range
        }
        return String(decoding: slice.bytes[found], as: UTF8.self)
    }

    private mutating func member(_ name: JSONString, of object: Range<Int>) -> Range<Int>? {
        position = object.lowerBound
        guard take(UInt8(ascii: "{")) else { return nil }
        var found: Range<Int>?
        while position < object.upperBound {
            let key = skipValue()
            guard take(UInt8(ascii: ":")) else { break }
            let value = skipValue()
            if case .string(name)? = try? JSONParser.parse(Array(bytes[key])) { found = value }
            guard take(UInt8(ascii: ",")) else { break }
        }
        return found
    }

    /// True when `byte` came next, white space aside.
    private mutating func take(_ byte: UInt8) -> Bool {
        skipWhiteSpace()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhiteSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
    }

    /// Passes over one value. - Returns: where it stands.
    private mutating func skipValue() -> Range<Int> {
        skipWhiteSpace()
        let start = position
        var depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return start..<position }
                depth -= 1
                position += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
                if depth == 0 { return start..<position }
                position += 1
                continue
            default:
                position += 1
                continue
            }
            if depth == 0 { break }
        }
        return start..<position
    }

    private mutating func skipString() {
        position += 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position = min(position + 1, bytes.count)
    }
}
