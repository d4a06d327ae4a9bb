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
    public let status: String
    /// Epoch milliseconds.
    public let startedAt: Int64
    /// Epoch milliseconds; nil while it runs.
    public let stoppedAt: Int64?
    /// JSON text.
    public let input: String
    /// JSON text; nil unless it succeeded.
    public let output: String?
    public let error: String?
    public let cause: String?
    /// How often it was redriven, and when last (epoch milliseconds).
    public let redriveCount: Int64
    public let redrivenAt: Int64?
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

    /// All columns of the table with input and output left out, which may be long. That there is an output still shows.
    static let columnsWithoutData = """
        key, arn, machine, version, alias, name, role, definitionHash, traceHeader, status, started, stopped, redrives,
        redriven, error, cause, '' AS input, CASE WHEN status = 'SUCCEEDED' THEN '' END AS output
        """
}
