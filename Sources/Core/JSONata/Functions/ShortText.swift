import JSON

/// A text of at most 16 bytes as two numbers: equal texts are equal numbers, and comparing them costs next to nothing.
struct ShortText: Hashable {
    private let low: UInt64
    private let high: UInt64
    private let count: Int

    /// - Returns: nil for a longer text.
    init?(_ text: JSONString) {
        let packed: (UInt64, UInt64, Int)? = text.withBytes { bytes in
            guard bytes.count <= 16 else { return nil }
            var (low, high): (UInt64, UInt64) = (0, 0)
            for index in 0..<min(8, bytes.count) { low = low << 8 | UInt64(bytes[index]) }
            if bytes.count > 8 {
                for index in 8..<bytes.count { high = high << 8 | UInt64(bytes[index]) }
            }
            return (low, high, bytes.count)
        }
        guard let packed else { return nil }
        (low, high, count) = packed
    }
}

/// Texts that have been seen: a few short ones are searched, more are hashed.
struct SeenTexts {
    private var few: [ShortText] = []
    private var short: Set<ShortText> = []
    private var long: Set<JSONString> = []

    private static let fewMax = 12

    /// - Returns: whether `text` is new.
    mutating func insert(_ text: JSONString) -> Bool {
        guard let packed = ShortText(text) else { return long.insert(text).inserted }
        for index in few.indices where few[index] == packed { return false }
        guard few.count == Self.fewMax else {
            few.append(packed)
            return true
        }
        return short.insert(packed).inserted
    }
}
