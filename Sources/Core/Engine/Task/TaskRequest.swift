/// What a worker is asked to do: one attempt of one Task state. It travels on `tasks.<pool>` under its `taskID`.
public struct TaskRequest: Sendable, Equatable {
    /// Unique over all executions and attempts, and the same on replay: what makes a launch idempotent.
    /// Letters, digits and `-` only, at most 80 characters.
    public var taskID: String
    public var executionArn: String
    public var stateMachineArn: String
    /// The role of the state machine.
    public var roleArn: String
    /// The role to assume for this task (`Credentials`), if the state names one.
    public var credentialsRoleArn: String?
    public var stateName: String
    /// The state's `Resource` as written, e.g. `arn:aws:states:::ecs:runTask.sync` or a Lambda function's ARN.
    public var resource: String
    /// JSON text: the parameters of a service integration, or the effective input of a Lambda function or activity.
    public var input: String
    /// Present for `.waitForTaskToken`.
    public var taskToken: String?
    public var timeoutSeconds: Int64?
    public var heartbeatSeconds: Int64?
    /// How often this state was scheduled before in this execution, retries included; from 0. Mocks are chosen by it.
    public var invocation: Int
    /// The test case that the execution gets its answers from; nil: from the services.
    public var testCase: String?

    public init(
        taskID: String, executionArn: String, stateMachineArn: String, roleArn: String,
        credentialsRoleArn: String? = nil,
        stateName: String, resource: String, input: String, taskToken: String? = nil,
        timeoutSeconds: Int64? = nil, heartbeatSeconds: Int64? = nil, invocation: Int = 0,
        testCase: String? = nil
    ) {
        self.taskID = taskID
        self.executionArn = executionArn
        self.stateMachineArn = stateMachineArn
        self.roleArn = roleArn
        self.credentialsRoleArn = credentialsRoleArn
        self.stateName = stateName
        self.resource = resource
        self.input = input
        self.taskToken = taskToken
        self.timeoutSeconds = timeoutSeconds
        self.heartbeatSeconds = heartbeatSeconds
        self.invocation = invocation
        self.testCase = testCase
    }
}
