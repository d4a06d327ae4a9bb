import JSON

/// One key of a `Condition` block under one operator: `{"IpAddress": {"aws:SourceIp": ["10.0.0.0/8"]}}`.
struct PolicyCondition: Sendable, Equatable {
    /// How several values of the request count.
    private enum Quantifier: Equatable {
        case any
        case all
    }

    let comparison: ConditionOperator
    private let quantifier: Quantifier
    /// A request without the key fulfils it.
    private let ifExists: Bool
    private let key: String
    private let patterns: [WildcardPattern]

    static func read(
        _ value: JSONValue, at pointer: String, hasVariables: Bool
    ) throws(PolicyError) -> [PolicyCondition] {
        if value.isNull { return [] }
        guard case .object(let block) = value else { throw PolicyError(pointer, "must be an object of operators") }
        var conditions: [PolicyCondition] = []
        for member in block {
            let place = "\(pointer)/\(member.key)"
            guard case .object(let keys) = member.value else { throw PolicyError(place, "must be an object of keys") }
            for entry in keys {
                let texts = try PolicyStatement.texts(entry.value, at: "\(place)/\(entry.key)")
                conditions.append(
                    try PolicyCondition(
                        member.key.text, entry.key.text, texts.map { WildcardPattern($0, hasVariables: hasVariables) },
                        at: "\(place)/\(entry.key)"))
            }
        }
        return conditions
    }

    private init(
        _ operatorName: String, _ key: String, _ patterns: [WildcardPattern], at pointer: String
    ) throws(PolicyError) {
        var name = Substring(operatorName)
        switch true {
        case name.hasPrefix("ForAllValues:"):
            quantifier = .all
            name = name.dropFirst("ForAllValues:".count)
        case name.hasPrefix("ForAnyValue:"):
            quantifier = .any
            name = name.dropFirst("ForAnyValue:".count)
        default: quantifier = .any
        }
        ifExists = name.hasSuffix("IfExists") && name != "Null"
        if ifExists { name = name.dropLast("IfExists".count) }
        guard let comparison = ConditionOperator(rawValue: String(name)) else {
            throw PolicyError(pointer, "\"\(operatorName)\" is no operator of conditions")
        }
        for pattern in patterns where !comparison.accepts(pattern.text) {
            throw PolicyError(pointer, "\"\(pattern.text)\" is no value for \(operatorName)")
        }
        self.comparison = comparison
        self.key = key
        self.patterns = patterns
    }

    /// Values of the policy are alternatives; a negated operator wants none of them to match.
    /// A key that the request has not fails the condition, unless the operator is negated. Source: IAM User Guide, condition operators.
    func holds(for request: AccessRequest) -> Bool {
        let values = request.value(key)
        if comparison == .null {
            return patterns.contains { ($0.text == "true") == (values == nil || values?.isEmpty == true) }
        }
        guard let values, !values.isEmpty else {
            return ifExists || quantifier == .all || comparison.isNegated
        }
        switch quantifier {
        case .all: return values.allSatisfy { holds($0, request) }
        case .any:
            // Without a quantifier there is one value.
            return values.contains { holds($0, request) }
        }
    }

    private func holds(_ value: String, _ request: AccessRequest) -> Bool {
        patterns.contains { comparison.matches(value, $0, request) } != comparison.isNegated
    }
}
