extension MapState {
    /// How many iterations may run at a time; 0 is no limit.
    /// - Throws: `States.Runtime`, as recorded, or `States.QueryEvaluationError`.
    public func concurrency<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Int64 {
        try maxConcurrency?.wholeNumber(on: input, in: &environment) ?? 0
    }

    /// How many items may fail; nil when the definition does not say.
    public func toleratedFailures<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Int64? {
        guard let count = try toleratedFailureCount?.wholeNumber(on: input, in: &environment) else { return nil }
        guard count >= 0 else { throw EvaluationError(cause: "ToleratedFailureCount cannot be negative.") }
        return count
    }

    /// How many per cent of the items may fail; nil when the definition does not say.
    public func toleratedFailurePercent<E: EvaluationEnvironment>(
        on input: EvaluationInput, in environment: inout E
    ) throws(EvaluationError) -> Double? {
        guard let percentage = try toleratedFailurePercentage?.number(on: input, in: &environment) else { return nil }
        guard (0...100).contains(percentage) else {
            throw EvaluationError(cause: "ToleratedFailurePercentage must be between 0 and 100.")
        }
        return percentage
    }
}
