internal import JSON

extension PathFilter {
    /// True when the filter takes `item`. As in Jayway, what stands last is tried first, which shows when a criterion
    /// fails.
    /// - Parameter document: what `$` stands for in comparisons.
    func accepts(_ item: JSONValue, in document: JSONValue) throws(JSONPathEvaluationError) -> Bool {
        for group in groups.reversed() where try Self.areAllTrue(group, item, document) { return true }
        return false
    }

    private static func areAllTrue(
        _ criteria: [Criterion], _ item: JSONValue, _ document: JSONValue
    ) throws(JSONPathEvaluationError) -> Bool {
        for criterion in criteria.reversed() where try !isTrue(criterion, item, document) { return false }
        return true
    }

    private static func isTrue(
        _ criterion: Criterion, _ item: JSONValue, _ document: JSONValue
    ) throws(JSONPathEvaluationError) -> Bool {
        switch criterion {
        case .exists(let path, let isNegated):
            let value = try value(at: path, on: item)
            return (value?.isNull ?? true) == isNegated
        case .comparison(let left, let comparison, let right):
            guard let leftValue = try value(of: left, item, document) else { return false }
            guard let rightValue = try value(of: right, item, document) else { return false }
            switch (comparison, left, right) {
            case (.matches, .pattern(let pattern), _): return try matches(pattern, rightValue)
            case (.matches, _, .pattern(let pattern)): return try matches(pattern, leftValue)
            case (.matches, _, _):
                throw .filterFailure("Neither side of '=~' in the filter is a regular expression between slashes")
            // A pattern equals nothing, not even itself, but it is not null.
            case (_, .pattern, _):
                guard FilterComparison.isNull(rightValue) else { return false }
                return try FilterComparison.holds([], comparison, rightValue)
            case (_, _, .pattern):
                guard FilterComparison.isNull(leftValue) else { return false }
                return try FilterComparison.holds(leftValue, comparison, [])
            case (_, _, _): return try FilterComparison.holds(leftValue, comparison, rightValue)
            }
        }
    }

    /// nil when the operand is a path that leads nowhere.
    private static func value(
        of operand: Operand, _ item: JSONValue, _ document: JSONValue
    ) throws(JSONPathEvaluationError) -> JSONValue? {
        switch operand {
        case .itemPath(let path): try value(at: path, on: item)
        case .documentPath(let path): try value(at: path, on: document)
        case .literal(let text): .string(text)
        case .pattern(let pattern): .string(pattern.text)
        }
    }

    private static func value(
        at path: JSONPathExpression, on value: JSONValue
    ) throws(JSONPathEvaluationError) -> JSONValue? {
        do throws(JSONPathEvaluationError) {
            let result = try DefinitePath.evaluate(path.steps[...], on: value)
            // Here, all members of a list must be there.
            if case .members(let names) = path.steps.last, case .object(let object) = result {
                guard names.allSatisfy({ object.position(of: $0) != nil }) else { return Optional.none }
            }
            return result
        } catch {
            guard error.kind == .pathNotFound else { throw error }
            return Optional.none
        }
    }

    /// The whole text must match.
    private static func matches(
        _ pattern: RegularExpression, _ value: JSONValue
    ) throws(JSONPathEvaluationError) -> Bool {
        if value.isNull { return false }
        guard let isMatch = pattern.matches(JavaText.text(value)) else {
            throw .limitExceeded("Matching /\(pattern.text)/ takes more than \(JSONPathLimits.patternStepsMax) steps")
        }
        return isMatch
    }
}
