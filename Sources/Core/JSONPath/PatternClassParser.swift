/// Reads a class (`[a-z\d]`) or the escape of a character from a pattern.
struct PatternClassParser {
    let pattern: [Unicode.Scalar]
    /// Behind the `[` or the backslash; after parsing, behind what was read.
    var position: Int

    enum Item {
        case single(Unicode.Scalar)
        case set(ScalarSet)
    }

    private var current: Unicode.Scalar? { position < pattern.count ? pattern[position] : nil }

    /// A class up to its `]`, which is a member when it comes first.
    mutating func parse() throws(RegularExpressionError) -> ScalarSet {
        var set = ScalarSet()
        if current == "^" {
            set.isNegated = true
            position += 1
        }
        var isFirst = true
        while let scalar = current {
            if scalar == "]", !isFirst {
                position += 1
                return set
            }
            isFirst = false
            if scalar == "[" || (scalar == "&" && position + 1 < pattern.count && pattern[position + 1] == "&") {
                throw error("classes within classes are not supported")
            }
            switch try item() {
            case .set(let subset): set.subsets.append(subset)
            case .single(let low): set.ranges.append(try range(from: low))
            }
        }
        throw error("a '[' has no ']'")
    }

    private mutating func range(from low: Unicode.Scalar) throws(RegularExpressionError) -> ClosedRange<UInt32> {
        guard current == "-", position + 1 < pattern.count, pattern[position + 1] != "]" else {
            return low.value...low.value
        }
        position += 1
        guard case .single(let high) = try item(), high.value >= low.value else {
            throw error("the range runs backwards")
        }
        return low.value...high.value
    }

    private mutating func item() throws(RegularExpressionError) -> Item {
        guard let scalar = current else { throw error("a '[' has no ']'") }
        position += 1
        return scalar == "\\" ? try escape() : .single(scalar)
    }

    /// What follows a backslash.
    mutating func escape() throws(RegularExpressionError) -> Item {
        guard let letter = current else { throw error("nothing follows the backslash") }
        position += 1
        if let set = ScalarSet.predefined(letter) { return .set(set) }
        switch letter {
        case "t": return .single("\t")
        case "n": return .single("\n")
        case "r": return .single("\r")
        case "f": return .single("\u{0C}")
        case "a": return .single("\u{07}")
        case "e": return .single("\u{1B}")
        case "x": return .single(try hexadecimal(digits: 2))
        case "u": return .single(try hexadecimal(digits: 4))
        case "a"..."z", "A"..."Z", "0"..."9": throw error("the escape \\\(letter) is not supported")
        default: return .single(letter)
        }
    }

    private mutating func hexadecimal(digits: Int) throws(RegularExpressionError) -> Unicode.Scalar {
        let end = position + digits
        guard end <= pattern.count else { throw error("expected \(digits) hexadecimal digits") }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: pattern[position..<end])
        guard let value = UInt32(String(text), radix: 16), let scalar = Unicode.Scalar(value) else {
            throw error("expected \(digits) hexadecimal digits of a character")
        }
        position = end
        return scalar
    }

    private func error(_ message: String) -> RegularExpressionError {
        let offset = pattern[..<min(position, pattern.count)].reduce(0) { $0 + UTF8.width($1) }
        return RegularExpressionError(message: "the regular expression is not valid: \(message)", offset: offset)
    }
}
