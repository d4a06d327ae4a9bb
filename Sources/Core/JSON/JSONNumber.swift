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

    /// The value as an integer, when it is exactly one: `5`, `5.0` and `5e0` are, `5.5` and what Int64 can't hold are not.
    public var int64: Int64? {
        switch self {
        case .integer(let value): value
        case .double(let value): Self.integer(value)
        case .literal: decimal?.int64
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

    /// The exact decimal value; nil when it is not finite.
    var decimal: JSONDecimal? {
        switch self {
        case .integer(let value): JSONDecimal(value)
        case .double(let value): JSONDecimal(value)
        case .literal(let text): JSONDecimal(text)
        }
    }

    /// `value` as an integer, when it is exactly one.
    ///
    /// Not `Int64(exactly:)`, which calls C's `trunc`: a Core target links without the C library's mathematics.
    static func integer(_ value: Double) -> Int64? {
        guard value >= -0x1p63, value < 0x1p63 else { return nil }
        let integer = Int64(value)
        return Double(integer) == value ? integer : nil
    }
}

extension JSONNumber: Hashable {
    /// Equality by decimal value, to the last digit: 1, 1.0 and 1e0 are equal, 9007199254740992 and 9007199254740993 are not.
    /// A Double stands for the shortest digits that round trip, which are those it is written with; NaN equals itself.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        switch (left, right) {
        case (.integer(let a), .integer(let b)): a == b
        case (.double(let a), .double(let b)): a == b || a.isNaN && b.isNaN
        case (.literal(let a), .literal(let b)) where a.utf8.elementsEqual(b.utf8): true
        case (.integer, _), (.double, _), (.literal, _): left.hasSameDecimal(as: right)
        }
    }

    /// Equal numbers have the same nearest Double, so that is what is hashed.
    public func hash(into hasher: inout Hasher) {
        let value = double
        hasher.combine(value.isNaN ? .nan : value)
    }

    private func hasSameDecimal(as other: JSONNumber) -> Bool {
        // Decimals that are equal have the same nearest Double: mostly this comparison decides.
        guard double == other.double, let decimal, let otherDecimal = other.decimal else { return false }
        return decimal == otherDecimal
    }
}
