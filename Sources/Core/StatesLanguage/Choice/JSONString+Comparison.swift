import JSON

extension JSONString {
    /// The order of Java's `String.compareTo`: by UTF-16 code units.
    func comesBefore(_ other: JSONString) -> Bool {
        if hasLoneSurrogate || other.hasLoneSurrogate { return JSONString.precedesByUTF16(self, other) }
        return withBytes { left in
            other.withBytes { right in
                for index in 0..<min(left.count, right.count) where left[index] != right[index] {
                    return Self.utf16Rank(left[index]) < Self.utf16Rank(right[index])
                }
                return left.count < right.count
            }
        }
    }

    /// Bytes of UTF-8 sort as code points do. UTF-16 differs in one thing: U+E000…U+FFFF (lead bytes EE and EF) come behind
    /// the characters that need a surrogate pair (lead bytes F0 and up).
    private static func utf16Rank(_ byte: UInt8) -> UInt8 {
        byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte
    }

    /// Whether the whole text matches: `*` stands for any characters, `\*` for a star, `\\` for a backslash.
    ///
    /// Time is at most the product of both lengths.
    /// Source: States Language § StringMatches.
    func matches(wildcards pattern: JSONString) -> Bool {
        withBytes { text in
            pattern.withBytes { pattern in Self.matches(text, pattern) }
        }
    }

    private static func matches(_ text: Span<UInt8>, _ pattern: Span<UInt8>) -> Bool {
        var textIndex = 0
        var patternIndex = 0
        /// Behind the last star, and how far its match goes so far.
        var star: (pattern: Int, text: Int)?
        while textIndex < text.count {
            if patternIndex < pattern.count, pattern[patternIndex] == UInt8(ascii: "*") {
                patternIndex += 1
                star = (patternIndex, textIndex)
                continue
            }
            if patternIndex < pattern.count {
                let literal = isEscape(pattern, patternIndex) ? patternIndex + 1 : patternIndex
                if pattern[literal] == text[textIndex] {
                    patternIndex = literal + 1
                    textIndex += 1
                    continue
                }
            }
            guard let (behindStar, matched) = star else { return false }
            star = (behindStar, matched + 1)
            patternIndex = behindStar
            textIndex = matched + 1
        }
        while patternIndex < pattern.count, pattern[patternIndex] == UInt8(ascii: "*") { patternIndex += 1 }
        return patternIndex == pattern.count
    }

    private static func isEscape(_ pattern: Span<UInt8>, _ index: Int) -> Bool {
        guard pattern[index] == UInt8(ascii: "\\"), index + 1 < pattern.count else { return false }
        let next = pattern[index + 1]
        return next == UInt8(ascii: "*") || next == UInt8(ascii: "\\")
    }
}
