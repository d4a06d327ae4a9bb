/// Where one container of a task prints to.
public struct TaskLog: Sendable, Equatable {
    public var containerName: String
    /// A file with standard output and standard error as they came; a Lambda function's has its standard error alone.
    public var path: String
}
