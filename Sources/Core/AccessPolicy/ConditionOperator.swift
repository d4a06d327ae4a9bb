/// The operators of conditions, without quantifier and `IfExists`. Source: IAM User Guide, condition operators.
enum ConditionOperator: String, Sendable {
    case stringEquals = "StringEquals"
    case stringNotEquals = "StringNotEquals"
    case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
    case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
    case stringLike = "StringLike"
    case stringNotLike = "StringNotLike"
    case numericEquals = "NumericEquals"
    case numericNotEquals = "NumericNotEquals"
    case numericLessThan = "NumericLessThan"
    case numericLessThanEquals = "NumericLessThanEquals"
    case numericGreaterThan = "NumericGreaterThan"
    case numericGreaterThanEquals = "NumericGreaterThanEquals"
    case dateEquals = "DateEquals"
    case dateNotEquals = "DateNotEquals"
    case dateLessThan = "DateLessThan"
    case dateLessThanEquals = "DateLessThanEquals"
    case dateGreaterThan = "DateGreaterThan"
    case dateGreaterThanEquals = "DateGreaterThanEquals"
    case bool = "Bool"
    case ipAddress = "IpAddress"
    case notIPAddress = "NotIpAddress"
    case arnEquals = "ArnEquals"
    case arnLike = "ArnLike"
    case arnNotEquals = "ArnNotEquals"
    case arnNotLike = "ArnNotLike"
    case null = "Null"

    /// What is compared, whatever the sign.
    private enum Kind {
        case string(ignoresCase: Bool, hasWildcards: Bool)
        case number(Order)
        case date(Order)
        case bool, address, arn, null
    }

    private enum Order {
        case equal, less, lessOrEqual, greater, greaterOrEqual

        func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
            switch self {
            case .equal: left == right
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            }
        }
    }

    private var kind: Kind {
        switch self {
        case .stringEquals, .stringNotEquals: .string(ignoresCase: false, hasWildcards: false)
        case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase: .string(ignoresCase: true, hasWildcards: false)
        case .stringLike, .stringNotLike: .string(ignoresCase: false, hasWildcards: true)
        case .numericEquals, .numericNotEquals: .number(.equal)
        case .numericLessThan: .number(.less)
        case .numericLessThanEquals: .number(.lessOrEqual)
        case .numericGreaterThan: .number(.greater)
        case .numericGreaterThanEquals: .number(.greaterOrEqual)
        case .dateEquals, .dateNotEquals: .date(.equal)
        case .dateLessThan: .date(.less)
        case .dateLessThanEquals: .date(.lessOrEqual)
        case .dateGreaterThan: .date(.greater)
        case .dateGreaterThanEquals: .date(.greaterOrEqual)
        case .bool: .bool
        case .ipAddress, .notIPAddress: .address
        case .arnEquals, .arnLike, .arnNotEquals, .arnNotLike: .arn
        case .null: .null
        }
    }

    /// Holds when no value of the policy matches.
    var isNegated: Bool {
        switch self {
        case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .numericNotEquals, .dateNotEquals,
            .notIPAddress, .arnNotEquals, .arnNotLike:
            true
        case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .numericEquals, .numericLessThan,
            .numericLessThanEquals, .numericGreaterThan, .numericGreaterThanEquals, .dateEquals, .dateLessThan,
            .dateLessThanEquals, .dateGreaterThan, .dateGreaterThanEquals, .bool, .ipAddress, .arnEquals, .arnLike,
            .null:
            false
        }
    }

    /// Whether a policy's text can be compared at all.
    func accepts(_ text: String) -> Bool {
        if text.contains("${") { return true }
        switch kind {
        case .string: return true
        case .arn: return text == "*" || text.hasPrefix("arn:") || text.hasPrefix("*") || text.hasPrefix("arn*")
        case .number: return Double(text) != nil
        case .date: return PolicyTime.epochMilliseconds(text) != nil
        case .bool, .null: return ["true", "false"].contains(text.lowercased())
        case .address: return IPAddressRange(text) != nil
        }
    }

    /// Compares a value of the request with one of the policy, leaving the sign aside.
    func matches(_ value: String, _ pattern: WildcardPattern, _ request: AccessRequest) -> Bool {
        if case .string(_, hasWildcards: true) = kind { return pattern.matches(value, request) }
        if case .arn = kind { return Self.arnMatches(value, pattern, request) }
        guard let text = pattern.literal(request) else { return false }
        switch kind {
        case .string(let ignoresCase, _):
            return ignoresCase ? value.lowercased() == text.lowercased() : value == text
        case .number(let order):
            guard let left = Double(value), let right = Double(text) else { return false }
            return order.holds(left, right)
        case .date(let order):
            guard let left = PolicyTime.epochMilliseconds(value), let right = PolicyTime.epochMilliseconds(text)
            else { return false }
            return order.holds(left, right)
        case .bool: return value.lowercased() == text.lowercased()
        case .address:
            guard let range = IPAddressRange(text), let address = IPAddressRange.bytes(value) else { return false }
            return range.contains(address)
        case .arn, .null: return false
        }
    }

    /// Part by part: a star does not reach over a colon of the first five.
    private static func arnMatches(_ value: String, _ pattern: WildcardPattern, _ request: AccessRequest) -> Bool {
        guard let patterns = pattern.segments(request) else { return false }
        if patterns == [[.anything]] { return true }
        let parts = value.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == patterns.count else { return false }
        return zip(patterns, parts).allSatisfy { WildcardPattern.matches($0, Array($1.unicodeScalars)) }
    }
}
