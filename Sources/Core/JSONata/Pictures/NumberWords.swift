/// Numbers in English words.
enum NumberWords {
    private static let few = [
        "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
        "Thirteen",
        "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
    ]
    private static let ordinals = [
        "Zeroth", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
        "Eleventh",
        "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth",
    ]
    private static let decades = ["Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"]
    private static let magnitudes = ["Thousand", "Million", "Billion", "Trillion"]

    static func words(_ value: Double, isOrdinal: Bool) -> String {
        words(value, followsWords: false, isOrdinal)
    }

    private static func words(_ value: Double, followsWords: Bool, _ isOrdinal: Bool) -> String {
        if value < 20 {
            return (followsWords ? " and " : "") + (isOrdinal ? ordinals : few)[Int(value)]
        }
        if value < 100 {
            let (tens, rest) = (Int(value) / 10, Int(value) % 10)
            let decade = (followsWords ? " and " : "") + decades[tens - 2]
            if rest > 0 { return decade + "-" + words(Double(rest), followsWords: false, isOrdinal) }
            return isOrdinal ? decade.dropLast() + "ieth" : decade
        }
        if value < 1000 {
            let (hundreds, rest) = (Int(value) / 100, Int(value) % 100)
            let hundred = (followsWords ? ", " : "") + few[hundreds] + " Hundred"
            if rest > 0 { return hundred + words(Double(rest), followsWords: true, isOrdinal) }
            return isOrdinal ? hundred + "th" : hundred
        }
        var (magnitude, factor) = (1, 1000.0)
        while magnitude < magnitudes.count, value >= factor * 1000 {
            magnitude += 1
            factor *= 1000
        }
        let count = (value / factor).rounded(.down)
        let rest = value - count * factor
        let large =
            (followsWords ? ", " : "") + words(count, followsWords: false, false) + " " + magnitudes[magnitude - 1]
        if rest > 0 { return large + words(rest, followsWords: true, isOrdinal) }
        return isOrdinal ? large + "th" : large
    }

    private static let values: [String: Double] = {
        var result: [String: Double] = [:]
        for (value, word) in few.enumerated() { result[word.lowercased()] = Double(value) }
        for (value, word) in ordinals.enumerated() { result[word.lowercased()] = Double(value) }
        for (index, word) in decades.enumerated() {
            result[word.lowercased()] = Double(index + 2) * 10
            result[word.lowercased().dropLast() + "ieth"] = Double(index + 2) * 10
        }
        result["hundred"] = 100
        result["hundredth"] = 100
        var factor = 1000.0
        for word in magnitudes {
            result[word.lowercased()] = factor
            result[word.lowercased() + "th"] = factor
            factor *= 1000
        }
        return result
    }()

    /// Every word, the longest first, so that a pattern of them reads whole words.
    static let all: [String] = values.keys.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }

    /// - Parameter text: in small letters.
    /// - Returns: NaN where a word is not known.
    static func value(of text: String) -> Double {
        var words: [String] = [""]
        for character in text {
            if character == " " || character == "," || character == "-" || character == "\\" || character.isWhitespace {
                if words.last != "" { words.append("") }
            } else {
                words[words.count - 1].append(character)
            }
        }
        var parts = [0.0]
        for word in words where !word.isEmpty && word != "and" {
            guard let value = values[word] else { return .nan }
            let top = parts.removeLast()
            if value >= 100 {
                parts.append(top * value)
            } else if top >= 1000 {
                parts += [top, value]
            } else {
                parts.append(top + value)
            }
        }
        return parts.reduce(0, +)
    }
}
