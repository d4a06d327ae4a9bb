import Engine
import GRDB

/// What is known of an execution beside its history.
public struct ExecutionSummary: Sendable {
    public let arn: String
    public let stateMachineArn: String
    public let stateMachineVersionArn: String?
    public let stateMachineAliasArn: String?
    public let name: String
    public let roleArn: String
    public let definitionHash: String
    public let traceHeader: String?
    /// `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT` or `ABORTED`.
    public private(set) var status: String
    /// Epoch milliseconds.
    public let startedAt: Int64
    /// Epoch milliseconds; nil while it runs.
    public private(set) var stoppedAt: Int64?
    /// JSON text.
    public let input: String
    /// JSON text; nil unless it succeeded.
    public private(set) var output: String?
    public private(set) var error: String?
    public private(set) var cause: String?
    /// How often it was redriven, and when last (epoch milliseconds).
    public private(set) var redriveCount: Int64
    public private(set) var redrivenAt: Int64?
    /// Where it stands in lists.
    public let place: ExecutionPlace

    public var isRunning: Bool { status == "RUNNING" }

    init(_ row: Row) {
        arn = row["arn"]
        stateMachineArn = row["machine"]
        stateMachineVersionArn = row["version"]
        stateMachineAliasArn = row["alias"]
        name = row["name"]
        roleArn = row["role"]
        definitionHash = row["definitionHash"]
        traceHeader = row["traceHeader"]
        status = row["status"]
        startedAt = row["started"]
        stoppedAt = row["stopped"]
        input = row["input"]
        output = row["output"]
        error = row["error"]
        cause = row["cause"]
        redriveCount = row["redrives"]
        redrivenAt = row["redriven"]
        place = ExecutionPlace(startedAt: row["started"], key: row["key"])
    }

    /// Of an execution that has just been started.
    init(_ start: StartExecution, startedAt: Int64, place: ExecutionPlace) {
        arn = start.executionArn
        stateMachineArn = start.stateMachineArn
        stateMachineVersionArn = start.stateMachineVersionArn
        stateMachineAliasArn = start.stateMachineAliasArn
        name = start.name
        roleArn = start.roleArn
        definitionHash = start.definitionHash
        traceHeader = start.traceHeader
        status = "RUNNING"
        self.startedAt = startedAt
        stoppedAt = nil
        input = start.input
        redriveCount = 0
        self.place = place
    }

    /// Changes as the row in the table does.
    mutating func take(_ changes: PendingExecution) {
        if let redrive = changes.redrive { (redriveCount, redrivenAt) = (redrive.count, redrive.time) }
        guard let outcome = changes.outcome else { return }
        (status, stoppedAt, output) = (outcome.status, outcome.stopped, outcome.output)
        (error, cause) = (outcome.error, outcome.cause)
    }

    /// All columns of the table with input and output left out, which may be long. That there is an output still shows.
    static let columnsWithoutData = """
        key, arn, machine, version, alias, name, role, definitionHash, traceHeader, status, started, stopped, redrives,
        redriven, error, cause, '' AS input, CASE WHEN status = 'SUCCEEDED' THEN '' END AS output
        """
}
