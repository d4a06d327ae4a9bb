/// What Task, Parallel and Map have in common: how input becomes arguments and a result becomes output, and what a failure does.
public struct WorkProcessing: Sendable {
    public let inputPath: PathField
    /// `Parameters` (JSONPath) or `Arguments` (JSONata). A Map's `Parameters` is an `itemSelector` instead.
    public let parameters: Template?
    public let resultSelector: Template?
    public let resultPath: ResultPathField
    public let outputPath: PathField
    /// JSONata mode.
    public let output: Template?
    public let assign: Template?
    public let retriers: [Retrier]
    public let catchers: [Catcher]

    public init(
        inputPath: PathField, parameters: Template?, resultSelector: Template?, resultPath: ResultPathField,
        outputPath: PathField, output: Template?, assign: Template?, retriers: [Retrier], catchers: [Catcher]
    ) {
        self.inputPath = inputPath
        self.parameters = parameters
        self.resultSelector = resultSelector
        self.resultPath = resultPath
        self.outputPath = outputPath
        self.output = output
        self.assign = assign
        self.retriers = retriers
        self.catchers = catchers
    }
}

/// One entry of `Retry`.
public struct Retrier: Sendable {
    public let errorEquals: [String]
    public let intervalSeconds: Int64
    public let maxAttempts: Int64
    public let backoffRate: Double
    public let maxDelaySeconds: Int64?
    /// `JitterStrategy: FULL`: the delay is drawn between 0 and what it would be without.
    public let hasFullJitter: Bool

    public init(
        errorEquals: [String], intervalSeconds: Int64 = 1, maxAttempts: Int64 = 3, backoffRate: Double = 2,
        maxDelaySeconds: Int64? = nil, hasFullJitter: Bool = false
    ) {
        self.errorEquals = errorEquals
        self.intervalSeconds = intervalSeconds
        self.maxAttempts = maxAttempts
        self.backoffRate = backoffRate
        self.maxDelaySeconds = maxDelaySeconds
        self.hasFullJitter = hasFullJitter
    }
}

/// One entry of `Catch`.
public struct Catcher: Sendable {
    public let errorEquals: [String]
    public let next: StateID
    public let resultPath: ResultPathField
    /// JSONata mode.
    public let output: Template?
    public let assign: Template?

    public init(errorEquals: [String], next: StateID, resultPath: ResultPathField, output: Template?, assign: Template?)
    {
        self.errorEquals = errorEquals
        self.next = next
        self.resultPath = resultPath
        self.output = output
        self.assign = assign
    }
}
