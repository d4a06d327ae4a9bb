/// Ends its execution, branch or iteration well.
public struct SucceedState: Sendable {
    public let inputPath: PathField
    public let outputPath: PathField
    /// JSONata mode.
    public let output: Template?

    public init(inputPath: PathField, outputPath: PathField, output: Template?) {
        self.inputPath = inputPath
        self.outputPath = outputPath
        self.output = output
    }
}
