import JSON

/// A record of `events` as the engine writes it, taken apart without being parsed: what stands where.
///
///     {"executionArn":"…","sequence":7,"id":6,"previousEventId":5,"timestamp":1.5,"type":"PassStateEntered",…,"steplog":{…}}
struct HistoryRecord {
    /// Between the quotes.
    let executionArn: Range<Int>
    /// Of AWS's history; nil for what AWS does not show.
    let id: Int64?
    /// The event's type, between the quotes.
    let type: Range<Int>
    /// The members of AWS's HistoryEvent, without the braces.
    let members: Range<Int>

    /// - Returns: nil for a record in another form (white space, another order, escapes in the ARN), which has to be parsed.
    init?(_ bytes: Span<UInt8>) {
        var scanner = MemberScanner(bytes)
        guard scanner.skip(#"{"executionArn":""#), let arn = scanner.plainText(), scanner.skip(#","sequence":"#),
            scanner.integer() != nil, scanner.skip(",")
        else { return nil }
        let start = scanner.position
        let id = scanner.skip(#""id":"#) ? scanner.integer() : nil
        if id != nil, !scanner.skip(",") { return nil }
        guard scanner.skip(#""previousEventId":"#), scanner.integer() != nil, scanner.skip(#","timestamp":"#),
            scanner.skipNumber(), scanner.skip(#","type":""#), let type = scanner.plainText()
        else { return nil }
        while true {
            let end = scanner.position
            if scanner.skip(#","steplog":{"#) {
                executionArn = arn
                self.id = id
                self.type = type
                members = start..<end
                return
            }
            guard scanner.skip(#",""#), scanner.plainText() != nil, scanner.skip(":{"), scanner.skipObject() else {
                return nil
            }
        }
    }
}

/// Walks over JSON without white space.
private struct MemberScanner: ~Escapable {
    private let bytes: Span<UInt8>
    private(set) var position = 0

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    /// Goes behind a text when it stands here.
    mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        // SAFETY: a static string's bytes live for ever, and the closure does not keep the pointer.
        let matches = text.withUTF8Buffer { expected in
            for offset in 0..<count where unsafe expected[offset] != bytes[position + offset] { return false }
            return true
        }
        if matches { position += count }
        return matches
    }

    /// Text up to the quote that ends it, and behind that; nil when there are escapes in it.
    mutating func plainText() -> Range<Int>? {
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return start..<(position - 1)
            case UInt8(ascii: "\\"): return nil
            default: position += 1
            }
        }
        return nil
    }

    mutating func integer() -> Int64? {
        var value: Int64 = 0
        let start = position
        while position < bytes.count, position - start < 18 {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value * 10 + Int64(digit)
            position += 1
        }
        return position > start ? value : nil
    }

    mutating func skipNumber() -> Bool {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != UInt8(ascii: "}") {
            position += 1
        }
        return position > start
    }

    /// From behind an object's opening brace to behind its closing one.
    mutating func skipObject() -> Bool {
        var depth = 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): guard skipText() else { return false }
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return true }
            case UInt8(ascii: "\n"): return false
            default: break
            }
        }
        return false
    }

    /// From behind a text's opening quote to behind its closing one.
    private mutating func skipText() -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\") { position += 1 }
        }
        return false
    }
}
