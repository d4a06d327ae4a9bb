/// The text of a JSON string: a sequence of Unicode code points, lone surrogates included (`"\ud800"` is valid JSON).
///
/// Equality, hashing and order are by bytes: of UTF-8, or of WTF-8 where there is a lone surrogate. Swift's own `String ==`
/// is canonical equivalence, under which "é" and "e\u{301}" would be one key.
public struct JSONString: Sendable {
    /// Canonical: `wtf8` only holds text that `utf8` can't, so that equal texts have equal storage.
    enum Storage: Sendable {
        case utf8(String)
        case wtf8([UInt8])
    }

    var storage: Storage

    public init(_ text: String) {
        storage = .utf8(text)
    }

    /// - Parameter bytes: UTF-8 in which a lone surrogate may stand as three bytes, and never a surrogate pair as six (WTF-8).
    public init(wtf8 bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            storage = .utf8(text)
        } else {
            storage = .wtf8(bytes)
        }
    }

    /// - Parameter units: UTF-16 code units; unpaired surrogates are kept.
    public init(utf16 units: some Sequence<UInt16>) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(units.underestimatedCount)
        var pendingHigh: UInt16?
        for unit in units {
            if let high = pendingHigh {
                pendingHigh = nil
                if (0xDC00...0xDFFF).contains(unit) {
                    Self.append(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00), to: &bytes)
                    continue
                }
                Self.append(UInt32(high), to: &bytes)
            }
            if (0xD800...0xDBFF).contains(unit) {
                pendingHigh = unit
            } else {
                Self.append(UInt32(unit), to: &bytes)
            }
        }
        if let high = pendingHigh { Self.append(UInt32(high), to: &bytes) }
        self.init(wtf8: bytes)
    }

    /// The text as Swift's String; a lone surrogate reads as U+FFFD.
    public var text: String {
        switch storage {
        case .utf8(let text): text
        case .wtf8(let bytes): String(decoding: Self.repaired(bytes), as: UTF8.self)
        }
    }

    /// True where the text holds a surrogate without its partner, which no Swift String can hold.
    public var hasLoneSurrogate: Bool {
        guard case .wtf8 = storage else { return false }
        return true
    }

    public var isEmpty: Bool {
        switch storage {
        case .utf8(let text): text.isEmpty
        case .wtf8: false
        }
    }

    /// Number of bytes in UTF-8 (three for a lone surrogate).
    public var utf8Count: Int {
        switch storage {
        case .utf8(let text): text.utf8.count
        case .wtf8(let bytes): bytes.count
        }
    }

    /// The bytes: UTF-8, or WTF-8 where there is a lone surrogate.
    public var bytes: [UInt8] {
        switch storage {
        case .utf8(let text): Array(text.utf8)
        case .wtf8(let bytes): bytes
        }
    }

    /// The UTF-16 code units, as JavaScript and Java count characters.
    public var utf16: [UInt16] {
        switch storage {
        case .utf8(let text): Array(text.utf16)
        case .wtf8(let bytes): Self.utf16(of: bytes)
        }
    }

    /// Calls `body` with the bytes (UTF-8, or WTF-8 where there is a lone surrogate).
    @inlinable
    public func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        switch view {
        case .utf8(let text): body(text.utf8Span.span)
        case .wtf8(let bytes): body(bytes.span)
        }
    }

    @usableFromInline
    enum View {
        case utf8(String)
        case wtf8([UInt8])
    }

    @usableFromInline var view: View {
        switch storage {
        case .utf8(let text): .utf8(text)
        case .wtf8(let bytes): .wtf8(bytes)
        }
    }
}

// MARK: - Order and equality

extension JSONString: Hashable, Comparable {
    public static func == (left: JSONString, right: JSONString) -> Bool {
        switch (left.storage, right.storage) {
        case (.utf8(let a), .utf8(let b)): areSame(a, b)
        case (.wtf8(let a), .wtf8(let b)): a == b
        case (.utf8, .wtf8), (.wtf8, .utf8): false
        }
    }

    /// Equality by bytes. What is canonically equivalent to ASCII without being it has more bytes, so between texts of the
    /// same length, one of which is ASCII, Swift's `==` says the same, and faster.
    @inline(__always)
    private static func areSame(_ a: String, _ b: String) -> Bool {
        guard a.utf8.count == b.utf8.count else { return false }
        // Only ASCII has as many units in UTF-16 as it has bytes; of a native text that is known beforehand.
        if a.utf16.count == a.utf8.count { return a == b }
        return a.utf8Span.span.hasSameBytes(as: b.utf8Span.span)
    }

    /// Order by bytes, which is the order of code points.
    public static func < (left: JSONString, right: JSONString) -> Bool {
        left.withBytes { a in
            right.withBytes { b in
                for index in 0..<min(a.count, b.count) where a[index] != b[index] {
                    return a[index] < b[index]
                }
                return a.count < b.count
            }
        }
    }

    /// Order by UTF-16 code units, as Java's and JavaScript's comparison of strings.
    public static func precedesByUTF16(_ left: JSONString, _ right: JSONString) -> Bool {
        switch (left.storage, right.storage) {
        case (.utf8(let a), .utf8(let b)): a.utf16.lexicographicallyPrecedes(b.utf16)
        case (.utf8, _), (.wtf8, _): left.utf16.lexicographicallyPrecedes(right.utf16)
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch storage {
        case .utf8(let text): text.utf8Span.span.hash(into: &hasher)
        case .wtf8(let bytes): bytes.span.hash(into: &hasher)
        }
    }
}

extension JSONString: ExpressibleByStringLiteral, CustomStringConvertible {
    public init(stringLiteral value: String) { self.init(value) }
    public var description: String { text }
}

// MARK: - Surrogates

extension JSONString {
    /// Appends a code point, a surrogate included, in (W)UTF-8.
    static func append(_ codePoint: UInt32, to bytes: inout [UInt8]) {
        switch codePoint {
        case 0..<0x80:
            bytes.append(UInt8(codePoint))
        case 0x80..<0x800:
            bytes.append(UInt8(0xC0 | codePoint >> 6))
            bytes.append(UInt8(0x80 | codePoint & 0x3F))
        case 0x800..<0x10000:
            bytes.append(UInt8(0xE0 | codePoint >> 12))
            bytes.append(UInt8(0x80 | codePoint >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | codePoint & 0x3F))
        default:
            bytes.append(UInt8(0xF0 | codePoint >> 18))
            bytes.append(UInt8(0x80 | codePoint >> 12 & 0x3F))
            bytes.append(UInt8(0x80 | codePoint >> 6 & 0x3F))
            bytes.append(UInt8(0x80 | codePoint & 0x3F))
        }
    }

    /// WTF-8 with each lone surrogate (ED A0..BF xx) replaced by U+FFFD (EF BF BD), which has as many bytes.
    private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        var index = 0
        while index + 2 < result.count {
            if result[index] == 0xED, result[index + 1] >= 0xA0 {
                result[index] = 0xEF
                result[index + 1] = 0xBF
                result[index + 2] = 0xBD
                index += 3
            } else {
                index += 1
            }
        }
        return result
    }

    private static func utf16(of bytes: [UInt8]) -> [UInt16] {
        var units: [UInt16] = []
        var index = 0
        while index < bytes.count {
            let lead = UInt32(bytes[index])
            let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
            var codePoint = length == 1 ? lead : lead & (0x7F >> UInt32(length))
            for offset in 1..<max(length, 1) where index + offset < bytes.count {
                codePoint = codePoint << 6 | UInt32(bytes[index + offset] & 0x3F)
            }
            index += length
            if codePoint >= 0x10000 {
                units.append(UInt16(0xD800 + (codePoint - 0x10000) >> 10))
                units.append(UInt16(0xDC00 + (codePoint - 0x10000) & 0x3FF))
            } else {
                units.append(UInt16(codePoint))
            }
        }
        return units
    }
}
