import JSON

extension ComparisonOperator {
    /// Compares a value with an operand; values of a type that the operator does not compare give false.
    func holds(_ value: JSONValue, _ operand: JSONValue) -> Bool {
        switch self {
        case .stringEquals: Self.strings(value, operand) { $0 == $1 }
        case .stringLessThan: Self.strings(value, operand) { $0.comesBefore($1) }
        case .stringGreaterThan: Self.strings(value, operand) { $1.comesBefore($0) }
        case .stringLessThanEquals: Self.strings(value, operand) { !$1.comesBefore($0) }
        case .stringGreaterThanEquals: Self.strings(value, operand) { !$0.comesBefore($1) }
        case .stringMatches: Self.strings(value, operand) { text, pattern in text.matches(wildcards: pattern) }
        case .numericEquals: Self.numbers(value, operand) { $0 == $1 }
        case .numericLessThan: Self.numbers(value, operand) { $0.isBelow($1) }
        case .numericGreaterThan: Self.numbers(value, operand) { $1.isBelow($0) }
        case .numericLessThanEquals: Self.numbers(value, operand) { $0 == $1 || $0.isBelow($1) }
        case .numericGreaterThanEquals: Self.numbers(value, operand) { $0 == $1 || $1.isBelow($0) }
        case .booleanEquals: Self.booleans(value, operand) { $0 == $1 }
        case .timestampEquals: Self.timestamps(value, operand) { $0 == $1 }
        case .timestampLessThan: Self.timestamps(value, operand) { $0 < $1 }
        case .timestampGreaterThan: Self.timestamps(value, operand) { $0 > $1 }
        case .timestampLessThanEquals: Self.timestamps(value, operand) { $0 <= $1 }
        case .timestampGreaterThanEquals: Self.timestamps(value, operand) { $0 >= $1 }
        case .isNull: operand.bool == value.isNull
        case .isPresent: operand.bool == true
        case .isNumeric: operand.bool == (value.number != nil)
        case .isString: operand.bool == Self.isString(value)
        case .isBoolean: operand.bool == (value.bool != nil)
        case .isTimestamp: operand.bool == (Self.timestamp(value) != nil)
        }
    }

    @inline(__always)
    private static func strings(
        _ value: JSONValue, _ operand: JSONValue, _ holds: (JSONString, JSONString) -> Bool
    ) -> Bool {
        guard case .string(let left) = value, case .string(let right) = operand else { return false }
        return holds(left, right)
    }

    @inline(__always)
    private static func numbers(
        _ value: JSONValue, _ operand: JSONValue, _ holds: (JSONNumber, JSONNumber) -> Bool
    ) -> Bool {
        guard case .number(let left) = value, case .number(let right) = operand else { return false }
        return holds(left, right)
    }

    @inline(__always)
    private static func booleans(_ value: JSONValue, _ operand: JSONValue, _ holds: (Bool, Bool) -> Bool) -> Bool {
        guard case .bool(let left) = value, case .bool(let right) = operand else { return false }
        return holds(left, right)
    }

    @inline(__always)
    private static func timestamps(
        _ value: JSONValue, _ operand: JSONValue, _ holds: (Timestamp, Timestamp) -> Bool
    ) -> Bool {
        guard let left = timestamp(value), let right = timestamp(operand) else { return false }
        return holds(left, right)
    }

    private static func timestamp(_ value: JSONValue) -> Timestamp? {
        guard case .string(let text) = value else { return nil }
        return Timestamp(rfc3339: text)
    }

    private static func isString(_ value: JSONValue) -> Bool {
        guard case .string = value else { return false }
        return true
    }
}

extension JSONNumber {
    /// Integers compare exactly, all else as Doubles.
    func isBelow(_ other: JSONNumber) -> Bool {
        if case .integer(let left) = self, case .integer(let right) = other { return left < right }
        return double < other.double
    }
}
