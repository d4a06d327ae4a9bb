extension JSONNumber {
    /// Number::toString of ECMAScript for radix 10: shortest digits that round trip, exponent below 1e-6 and from 1e21.
    /// Source: ECMA-262 § Number::toString. Not finite: `null`, as JSON.stringify writes it.
    public static func ecmaScriptText(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if let integer = integer(value), integer.magnitude < 1_000_000_000_000_000 { return String(integer) }
        guard let decimal = JSONDecimal(value) else { return "null" }
        return ecmaScriptText(decimal)
    }

    /// The shortest digits that round trip and the decimal exponent, such that the value is 0.digits × 10^exponent.
    /// - Parameter value: finite and above zero.
    public static func shortestDigits(_ value: Double) -> (digits: String, exponent: Int) {
        guard let decimal = JSONDecimal(value) else { return ("", 0) }
        return (String(decoding: decimal.digits, as: UTF8.self), decimal.exponent)
    }

    /// - Parameter decimal: not zero. Its digits are the specification's s, their count k, its exponent n.
    private static func ecmaScriptText(_ decimal: JSONDecimal) -> String {
        let digits = decimal.digits
        let exponent = decimal.exponent
        var text: [UInt8] = decimal.isNegative ? [UInt8(ascii: "-")] : []
        switch exponent {
        case 1...21 where digits.count <= exponent:
            text += digits
            text += zeros(exponent - digits.count)
        case 1...21:
            text += digits[..<exponent]
            text.append(UInt8(ascii: "."))
            text += digits[exponent...]
        case -5...0:
            text += "0.".utf8
            text += zeros(-exponent)
            text += digits
        default:
            text += digits[..<1]
            if digits.count > 1 {
                text.append(UInt8(ascii: "."))
                text += digits[1...]
            }
            let power = exponent - 1
            text += (power < 0 ? "e-" : "e+").utf8
            text += power.magnitude.description.utf8
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func zeros(_ count: Int) -> Repeated<UInt8> { repeatElement(UInt8(ascii: "0"), count: count) }
}
