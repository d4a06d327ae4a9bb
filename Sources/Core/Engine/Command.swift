/// What is asked of an execution.
public enum Command: Sendable, Equatable {
    case startExecution(StartExecution)
    /// Both may be absent.
    case stopExecution(error: String?, cause: String?)
    case reportTask(taskID: String, TaskReport)
    /// Goes on with an execution that failed, timed out or was aborted, where it had stopped. `clientToken` makes it idempotent.
    case redriveExecution(clientToken: String?)
}

/// Everything that a new execution starts from.
public struct StartExecution: Sendable, Equatable {
    public var executionArn: String
    /// The last part of the ARN, as the caller or the server named it.
    public var name: String
    public var stateMachineArn: String
    public var stateMachineVersionArn: String?
    public var stateMachineAliasArn: String?
    public var roleArn: String
    /// Names the definition in `definitions`: the lower-case hexadecimal SHA-256 of its text.
    public var definitionHash: String
    /// JSON text.
    public var input: String
    public var traceHeader: String?
    /// Of the mock configuration, where the execution gets its answers from one.
    public var testCase: String?

    public init(
        executionArn: String, name: String, stateMachineArn: String, stateMachineVersionArn: String? = nil,
        stateMachineAliasArn: String? = nil, roleArn: String, definitionHash: String, input: String,
        traceHeader: String? = nil, testCase: String? = nil
    ) {
        self.executionArn = executionArn
        self.name = name
        self.stateMachineArn = stateMachineArn
        self.stateMachineVersionArn = stateMachineVersionArn
        self.stateMachineAliasArn = stateMachineAliasArn
        self.roleArn = roleArn
        self.definitionHash = definitionHash
        self.input = input
        self.traceHeader = traceHeader
        self.testCase = testCase
    }
}
