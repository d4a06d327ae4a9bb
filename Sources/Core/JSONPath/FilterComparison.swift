internal import JSON

/// Jayway's loose comparison: the left value's type decides how the right one is read.
enum FilterComparison {
    /// True when `left` stands in that relation to `right`.
    /// - Throws: filterFailure when `left` is a number and `right` is no text of a number.
    static func holds(
        _ left: JSONValue, _ comparison: PathFilter.Comparison, _ right: JSONValue
    ) throws(JSONPathEvaluationError) -> Bool {
        switch comparison {
        case .equal: return try order(left, right) == 0
        case .notEqual: return try order(left, right).map { $0 != 0 } ?? false
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard left.isNull == right.isNull, let order = try order(left, right) else { return false }
            if comparison == .less { return order < 0 }
            if comparison == .greater { return order > 0 }
            return comparison == .lessOrEqual ? order <= 0 : order >= 0
        case .matches: return false
        }
    }

    /// Below, at or above zero; nil when the two can't be compared, which makes every relation false, `!=` too.
    private static func order(_ left: JSONValue, _ right: JSONValue) throws(JSONPathEvaluationError) -> Int? {
        switch (isNull(left), isNull(right)) {
        case (true, true): return 0
        case (true, false): return -1
        case (false, true): return 1
        case (false, false): break
        }
        switch (left, right) {
        case (.number, .number), (.number, .string):
            return try decimal(left).compare(try decimal(right))
        case (.string(let text), .string(let other)):
            return text == other ? 0 : JSONString.precedesByUTF16(text, other) ? -1 : 1
        case (.bool(let flag), .bool), (.bool(let flag), .string):
            return (flag ? 1 : 0) - (isTrue(right) ? 1 : 0)
        case (.array, .array), (.object, .object):
            return left == right ? 0 : nil
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _):
            return nil
        }
    }

    /// The word null is as good as null, since literals have no type.
    static func isNull(_ value: JSONValue) -> Bool {
        switch value {
        case .null: true
        case .string(let text): text == "null"
        case .bool, .number, .array, .object: false
        }
    }

    /// As Boolean.valueOf: the word true in any case.
    private static func isTrue(_ value: JSONValue) -> Bool { JavaText.text(value).lowercased() == "true" }

    private static func decimal(_ value: JSONValue) throws(JSONPathEvaluationError) -> DecimalNumber {
        let text = JavaText.text(value)
        guard let number = DecimalNumber(text) else {
            throw .filterFailure("The filter compares a number with '\(text)', which is none")
        }
        return number
    }
}
