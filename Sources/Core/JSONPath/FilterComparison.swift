internal import JSON

/// Jayway's loose comparison: the left value's type decides how the right one is read.
enum FilterComparison {
    /// True when `left` stands in that relation to `right`.
    /// - Throws: filterFailure when `left` is a number and `right` is no text of a number.
    static func holds(
        _ left: JSONValue, _ comparison: PathFilter.Comparison, _ right: JSONValue
    ) throws(JSONPathEvaluationError) -> Bool {
        switch comparison {
        case .equal: return try areEqual(left, right)
        case .notEqual: return try !areEqual(left, right)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard let order = try order(left, right) else { return false }
            return switch comparison {
            case .less: order < 0
            case .lessOrEqual: order <= 0
            case .greater: order > 0
            case .greaterOrEqual: order >= 0
            case .equal, .notEqual, .matches: false
            }
        case .matches: return false
        }
    }

    private static func areEqual(_ left: JSONValue, _ right: JSONValue) throws(JSONPathEvaluationError) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.null, .string(let text)): text == "null"
        case (.number(let number), _): try decimal(number).compare(try decimal(right)) == 0
        case (.string(let text), .string(let other)): text == other
        case (.bool(let flag), _): flag == isTrue(right)
        case (.array, _), (.object, _): left == right
        case (.null, _), (.string, _): false
        }
    }

    /// Below, at or above zero; nil when the values have no order.
    private static func order(_ left: JSONValue, _ right: JSONValue) throws(JSONPathEvaluationError) -> Int? {
        switch (left, right) {
        case (.number(let number), _):
            return try decimal(number).compare(try decimal(right))
        case (.string(let text), .string(let other)):
            return text == other ? 0 : JSONString.precedesByUTF16(text, other) ? -1 : 1
        case (.bool(let flag), _):
            return (flag ? 1 : 0) - (isTrue(right) ? 1 : 0)
        case (.null, _), (.string, _), (.array, _), (.object, _):
            return nil
        }
    }

    /// As Boolean.valueOf: the word true in any case.
    private static func isTrue(_ value: JSONValue) -> Bool { JavaText.text(value).lowercased() == "true" }

    private static func decimal(_ number: JSONNumber) throws(JSONPathEvaluationError) -> DecimalNumber {
        try decimal(.number(number))
    }

    private static func decimal(_ value: JSONValue) throws(JSONPathEvaluationError) -> DecimalNumber {
        let text = JavaText.text(value)
        guard let number = DecimalNumber(text) else {
            throw .filterFailure("The filter compares a number with '\(text)', which is none")
        }
        return number
    }
}
