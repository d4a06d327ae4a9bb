/// A JSON number that loses nothing: what was read is written again with the same digits.
public enum JSONNumber: Sendable {
    /// Text that is just an integer in this range, without `-0`.
    case integer(Int64)
    /// The result of a computation; written as ECMAScript writes numbers.
    case double(Double)
    /// Any other text that was read, e.g. `1.50`, `1e400`, `-0`, `12345678901234567890`.
    case literal(String)

    public init(_ value: some BinaryInteger) {
        if let small = Int64(exactly: value) {
            self = .integer(small)
        } else {
            self = .literal(String(value))
        }
    }

    /// The nearest Double; infinite where the digits exceed its range.
    public var double: Double {
        switch self {
        case .integer(let value): Double(value)
        case .double(let value): value
        case .literal(let text): Double(text) ?? (text.hasPrefix("-") ? -.infinity : .infinity)
        }
    }

    /// The value as an integer, when it is one: `5`, `5.0` and `5e0` are, `5.5` and what Int64 can't hold are not.
    public var int64: Int64? {
        switch self {
        case .integer(let value): value
        case .double(let value): Int64(exactly: value)
        case .literal(let text): Int64(text) ?? Int64(exactly: double)
        }
    }

    /// The digits as they are written to JSON. A Double that is not finite has no JSON form and reads `null`.
    public var text: String {
        switch self {
        case .integer(let value): String(value)
        case .double(let value): Self.ecmaScriptText(value)
        case .literal(let text): text
        }
    }
}

extension JSONNumber: Hashable {
    /// Equality by value: 1, 1.0 and 1e0 are equal.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        switch (left, right) {
        case (.integer(let a), .integer(let b)): a == b
        case (.literal(let a), .literal(let b)) where a == b: true
        case (.integer, _), (.double, _), (.literal, _): left.double == right.double
        }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(double) }
}

extension JSONNumber {
    /// Number::toString of ECMAScript for radix 10: shortest digits that round trip, exponent below 1e-6 and from 1e21.
    /// Source: ECMA-262 § Number::toString. Not finite: `null`, as JSON.stringify writes it.
    public static func ecmaScriptText(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        if value == 0 { return "0" }
        if let integer = Int64(exactly: value), integer.magnitude < 1_000_000_000_000_000 { return String(integer) }
        let (digits, exponent) = shortestDigits(value.magnitude)
        let sign = value < 0 ? "-" : ""
        let count = digits.utf8.count
        // `exponent` is n of the specification: the value is 0.digits × 10^n.
        if count <= exponent, exponent <= 21 {
            return sign + digits + String(repeating: "0", count: exponent - count)
        }
        if 0 < exponent, exponent <= 21 {
            return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent)
        }
        if -6 < exponent, exponent <= 0 {
            return sign + "0." + String(repeating: "0", count: -exponent) + digits
        }
        let power = exponent - 1
        let mantissa = count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst(1)
        return sign + mantissa + "e" + (power < 0 ? "-" : "+") + String(power.magnitude)
    }

    /// The shortest digits that round trip and the decimal exponent, such that the value is 0.digits × 10^exponent.
    /// - Parameter value: finite and above zero.
    public static func shortestDigits(_ value: Double) -> (digits: String, exponent: Int) {
        // Swift's description prints the shortest digits that round trip, as `123.45`, `1e-07` or `1.5e+20`.
        var mantissa = value.description[...]
        var exponent = 0
        if let mark = mantissa.firstIndex(of: "e") {
            exponent = Int(mantissa[mantissa.index(after: mark)...]) ?? 0
            mantissa = mantissa[..<mark]
        }
        var digits = ""
        var pointSeen = false
        for character in mantissa {
            if character == "." {
                pointSeen = true
            } else {
                digits.append(character)
                if !pointSeen { exponent += 1 }
            }
        }
        let leadingZeros = digits.prefix { $0 == "0" }.count
        digits.removeFirst(leadingZeros)
        exponent -= leadingZeros
        while digits.hasSuffix("0") { digits.removeLast() }
        return (digits, exponent)
    }
}
