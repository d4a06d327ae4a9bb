/// One word or mark of Swift source. Comments are no tokens; neither is the text of string literals, but the code inside `\(…)` is.
struct SwiftToken: Equatable {
    /// An identifier (with its leading `@` or `#`, if any), a number, or a single punctuation character.
    var text: String
    /// From 1.
    var line: Int
    /// Whether nothing stands between this token and the one before.
    var touchesPrevious: Bool
}

/// Splits Swift source just well enough for rules that look for words and short sequences of them.
///
/// A scanner by hand, since comments and strings must not count ("never call fatalError" is no call) and regular expressions
/// over whole files are slow in debug builds.
struct SwiftTokens {
    private(set) var tokens: [SwiftToken] = []
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var endOfLastToken = -1

    /// Never fails: text that is not Swift gives tokens of some kind.
    static func scan(_ text: String) -> [SwiftToken] {
        var scanner = SwiftTokens(bytes: Array(text.utf8))
        scanner.scanCode(insideInterpolation: false)
        return scanner.tokens
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func byte(ahead distance: Int = 0) -> UInt8 {
        position + distance < bytes.count ? bytes[position + distance] : 0
    }

    private mutating func step(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    /// Reads code to the end of the text, or to the parenthesis that closes an interpolation.
    private mutating func scanCode(insideInterpolation: Bool) {
        var depth = 0
        while position < bytes.count {
            let current = byte()
            if current == UInt8(ascii: "/"), byte(ahead: 1) == UInt8(ascii: "/") {
                while position < bytes.count, byte() != UInt8(ascii: "\n") { step() }
            } else if current == UInt8(ascii: "/"), byte(ahead: 1) == UInt8(ascii: "*") {
                skipBlockComment()
            } else if current == UInt8(ascii: "\"") || startsRawString() {
                scanString()
            } else if Self.isWord(current) || current == UInt8(ascii: "@") || current == UInt8(ascii: "#") {
                scanWord()
            } else if current <= UInt8(ascii: " ") {
                step()
            } else {
                if insideInterpolation, current == UInt8(ascii: "(") { depth += 1 }
                if insideInterpolation, current == UInt8(ascii: ")") {
                    if depth == 0 { return }
                    depth -= 1
                }
                append(from: position, to: position + 1)
                step()
            }
        }
    }

    private mutating func scanWord() {
        let start = position
        step()
        while Self.isWord(byte()) { step() }
        append(from: start, to: position)
    }

    private mutating func append(from start: Int, to end: Int) {
        tokens.append(
            SwiftToken(
                text: String(decoding: bytes[start..<end], as: UTF8.self), line: line,
                touchesPrevious: start == endOfLastToken))
        endOfLastToken = end
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if byte() == UInt8(ascii: "/"), byte(ahead: 1) == UInt8(ascii: "*") {
                depth += 1
                step(2)
            } else if byte() == UInt8(ascii: "*"), byte(ahead: 1) == UInt8(ascii: "/") {
                depth -= 1
                step(2)
            } else {
                step()
            }
        } while depth > 0 && position < bytes.count
    }

    private func startsRawString() -> Bool {
        var distance = 0
        while byte(ahead: distance) == UInt8(ascii: "#") { distance += 1 }
        return distance > 0 && byte(ahead: distance) == UInt8(ascii: "\"")
    }

    /// Skips a literal of any kind ("…", """…""", #"…"#) and reads the code of its interpolations. Stands as the token `""`.
    private mutating func scanString() {
        var pounds = 0
        while byte() == UInt8(ascii: "#") {
            pounds += 1
            step()
        }
        let isMultiline =
            byte(ahead: 1) == UInt8(ascii: "\"") && byte(ahead: 2) == UInt8(ascii: "\"")
            && !closesOnThisLine(pounds: pounds)
        let quotes = isMultiline ? 3 : 1
        tokens.append(SwiftToken(text: "\"\"", line: line, touchesPrevious: false))
        step(quotes)
        while position < bytes.count {
            if byte() == UInt8(ascii: "\\"), hasPounds(pounds, ahead: 1) {
                step(1 + pounds)
                if byte() == UInt8(ascii: "(") {
                    step()
                    scanCode(insideInterpolation: true)
                }
                step()
            } else if closesString(quotes: quotes, pounds: pounds) {
                step(quotes + pounds)
                break
            } else if !isMultiline, byte() == UInt8(ascii: "\n") {
                break
            } else {
                step()
            }
        }
        endOfLastToken = position
    }

    private func hasPounds(_ count: Int, ahead distance: Int) -> Bool {
        (0..<count).allSatisfy { byte(ahead: distance + $0) == UInt8(ascii: "#") }
    }

    /// `#""""#` looks like the start of a multi-line string, but is the text `""`.
    private func closesOnThisLine(pounds: Int) -> Bool {
        guard pounds > 0 else { return false }
        var distance = 1
        while position + distance < bytes.count, byte(ahead: distance) != UInt8(ascii: "\n") {
            if byte(ahead: distance) == UInt8(ascii: "\""), hasPounds(pounds, ahead: distance + 1) { return true }
            distance += 1
        }
        return false
    }

    private func closesString(quotes: Int, pounds: Int) -> Bool {
        (0..<quotes).allSatisfy { byte(ahead: $0) == UInt8(ascii: "\"") } && hasPounds(pounds, ahead: quotes)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "`"), 0x80...0xFF:
            true
        default:
            false
        }
    }
}
