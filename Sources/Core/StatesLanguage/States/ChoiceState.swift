public import JSON
public import JSONPath

/// Goes where the first rule that holds points.
public struct ChoiceState: Sendable {
    public let inputPath: PathField
    public let outputPath: PathField
    public let rules: [ChoiceRule]
    public let defaultNext: StateID?
    /// When no rule holds.
    public let assign: Template?
    /// JSONata mode, when no rule holds.
    public let output: Template?

    public init(
        inputPath: PathField, outputPath: PathField, rules: [ChoiceRule], defaultNext: StateID?, assign: Template?,
        output: Template?
    ) {
        self.inputPath = inputPath
        self.outputPath = outputPath
        self.rules = rules
        self.defaultNext = defaultNext
        self.assign = assign
        self.output = output
    }
}

/// One entry of `Choices`.
public struct ChoiceRule: Sendable {
    public let condition: Condition
    public let next: StateID
    public let assign: Template?
    public let output: Template?

    public init(condition: Condition, next: StateID, assign: Template?, output: Template?) {
        self.condition = condition
        self.next = next
        self.assign = assign
        self.output = output
    }
}

/// What a choice rule asks.
public indirect enum Condition: Sendable {
    case and([Condition])
    case or([Condition])
    case not(Condition)
    case comparison(variable: RootedPath, ComparisonOperator, Operand)
    /// JSONata mode.
    case query(QueryExpression)
    /// JSONata mode, `"Condition": true`.
    case constant(Bool)

    public enum Operand: Sendable {
        case value(JSONValue)
        /// Operators that end in `Path`.
        case path(RootedPath)
    }
}

/// A comparison operator of JSONPath mode, without the suffix `Path`.
public enum ComparisonOperator: String, Sendable, CaseIterable {
    case stringEquals = "StringEquals"
    case stringLessThan = "StringLessThan"
    case stringGreaterThan = "StringGreaterThan"
    case stringLessThanEquals = "StringLessThanEquals"
    case stringGreaterThanEquals = "StringGreaterThanEquals"
    case stringMatches = "StringMatches"
    case numericEquals = "NumericEquals"
    case numericLessThan = "NumericLessThan"
    case numericGreaterThan = "NumericGreaterThan"
    case numericLessThanEquals = "NumericLessThanEquals"
    case numericGreaterThanEquals = "NumericGreaterThanEquals"
    case booleanEquals = "BooleanEquals"
    case timestampEquals = "TimestampEquals"
    case timestampLessThan = "TimestampLessThan"
    case timestampGreaterThan = "TimestampGreaterThan"
    case timestampLessThanEquals = "TimestampLessThanEquals"
    case timestampGreaterThanEquals = "TimestampGreaterThanEquals"
    case isNull = "IsNull"
    case isPresent = "IsPresent"
    case isNumeric = "IsNumeric"
    case isString = "IsString"
    case isBoolean = "IsBoolean"
    case isTimestamp = "IsTimestamp"
}
