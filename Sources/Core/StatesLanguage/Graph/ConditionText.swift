import JSON
import JSONPath

/// Says in short what a choice rule asks, for the labels of a graph.
enum ConditionText {
    /// Conditions within one another that are written out.
    static let depthMax = 8

    static func number(_ value: Double) -> String { JSONNumber.ecmaScriptText(value) }
}

extension Condition {
    /// One line, e.g. `$.n > 5 and not ($.name is null)`.
    var summary: String { summary(depth: 0) }

    private func summary(depth: Int) -> String {
        guard depth < ConditionText.depthMax else { return "…" }
        switch self {
        case .and(let conditions): return Self.join(conditions, " and ", depth)
        case .or(let conditions): return Self.join(conditions, " or ", depth)
        case .not(let condition): return "not (\(condition.summary(depth: depth + 1)))"
        case .comparison(let variable, let comparison, let operand):
            return comparison.summary(of: variable.text, operand)
        case .query(let query): return String(query.text.drop { $0.isWhitespace })
        case .constant(let flag): return flag ? "always" : "never"
        }
    }

    private static func join(_ conditions: [Condition], _ word: String, _ depth: Int) -> String {
        conditions.map { condition in
            switch condition {
            case .and, .or: "(\(condition.summary(depth: depth + 1)))"
            case .not, .comparison, .query, .constant: condition.summary(depth: depth + 1)
            }
        }.joined(separator: word)
    }
}

extension ComparisonOperator {
    fileprivate func summary(of variable: String, _ operand: Condition.Operand) -> String {
        let right: String
        var isFalse = false
        switch operand {
        case .value(let value):
            right = JSONWriter.text(value)
            isFalse = value == .bool(false)
        case .path(let path): right = path.text
        }
        switch self {
        case .stringEquals, .numericEquals, .booleanEquals, .timestampEquals: return "\(variable) = \(right)"
        case .stringLessThan, .numericLessThan, .timestampLessThan: return "\(variable) < \(right)"
        case .stringGreaterThan, .numericGreaterThan, .timestampGreaterThan: return "\(variable) > \(right)"
        case .stringLessThanEquals, .numericLessThanEquals, .timestampLessThanEquals: return "\(variable) ≤ \(right)"
        case .stringGreaterThanEquals, .numericGreaterThanEquals, .timestampGreaterThanEquals:
            return "\(variable) ≥ \(right)"
        case .stringMatches: return "\(variable) matches \(right)"
        case .isNull: return "\(variable) is \(isFalse ? "not " : "")null"
        case .isPresent: return "\(variable) is \(isFalse ? "not " : "")present"
        case .isNumeric: return "\(variable) is \(isFalse ? "not " : "")a number"
        case .isString: return "\(variable) is \(isFalse ? "not " : "")a string"
        case .isBoolean: return "\(variable) is \(isFalse ? "not " : "")a boolean"
        case .isTimestamp: return "\(variable) is \(isFalse ? "not " : "")a timestamp"
        }
    }
}
