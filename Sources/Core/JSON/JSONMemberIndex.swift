/// Where the members of a JSON object stand, and of the objects in it: found in one pass, and read only when they are asked for.
///
///     let index = try JSONMemberIndex(bytes)
///     if let place = index.member("id", of: JSONMemberIndex.root) { index.integer(at: place) }
///
/// A place is an object or a member's value. Several times faster than `JSONParser` where few members of many are wanted.
/// A key that is written with an escape is found by its escaped spelling only.
public struct JSONMemberIndex: ~Escapable {
    /// What a value is.
    public enum Kind: UInt8, Sendable {
        case object, array, string, number, bool, null
    }

    struct Entry {
        /// The key between its quotes; empty for the root.
        var keyStart: UInt32 = 0
        var keyEnd: UInt32 = 0
        /// The value, of a string with its quotes.
        var start: UInt32
        var end: UInt32 = 0
        var kind: Kind
        /// The place of what follows behind all that is in this one.
        var next: UInt32 = 0
        /// Of a number that is a short integer.
        var isInteger = false
        var integer: Int64 = 0
    }

    /// The place of the object itself.
    public static let root = 0

    private let input: Span<UInt8>
    private let entries: [Entry]

    /// - Parameter input: one JSON object, UTF-8.
    /// - Throws: `JSONSyntaxError` for what is no JSON, and for any other value than an object.
    @_lifetime(copy input)
    public init(_ input: Span<UInt8>) throws(JSONSyntaxError) {
        self.input = input
        do {
            entries = try Self.entries(input)
        } catch {
            throw JSONDiagnosis.error(in: input, depthMax: JSONParser.depthMax)
        }
    }

    /// The place of an object's member; of members with the same key the last one's. nil when there is none.
    public func member(_ key: StaticString, of object: Int) -> Int? {
        let count = key.utf8CodeUnitCount
        // SAFETY: a static string's bytes live for ever, and the closure does not keep the pointer.
        return key.withUTF8Buffer { wanted -> Int? in
            var found: Int?
            var place = object + 1
            let end = Int(entries[object].next)
            while place < end {
                let (start, member) = (Int(entries[place].keyStart), place)
                place = Int(entries[place].next)
                guard Int(entries[member].keyEnd) - start == count else { continue }
                var offset = 0
                while offset < count, unsafe wanted[offset] == input[start + offset] { offset += 1 }
                if offset == count { found = member }
            }
            return found
        }
    }

    /// The places of an object's members, in their order.
    public func members(of object: Int) -> [Int] {
        var members: [Int] = []
        var place = object + 1
        while place < Int(entries[object].next) {
            members.append(place)
            place = Int(entries[place].next)
        }
        return members
    }

    public func kind(at place: Int) -> Kind { entries[place].kind }

    /// A member's key.
    public func key(at place: Int) -> String { text(Int(entries[place].keyStart) - 1) }

    /// A string's text, a lone surrogate read as U+FFFD; nil for another kind.
    public func string(at place: Int) -> String? {
        entries[place].kind == .string ? text(Int(entries[place].start)) : nil
    }

    /// A string as it is written, without its quotes; empty for another kind.
    @_lifetime(copy self)
    public func quoted(at place: Int) -> Span<UInt8> {
        guard entries[place].kind == .string else { return input.extracting(0..<0) }
        return input.extracting((Int(entries[place].start) + 1)..<(Int(entries[place].end) - 1))
    }

    /// A number; nil for another kind.
    public func number(at place: Int) -> JSONNumber? {
        guard entries[place].kind == .number else { return nil }
        if entries[place].isInteger { return .integer(entries[place].integer) }
        var parser = JSONParser(input, depthMax: 1)
        parser.position = Int(entries[place].start)
        return try? parser.parseNumber()
    }

    /// A number that is an integer; nil for another.
    public func integer(at place: Int) -> Int64? {
        entries[place].isInteger ? entries[place].integer : number(at: place)?.int64
    }

    /// A number of thousandths, e.g. milliseconds of a time in seconds, when it is written with at most three digits behind the
    /// point and few before it; nil otherwise.
    public func thousandths(at place: Int) -> Int64? {
        if entries[place].isInteger {
            let (product, overflows) = entries[place].integer.multipliedReportingOverflow(by: 1_000)
            return overflows ? nil : product
        }
        let (start, end) = (Int(entries[place].start), Int(entries[place].end))
        guard entries[place].kind == .number, end - start <= 18 else { return nil }
        var value: Int64 = 0
        var digitsBehind = -1
        for offset in start..<end {
            let byte = input[offset]
            if byte == UInt8(ascii: "."), digitsBehind < 0 {
                digitsBehind = 0
                continue
            }
            guard byte &- UInt8(ascii: "0") < 10, digitsBehind < 3 else { return nil }
            value = value * 10 + Int64(byte &- UInt8(ascii: "0"))
            if digitsBehind >= 0 { digitsBehind += 1 }
        }
        for _ in max(digitsBehind, 0)..<3 { value *= 10 }
        return value
    }

    /// The string whose opening quote is at an offset. It was looked at before, so it can be read.
    private func text(_ offset: Int) -> String {
        var parser = JSONParser(input, depthMax: 1)
        parser.position = offset
        return ((try? parser.parseString()) ?? "").text
    }

    private static func entries(_ input: Span<UInt8>) throws(JSONParser.Malformed) -> [Entry] {
        var parser = JSONParser(input, depthMax: JSONParser.depthMax)
        var entries: [Entry] = []
        entries.reserveCapacity(32)
        parser.skipWhiteSpace()
        guard parser.peek() == UInt8(ascii: "{"), input.count < Int(UInt32.max) else { throw JSONParser.Malformed() }
        entries.append(Entry(start: UInt32(parser.position), kind: .object))
        try parser.indexObject(into: &entries)
        entries[root].next = UInt32(truncatingIfNeeded: entries.count)
        parser.skipWhiteSpace()
        guard parser.position == input.count else { throw JSONParser.Malformed() }
        return entries
    }
}

extension JSONParser {
    /// Reads the object that begins here, whose entry is there already.
    fileprivate mutating func indexObject(into entries: inout [JSONMemberIndex.Entry]) throws(Malformed) {
        try enter()
        guard !skipClosing(UInt8(ascii: "}")) else { return }
        repeat {
            guard peek() == UInt8(ascii: "\"") else { throw Malformed() }
            let keyStart = position + 1
            try skipString()
            let keyEnd = position - 1
            try skipColon()
            guard position < input.count else { throw Malformed() }
            let place = entries.count
            var entry = JSONMemberIndex.Entry(
                keyStart: UInt32(truncatingIfNeeded: keyStart), keyEnd: UInt32(truncatingIfNeeded: keyEnd),
                start: UInt32(truncatingIfNeeded: position), kind: .null)
            switch input[position] {
            case UInt8(ascii: "\""):
                try skipString()
                entry.kind = .string
            case UInt8(ascii: "{"):
                entry.kind = .object
                entries.append(entry)
                try indexObject(into: &entries)
                entries[place].next = UInt32(truncatingIfNeeded: entries.count)
                continue
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                entry.kind = .number
                if let integer = try skipNumber() { (entry.isInteger, entry.integer) = (true, integer) }
            case UInt8(ascii: "["):
                entry.kind = .array
                try skipValue()
            case UInt8(ascii: "n"): try skipNull()
            default:
                entry.kind = .bool
                try skipValue()
            }
            entry.end = UInt32(truncatingIfNeeded: position)
            entry.next = UInt32(truncatingIfNeeded: place + 1)
            entries.append(entry)
        } while try skipSeparator(closing: UInt8(ascii: "}"))
    }
}

extension JSONString {
    /// The text of a string as it is written in JSON, without its quotes; nil when it can't stand there.
    public init?(quoted bytes: [UInt8]) {
        var whole: [UInt8] = [UInt8(ascii: "\"")]
        whole.reserveCapacity(bytes.count + 2)
        whole.append(copying: bytes.span)
        whole.append(UInt8(ascii: "\""))
        guard case .string(let string)? = try? JSONParser.parse(whole) else { return nil }
        self = string
    }
}
