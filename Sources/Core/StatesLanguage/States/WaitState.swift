/// Waits for a time or until a time.
public struct WaitState: Sendable {
    public enum Duration: Sendable {
        case seconds(NumberField)
        case timestamp(TextField)
    }

    public let inputPath: PathField
    public let outputPath: PathField
    public let duration: Duration
    public let assign: Template?
    public let output: Template?
    public let transition: Transition

    public init(
        inputPath: PathField, outputPath: PathField, duration: Duration, assign: Template?, output: Template?,
        transition: Transition
    ) {
        self.inputPath = inputPath
        self.outputPath = outputPath
        self.duration = duration
        self.assign = assign
        self.output = output
        self.transition = transition
    }
}
