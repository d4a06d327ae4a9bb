/// Numbers as letters (a, b, …, z, aa) and as Roman numerals.
enum NumeralSystems {
    static func letters(_ value: Double, first: Unicode.Scalar) -> String {
        var rest = value
        var result = ""
        while rest > 0, result.utf8.count < 400 {
            let digit = (rest - 1).truncatingRemainder(dividingBy: 26)
            if let scalar = Unicode.Scalar(first.value + UInt32(digit)) {
                result.insert(Character(scalar), at: result.startIndex)
            }
            rest = ((rest - 1) / 26).rounded(.down)
        }
        return result
    }

    static func value(ofLetters text: String, first: Unicode.Scalar) -> Double {
        text.unicodeScalars.reduce(0) { $0 * 26 + Double($1.value) - Double(first.value) + 1 }
    }

    private static let numerals: [(Int, String)] = [
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"),
        (5, "v"), (4, "iv"), (1, "i"),
    ]

    static func roman(_ value: Int) -> String {
        var rest = value
        var result = ""
        for (amount, numeral) in numerals {
            result += String(repeating: numeral, count: rest / amount)
            rest %= amount
        }
        return result
    }

    /// - Parameter text: in capitals.
    static func value(ofRoman text: String) -> Double {
        var (value, largest) = (0.0, 1.0)
        for character in text.reversed() {
            let amount: Double
            switch character {
            case "M": amount = 1000
            case "D": amount = 500
            case "C": amount = 100
            case "L": amount = 50
            case "X": amount = 10
            case "V": amount = 5
            case "I": amount = 1
            default: return .nan
            }
            if amount < largest {
                value -= amount
            } else {
                largest = amount
                value += amount
            }
        }
        return value
    }
}
