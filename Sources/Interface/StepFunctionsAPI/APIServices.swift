public import CommandGateway
public import Engine
import JSON
public import ReadModel

/// What the operations work with: a way to command, a way to ask, and the settings of the installation.
public struct APIServices: Sendable {
    public var gateway: CommandSender
    public var readModel: Projection
    /// The definition behind a hash; nil when the log has none.
    public var definition: @Sendable (_ hash: String) throws -> String?
    /// True when the definition is known to stand on the log.
    public var isDefinitionOnLog: @Sendable (_ hash: String) -> Bool
    /// Of ARNs, when a request does not say its region.
    public var region: String
    public var account: String
    public var limits: Limits
    /// Signs task tokens.
    public var tokenKey: [UInt8]
    /// Epoch milliseconds.
    public var now: @Sendable () -> Int64
    /// Whether the mock configuration has such a test case.
    public var hasTestCase: @Sendable (_ machineName: String, _ testCase: String) -> Bool

    /// Does a task that belongs to no execution, for TestState. Returns `succeeded` or `failed`.
    public var runTask: @Sendable (TaskRequest) async -> TaskReport

    /// Why nothing can be asked for now, e.g. since the brokers are away; nil when all is well.
    public var unavailability: @Sendable () -> String? = { nil }

    public init(
        gateway: CommandSender, readModel: Projection, definition: @escaping @Sendable (String) throws -> String?,
        isDefinitionOnLog: @escaping @Sendable (String) -> Bool, region: String, account: String, limits: Limits,
        tokenKey: [UInt8], now: @escaping @Sendable () -> Int64,
        hasTestCase: @escaping @Sendable (String, String) -> Bool,
        runTask: @escaping @Sendable (TaskRequest) async -> TaskReport
    ) {
        self.gateway = gateway
        self.readModel = readModel
        self.definition = definition
        self.isDefinitionOnLog = isDefinitionOnLog
        self.region = region
        self.account = account
        self.limits = limits
        self.tokenKey = tokenKey
        self.now = now
        self.hasTestCase = hasTestCase
        self.runTask = runTask
    }

    /// Sends a command and waits until its outcome can be read.
    /// - Throws: the rejection, as an AWS error.
    @discardableResult
    func perform(_ command: RegistryCommand) async throws -> (sequence: Int64, time: Int64) {
        let outcome = try await gateway.send(command)
        return try await settle(outcome, command.arn)
    }

    @discardableResult
    func perform(_ command: CommandRecord) async throws -> (sequence: Int64, time: Int64) {
        let outcome = try await gateway.send(command)
        return try await settle(outcome, command.executionArn)
    }

    /// Sends a command and waits until it is decided; what reads it later waits for the read model if it has to.
    /// - Returns: when it was decided, epoch milliseconds.
    /// - Throws: the rejection, as an AWS error.
    func decide(_ command: CommandRecord) async throws -> Int64 {
        switch try await gateway.send(command) {
        case .rejected(let code, let message): throw APIError(code, message)
        case .accepted(_, let time): return time
        }
    }

    private func settle(_ outcome: ReplyRecord.Outcome, _ entity: String) async throws -> (sequence: Int64, time: Int64)
    {
        switch outcome {
        case .rejected(let code, let message): throw APIError(code, message)
        case .accepted(let sequence, let time):
            try await readModel.catchUp(with: entity)
            return (sequence, time)
        }
    }

    // MARK: - Looking up

    /// - Throws: StateMachineDoesNotExist with the ARN as it was asked for.
    func machine(_ arn: String, askedAs asked: String? = nil) async throws -> RegisteredMachine {
        try await readModel.catchUp(with: arn)
        guard let machine = readModel.registry.machines[arn] else { throw APIError.machineDoesNotExist(asked ?? arn) }
        return machine
    }

    /// The same for a start, which may take a machine as it was a moment ago: it waits only for one that is not known.
    /// Source: API reference, UpdateStateMachine: executions started within seconds may use the previous definition.
    func machineToStart(_ arn: String, askedAs asked: String) async throws -> RegisteredMachine {
        if let known = readModel.registry.machines[arn] { return known }
        return try await machine(arn, askedAs: asked)
    }

    func activity(_ arn: String) async throws -> RegisteredActivity {
        try ARN(arn).require("activity")
        try await readModel.catchUp(with: arn)
        guard let activity = readModel.registry.activities[arn] else { throw APIError.activityDoesNotExist(arn) }
        return activity
    }

    /// - Parameter includesData: whether input and output are wanted.
    func execution(_ arn: String, includesData: Bool = true) async throws -> ExecutionSummary {
        try ARN(arn).require("execution")
        // An end stays; what runs, or is not there, may only not have been read yet.
        if let execution = readModel.recentExecution(arn), !execution.isRunning { return execution }
        try await readModel.catchUp(with: arn)
        guard let execution = try readModel.execution(arn, includesData: includesData) else {
            throw APIError.executionDoesNotExist(arn)
        }
        return execution
    }
}

/// Seconds since the epoch, as the API writes times.
func timestamp(_ epochMilliseconds: Int64) -> JSONValue { .double(Double(epochMilliseconds) / 1_000) }
