import JSON

/// How a whole number is written: in digits, letters, Roman numerals or words.
///
/// Source: XPath and XQuery Functions and Operators 3.1 § fn:format-integer, as far as JSONata has it.
struct IntegerPicture {
    enum Style {
        case decimal
        case letters
        case roman
        case words
        /// A sequence that is not known, such as `①`.
        case sequence
    }

    enum Case {
        case upper
        case lower
        case title
    }

    struct Separator {
        /// Digits to its right.
        var position: Int
        var character: Character
    }

    private(set) var style = Style.decimal
    private var letterCase = Case.lower
    private var isOrdinal = false
    private let token: String
    /// The digit family's zero.
    private var zero: UInt32 = 0x30
    var mandatoryDigits = 0
    private(set) var optionalDigits = 0
    private var separators: [Separator] = []
    /// The distance of separators that repeat evenly; 0 where they do not.
    private var regularDistance = 0
    /// The digits to read exactly, where another number follows at once.
    var parseWidth: Int?

    /// - Throws: D3131 where digits of several families are mixed.
    init(_ picture: String) throws(JSONataError) {
        var primary = picture[...]
        if let semicolon = picture.lastIndex(of: ";") {
            primary = picture[..<semicolon]
            isOrdinal = picture[semicolon...].dropFirst().first == "o"
        }
        token = String(primary)
        switch primary {
        case "A": (style, letterCase) = (.letters, .upper)
        case "a": style = .letters
        case "I": (style, letterCase) = (.roman, .upper)
        case "i": style = .roman
        case "W": (style, letterCase) = (.words, .upper)
        case "Ww": (style, letterCase) = (.words, .title)
        case "w": style = .words
        default: try analyseDigits(primary)
        }
    }

    var hasRegularSeparators: Bool { regularDistance > 0 }
    /// The separator that repeats, or the only one.
    var regularSeparator: Character? { regularDistance > 0 ? separators.first?.character : nil }

    private mutating func analyseDigits(_ pattern: Substring) throws(JSONataError) {
        var family: UInt32?
        var position = 0
        for scalar in pattern.unicodeScalars.reversed() {
            if let group = Self.digitFamily(scalar.value) {
                mandatoryDigits += 1
                position += 1
                guard family == nil || family == group else { throw JSONataError("D3131") }
                family = group
            } else if scalar == "#" {
                optionalDigits += 1
                position += 1
            } else {
                separators.append(Separator(position: position, character: Character(scalar)))
            }
        }
        guard let family else {
            style = .sequence
            return
        }
        zero = family
        regularDistance = Self.regularDistance(of: separators.map(\.position))
        if !separators.allSatisfy({ $0.character == separators[0].character }) { regularDistance = 0 }
    }

    /// The distance of positions that are all the multiples of one up to the last; 0 where they are not.
    static func regularDistance(of positions: [Int]) -> Int {
        guard !positions.isEmpty else { return 0 }
        let factor = positions.reduce(0) { greatestCommonDivisor($0, $1) }
        for multiple in 1...positions.count where !positions.contains(multiple * factor) { return 0 }
        return factor
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        b == 0 ? a : greatestCommonDivisor(b, a % b)
    }

    /// The zero of the digit family that a code point belongs to.
    private static func digitFamily(_ codePoint: UInt32) -> UInt32? {
        families.first { codePoint >= $0 && codePoint <= $0 + 9 }
    }

    private static let families: [UInt32] = [
        0x30, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
        0x0E50,
        0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
        0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    ]

    // MARK: - Formatting

    /// - Throws: D3130 for a sequence that is not known; U1001 for a Roman numeral of absurd length.
    func format(_ number: Double) throws(JSONataError) -> String {
        let value = number.magnitude
        let text: String
        switch style {
        case .letters: text = NumeralSystems.letters(value, first: letterCase == .upper ? "A" : "a")
        case .roman:
            guard value < 1_000_000 else { throw EvaluationContext.tooMuch }
            let numeral = NumeralSystems.roman(Int(value))
            text = letterCase == .upper ? numeral.uppercased() : numeral
        case .words:
            let words = NumberWords.words(value, isOrdinal: isOrdinal)
            text = letterCase == .upper ? words.uppercased() : letterCase == .lower ? words.lowercased() : words
        case .decimal: text = decimal(value)
        case .sequence: throw JSONataError("D3130", value: .string(token))
        }
        return number < 0 ? "-" + text : text
    }

    private func decimal(_ value: Double) -> String {
        if zero == 0x30, separators.isEmpty, !isOrdinal, value < 1e15 {
            let text = String(Int(value))
            let missing = mandatoryDigits - text.utf8.count
            return missing > 0 ? String(repeating: "0", count: missing) + text : text
        }
        var digits = Array(Numbers.text15(value))
        if digits.count < mandatoryDigits {
            digits.insert(contentsOf: repeatElement("0", count: mandatoryDigits - digits.count), at: 0)
        }
        let last = digits.last
        let isTeen = digits.count > 1 && digits[digits.count - 2] == "1"
        if zero != 0x30 {
            digits = digits.map { digit in
                digit.wholeNumberValue.flatMap { Unicode.Scalar(zero + UInt32($0)) }.map { Character($0) } ?? digit
            }
        }
        if regularDistance > 0, let separator = separators.first {
            var position = digits.count - regularDistance
            while position > 0 {
                digits.insert(separator.character, at: position)
                position -= regularDistance
            }
        } else {
            let count = digits.count
            for separator in separators where separator.position <= count {
                digits.insert(separator.character, at: count - separator.position)
            }
        }
        guard isOrdinal else { return String(digits) }
        let suffix: String =
            switch last {
            case "1" where !isTeen: "st"
            case "2" where !isTeen: "nd"
            case "3" where !isTeen: "rd"
            default: "th"
            }
        return String(digits) + suffix
    }

    // MARK: - Parsing

    /// The pattern of what `parse` reads.
    /// - Throws: D3130 for a sequence that is not known.
    func pattern() throws(JSONataError) -> String {
        switch style {
        case .letters: return letterCase == .upper ? "[A-Z]+" : "[a-z]+"
        case .roman: return letterCase == .upper ? "[MDCLXVI]+" : "[mdclxvi]+"
        case .words: return "(?:" + (NumberWords.all + ["and", "[\\-, ]"]).joined(separator: "|") + ")+"
        case .decimal:
            let count = parseWidth.map { "{\($0)}" } ?? "+"
            return "[0-9]" + count + (isOrdinal ? "(?:th|st|nd|rd)" : "")
        case .sequence: throw JSONataError("D3130", value: .string(token))
        }
    }

    /// The number that `text` stands for; NaN where it is none, nil where there is nothing.
    /// - Throws: D3130 for a sequence that is not known.
    func parse(_ text: String) throws(JSONataError) -> Double? {
        switch style {
        case .letters: return NumeralSystems.value(ofLetters: text, first: letterCase == .upper ? "A" : "a")
        case .roman: return NumeralSystems.value(ofRoman: text.uppercased())
        case .words: return NumberWords.value(of: text.lowercased())
        case .decimal: return value(ofDigits: text)
        case .sequence: throw JSONataError("D3130", value: .string(token))
        }
    }

    private func value(ofDigits text: String) -> Double {
        var characters = Array(text)
        if isOrdinal { characters.removeLast(min(2, characters.count)) }
        let ignored = regularDistance > 0 ? [",", separators.first?.character ?? ","] : separators.map(\.character)
        characters.removeAll { ignored.contains($0) }
        var isNegative = false
        if characters.first == "-" || characters.first == "+" { isNegative = characters.removeFirst() == "-" }
        var digits = ""
        for character in characters {
            guard let scalar = character.unicodeScalars.first, scalar.value >= zero, scalar.value <= zero + 9 else {
                break
            }
            digits += String(scalar.value - zero)
        }
        guard let value = Double(digits) else { return .nan }
        return isNegative ? -value : value
    }
}
