/// What a diagnostic is about. Source: ValidateStateMachineDefinitionDiagnostic; the last group is ours.
public enum DiagnosticCode: String, Sendable {
    case invalidJSON = "INVALID_JSON_DESCRIPTION"
    case schema = "SCHEMA_VALIDATION_FAILED"
    case missingEndState = "MISSING_END_STATE"
    case missingTransitionTarget = "MISSING_TRANSITION_TARGET"
    case duplicateStateName = "DUPLICATE_STATE_NAME"
    case invalidStateName = "INVALID_STATE_NAME"
    case duplicateLabel = "DUPLICATE_LABEL_NAME"
    case invalidLabel = "INVALID_LABEL_NAME"
    case tooDeeplyNested = "TOO_DEEPLY_NESTED"
    case invalidJSONataExpression = "INVALID_JSONATA_EXPRESSION"
    case unsupportedJSONataExpression = "UNSUPPORTED_JSONATA_EXPRESSION"

    // Warnings of AWS.
    case noDollar = "NO_DOLLAR"
    case noPath = "NO_PATH"
    case passResultIsStatic = "PASS_RESULT_IS_STATIC"

    // Ours.
    case tooLarge = "DEFINITION_TOO_LARGE"
    case tooManyProblems = "TOO_MANY_PROBLEMS"
    case unresolvedPlaceholder = "UNRESOLVED_PLACEHOLDER"
    case unknownResource = "UNKNOWN_RESOURCE"
    case duplicateField = "DUPLICATE_FIELD"
    case noEffect = "NO_EFFECT"
    case endlessLoop = "ENDLESS_LOOP"
    case impossiblePath = "IMPOSSIBLE_PATH"
    case unclosedExpression = "UNCLOSED_EXPRESSION"

    // Ours, and only where practice is judged.
    case wildcardARN = "WILDCARD_ARN"
    case dynamicResource = "DYNAMIC_RESOURCE"
    case unpinnedRevision = "UNPINNED_REVISION"
    case noTimeout = "NO_TIMEOUT"
    case largeOverrides = "LARGE_OVERRIDES"
    case noThrottlingRetry = "NO_THROTTLING_RETRY"
}
