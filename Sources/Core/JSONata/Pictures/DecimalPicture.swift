import JSON

/// How `$formatNumber` writes a number.
///
/// Source: XPath and XQuery Functions and Operators 3.1 § fn:format-number.
struct DecimalPicture {
    /// The characters with a meaning, which options may replace.
    struct Symbols {
        var decimalSeparator: Character = "."
        var groupingSeparator: Character = ","
        var exponentSeparator: Character = "e"
        var minusSign = "-"
        var percent: Character = "%"
        var perMille: Character = "‰"
        var zeroDigit: Character = "0"
        var digit: Character = "#"
        var patternSeparator: Character = ";"

        init(_ options: Value) {
            for member in options.members ?? [] {
                guard case .string(let text) = member.value, let first = text.text.first else { continue }
                switch member.key.text {
                case "decimal-separator": decimalSeparator = first
                case "grouping-separator": groupingSeparator = first
                case "exponent-separator": exponentSeparator = first
                case "minus-sign": minusSign = text.text
                case "percent": percent = first
                case "per-mille": perMille = first
                case "zero-digit": zeroDigit = first
                case "digit": digit = first
                case "pattern-separator": patternSeparator = first
                default: break
                }
            }
        }

        func isDigit(_ character: Character) -> Bool {
            guard let scalar = character.unicodeScalars.first, let zero = zeroDigit.unicodeScalars.first else {
                return false
            }
            return scalar.value >= zero.value && scalar.value < zero.value + 10 && character.unicodeScalars.count == 1
        }

        func isActive(_ character: Character) -> Bool {
            isDigit(character) || character == decimalSeparator || character == exponentSeparator
                || character == groupingSeparator || character == digit || character == patternSeparator
        }
    }

    private let symbols: Symbols
    private let positive: SubPicture
    private let negative: SubPicture

    /// - Throws: D3080 to D3093 where the picture is not well-formed.
    init(_ picture: JSONString, options: Value) throws(JSONataError) {
        symbols = Symbols(options)
        let parts = Array(picture.text).split(separator: symbols.patternSeparator, omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw JSONataError("D3080") }
        positive = try SubPicture(Array(parts[0]), symbols)
        if parts.count == 2 {
            negative = try SubPicture(Array(parts[1]), symbols)
        } else {
            var copy = positive
            copy.prefix = symbols.minusSign + copy.prefix
            negative = copy
        }
    }

    func format(_ value: Double) throws(JSONataError) -> String {
        let picture = value >= 0 ? positive : negative
        var mantissa = value * picture.scale
        var exponent: Int?
        if let digits = picture.exponentDigits, digits > 0 {
            (mantissa, exponent) = Self.normalised(mantissa, integerDigits: picture.scalingFactor)
        }
        guard mantissa.isFinite else { return picture.prefix + "Infinity" + picture.suffix }
        let rounded = Numbers.rounded(mantissa, places: picture.maximumFraction).magnitude
        let digits = Numbers.fixed(rounded, places: picture.maximumFraction)
        var whole = Array(digits.whole.drop { $0 == 0 })
        var fraction = digits.fraction
        while fraction.last == 0 { fraction.removeLast() }
        if whole.count < picture.minimumInteger {
            whole = Array(repeating: 0, count: picture.minimumInteger - whole.count) + whole
        }
        if fraction.count < picture.minimumFraction {
            fraction += Array(repeating: 0, count: picture.minimumFraction - fraction.count)
        }
        var text = grouped(whole.map(digit), picture)
        if picture.hasDecimalSeparator, !fraction.isEmpty {
            text.append(symbols.decimalSeparator)
            for (index, value) in fraction.enumerated() {
                if picture.fractionSeparators.contains(index) { text.append(symbols.groupingSeparator) }
                text.append(digit(value))
            }
        }
        if let exponent {
            text.append(symbols.exponentSeparator)
            if exponent < 0 { text += symbols.minusSign }
            let size = picture.exponentDigits ?? 0
            let written = String(abs(exponent)).utf8.map { digit($0 - 0x30) }
            text += String(repeating: symbols.zeroDigit, count: max(0, size - written.count)) + String(written)
        }
        return picture.prefix + text + picture.suffix
    }

    /// The mantissa with as many digits before the point as the picture asks for, and the power of ten taken out.
    private static func normalised(_ value: Double, integerDigits: Int) -> (Double, Int) {
        guard value != 0, value.isFinite else { return (value, 0) }
        var mantissa = value
        var exponent = 0
        let maximum = Power.power(10, Double(integerDigits))
        let minimum = Power.power(10, Double(integerDigits - 1))
        while mantissa.magnitude < minimum {
            mantissa *= 10
            exponent -= 1
        }
        while mantissa.magnitude > maximum {
            mantissa /= 10
            exponent += 1
        }
        return (mantissa, exponent)
    }

    private func digit(_ value: UInt8) -> Character {
        guard let zero = symbols.zeroDigit.unicodeScalars.first, let scalar = Unicode.Scalar(zero.value + UInt32(value))
        else { return "0" }
        return Character(scalar)
    }

    private func grouped(_ digits: [Character], _ picture: SubPicture) -> String {
        var result: [Character] = []
        for (index, digit) in digits.enumerated() {
            let rest = digits.count - index
            let isSeparated =
                picture.regularGrouping > 0
                ? rest % picture.regularGrouping == 0 : picture.integerSeparators.contains(rest)
            if isSeparated, index > 0 || picture.regularGrouping == 0 { result.append(symbols.groupingSeparator) }
            result.append(digit)
        }
        return String(result)
    }
}
