/// One of the at most two parts of a number picture, analysed.
struct SubPicture {
    var prefix = ""
    private(set) var suffix = ""
    /// 1, or 100 and 1000 for percent and per mille.
    private(set) var scale = 1.0
    private(set) var minimumInteger = 0
    private(set) var scalingFactor = 0
    private(set) var minimumFraction = 0
    private(set) var maximumFraction = 0
    /// Digits of the exponent; nil where there is none.
    private(set) var exponentDigits: Int?
    private(set) var hasDecimalSeparator = false
    /// Digits to the right of each separator in the integer part.
    private(set) var integerSeparators: [Int] = []
    private(set) var regularGrouping = 0
    /// Digits to the left of each separator in the fraction.
    private(set) var fractionSeparators: [Int] = []

    private typealias Symbols = DecimalPicture.Symbols

    /// - Throws: D3081 to D3093.
    init(_ picture: [Character], _ symbols: DecimalPicture.Symbols) throws(JSONataError) {
        func isBound(_ character: Character) -> Bool {
            symbols.isActive(character) && character != symbols.exponentSeparator
        }
        guard let first = picture.firstIndex(where: isBound), let last = picture.lastIndex(where: isBound) else {
            throw JSONataError("D3086")
        }
        prefix = String(picture[..<first])
        suffix = String(picture[(last + 1)...])
        let active = picture[first...last]
        let exponentMark = active.firstIndex(of: symbols.exponentSeparator)
        let mantissa = exponentMark.map { active[..<$0] } ?? active
        let exponent = exponentMark.map { active[($0 + 1)...] }
        let point = mantissa.firstIndex(of: symbols.decimalSeparator)
        let integer = Array(point.map { mantissa[..<$0] } ?? mantissa)
        let fraction = Array(point.map { mantissa[($0 + 1)...] } ?? [])
        if let code = Self.fault(
            picture, Array(active), mantissa: Array(mantissa), integer, fraction, exponent.map(Array.init), symbols)
        {
            throw JSONataError(code)
        }
        hasDecimalSeparator = point != nil
        if picture.contains(symbols.percent) { scale = 100 } else if picture.contains(symbols.perMille) { scale = 1000 }
        exponentDigits = exponent.map { $0.count { symbols.isDigit($0) } }
        countDigits(integer, fraction, symbols)
        findSeparators(integer, fraction, symbols)
    }

    private mutating func countDigits(_ integer: [Character], _ fraction: [Character], _ symbols: Symbols) {
        minimumInteger = integer.count { symbols.isDigit($0) }
        scalingFactor = minimumInteger
        minimumFraction = fraction.count { symbols.isDigit($0) }
        maximumFraction = fraction.count { symbols.isDigit($0) || $0 == symbols.digit }
        if minimumInteger == 0, maximumFraction == 0 {
            if exponentDigits != nil {
                minimumFraction = 1
                maximumFraction = 1
            } else {
                minimumInteger = 1
            }
        }
        if exponentDigits != nil, minimumInteger == 0, integer.contains(symbols.digit) { minimumInteger = 1 }
        if minimumInteger == 0, minimumFraction == 0 { minimumFraction = 1 }
    }

    private mutating func findSeparators(_ integer: [Character], _ fraction: [Character], _ symbols: Symbols) {
        func isPlace(_ character: Character) -> Bool { symbols.isDigit(character) || character == symbols.digit }
        for index in integer.indices where integer[index] == symbols.groupingSeparator {
            integerSeparators.append(integer[index...].count(where: isPlace))
        }
        regularGrouping = IntegerPicture.regularDistance(of: integerSeparators)
        for index in fraction.indices where fraction[index] == symbols.groupingSeparator {
            fractionSeparators.append(fraction[..<index].count(where: isPlace))
        }
    }

    /// The code of the last rule that the picture breaks, in the order in which the specification lists them.
    private static func fault(
        _ picture: [Character], _ active: [Character], mantissa: [Character], _ integer: [Character],
        _ fraction: [Character],
        _ exponent: [Character]?, _ symbols: Symbols
    ) -> String? {
        func count(_ character: Character) -> Int { picture.count { $0 == character } }
        let (group, point) = (symbols.groupingSeparator, picture.firstIndex(of: symbols.decimalSeparator))
        var code: String?
        if count(symbols.decimalSeparator) > 1 { code = "D3081" }
        if count(symbols.percent) > 1 { code = "D3082" }
        if count(symbols.perMille) > 1 { code = "D3083" }
        if count(symbols.percent) > 0, count(symbols.perMille) > 0 { code = "D3084" }
        if !mantissa.contains(where: { symbols.isDigit($0) || $0 == symbols.digit }) { code = "D3085" }
        if active.contains(where: { !symbols.isActive($0) }) { code = "D3086" }
        if let point {
            if point > 0, picture[point - 1] == group { code = "D3087" }
            if point + 1 < picture.count, picture[point + 1] == group { code = "D3087" }
        } else if integer.last == group {
            code = "D3088"
        }
        if zip(picture, picture.dropFirst()).contains(where: { $0 == group && $1 == group }) { code = "D3089" }
        if let optional = integer.firstIndex(of: symbols.digit), integer[..<optional].contains(where: symbols.isDigit) {
            code = "D3090"
        }
        if let optional = fraction.lastIndex(of: symbols.digit), fraction[optional...].contains(where: symbols.isDigit)
        {
            code = "D3091"
        }
        if let exponent, !exponent.isEmpty, count(symbols.percent) + count(symbols.perMille) > 0 { code = "D3092" }
        if let exponent, exponent.isEmpty || !exponent.allSatisfy(symbols.isDigit) { code = "D3093" }
        return code
    }
}
