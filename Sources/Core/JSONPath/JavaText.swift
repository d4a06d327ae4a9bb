internal import JSON

/// Values as Java's `toString` prints them, which shows in messages: `{a=1, b=[1,2]}`.
enum JavaText {
    /// An object prints its members without quotes; an array prints as compact JSON.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .object(let object):
            "{" + object.members.map { "\($0.key.text)=\(text($0.value))" }.joined(separator: ", ") + "}"
        case .array: JSONWriter.text(value)
        case .string(let string): string.text
        case .number(let number): text(number)
        case .bool(let flag): flag ? "true" : "false"
        case .null: "null"
        }
    }

    /// An integer prints its digits, any other number as `Double.toString`: `1.0`, `1.5E10`.
    private static func text(_ number: JSONNumber) -> String {
        let text = number.text
        let isInteger = text.utf8.allSatisfy {
            $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        let value = number.double
        guard !isInteger, value.isFinite else { return text }
        let sign = value.sign == .minus ? "-" : ""
        if value == 0 { return sign + "0.0" }
        var (digits, exponent) = JSONNumber.shortestDigits(value.magnitude)
        guard (1e-3..<1e7).contains(value.magnitude) else {
            let fraction = digits.count > 1 ? String(digits.dropFirst()) : "0"
            return "\(sign)\(digits.prefix(1)).\(fraction)E\(exponent - 1)"
        }
        if exponent <= 0 { return sign + "0." + String(repeating: "0", count: -exponent) + digits }
        while digits.utf8.count <= exponent { digits += "0" }
        return "\(sign)\(digits.prefix(exponent)).\(digits.dropFirst(exponent))"
    }
}
