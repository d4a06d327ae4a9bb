import JSON
import JSONPath

extension ChoiceState {
    /// The first rule that holds, as an index into `rules`; nil when none does.
    /// - Parameter input: `document` is the effective input.
    /// - Throws: `States.Runtime` where a rule's path finds nothing, `States.QueryEvaluationError`.
    public func firstMatch<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Int? {
        for index in rules.indices where try rules[index].condition.holds(on: input, in: &environment) { return index }
        return nil
    }
}

extension Condition {
    /// Whether the condition holds.
    ///
    /// A value of another type than the operator compares is no error: the condition does not hold. `And` and `Or` stop at the
    /// first part that decides.
    /// - Throws: `States.Runtime` where a path finds nothing, `IsPresent` left aside; `States.QueryEvaluationError`.
    /// Source: States Language § Choice State; recorded comparisons.
    public func holds<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Bool {
        switch self {
        case .and(let conditions):
            for condition in conditions where try !condition.holds(on: input, in: &environment) { return false }
            return true
        case .or(let conditions):
            for condition in conditions where try condition.holds(on: input, in: &environment) { return true }
            return false
        case .not(let condition):
            return try !condition.holds(on: input, in: &environment)
        case .comparison(let variable, .isPresent, let operand):
            let expected = try Self.value(of: operand, on: input, in: environment).bool
            return variable.finds(on: input.document, in: environment) == expected
        case .comparison(let variable, let comparison, let operand):
            let value = try Self.value(at: variable, on: input, in: environment)
            return comparison.holds(value, try Self.value(of: operand, on: input, in: environment))
        case .query(let expression):
            return try expression.evaluateCondition(on: input, in: &environment)
        case .constant(let holds):
            return holds
        }
    }

    private static func value<E: EvaluationEnvironment>(
        of operand: Operand, on input: EvaluationInput, in environment: borrowing E
    ) throws(EvaluationError) -> JSONValue {
        switch operand {
        case .value(let value): value
        case .path(let path): try value(at: path, on: input, in: environment)
        }
    }

    private static func value<E: EvaluationEnvironment>(
        at path: RootedPath, on input: EvaluationInput, in environment: borrowing E
    ) throws(EvaluationError) -> JSONValue {
        do throws(PathMiss) {
            return try path.value(on: input.document, in: environment)
        } catch {
            throw EvaluationError(
                cause: "Invalid path '\(path.text)': The choice state's condition path references an invalid value.")
        }
    }
}
