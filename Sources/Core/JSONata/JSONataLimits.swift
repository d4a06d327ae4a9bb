/// What one evaluation may spend.
public struct JSONataLimits: Sendable, Equatable {
    /// Levels of nested evaluation: a call within a call, an operand within an operand.
    public var depth: Int
    /// Bytes of the largest single value: 8 for an element of an array, 1 for a byte of text.
    public var memoryBytes: Int
    /// Steps: about one for each operator, call and element. Three million take well under a second.
    public var steps: Int
    /// Steps within regular expressions: one for each character or choice that is tried.
    public var regexSteps: Int
    /// Bytes of all texts that are made on the way, one after another.
    public var textBytesTotal: Int
    /// Bytes of all large texts that are put into arrays and objects.
    public var heldTextBytes: Int

    public init(
        depth: Int, memoryBytes: Int, steps: Int, regexSteps: Int, textBytesTotal: Int, heldTextBytes: Int
    ) {
        self.depth = depth
        self.memoryBytes = memoryBytes
        self.steps = steps
        self.regexSteps = regexSteps
        self.textBytesTotal = textBytesTotal
        self.heldTextBytes = heldTextBytes
    }

    /// Measured on AWS: expressions nested about 100 levels deep fail.
    public static let awsDepth = 100
    /// Measured on AWS: `[1..873782]` is evaluated and `[1..873783]` is not, at 8 bytes an element.
    public static let awsMemoryBytes = 6_990_256
    /// AWS stops by time; a count of steps stops at the same place every time.
    public static let stepsDefault = 3_000_000
    public static let regexStepsDefault = 25_000_000
    /// So much text may be made (and mostly dropped again) in one evaluation.
    public static let textBytesTotalDefault = 256 * awsMemoryBytes
    /// So much text may be kept in one evaluation.
    public static let heldTextBytesDefault = 8 * awsMemoryBytes

    /// Step Functions' limits.
    public static let aws = JSONataLimits(
        depth: awsDepth, memoryBytes: awsMemoryBytes, steps: stepsDefault, regexSteps: regexStepsDefault,
        textBytesTotal: textBytesTotalDefault, heldTextBytes: heldTextBytesDefault)

    /// Step Functions' depth and the default steps, without the limit on a single value.
    public static let withoutMemoryLimit = JSONataLimits(
        depth: awsDepth, memoryBytes: .max, steps: stepsDefault, regexSteps: regexStepsDefault,
        textBytesTotal: textBytesTotalDefault, heldTextBytes: heldTextBytesDefault)
}
