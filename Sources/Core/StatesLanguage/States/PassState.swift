public import JSON

/// Hands its input, or `Result`, on.
public struct PassState: Sendable {
    public let inputPath: PathField
    public let parameters: Template?
    /// The text and value of `Result`.
    public let result: JSONValue?
    public let resultPath: ResultPathField
    public let outputPath: PathField
    public let assign: Template?
    /// JSONata mode.
    public let output: Template?
    public let transition: Transition

    public init(
        inputPath: PathField, parameters: Template?, result: JSONValue?, resultPath: ResultPathField,
        outputPath: PathField,
        assign: Template?, output: Template?, transition: Transition
    ) {
        self.inputPath = inputPath
        self.parameters = parameters
        self.result = result
        self.resultPath = resultPath
        self.outputPath = outputPath
        self.assign = assign
        self.output = output
        self.transition = transition
    }
}
