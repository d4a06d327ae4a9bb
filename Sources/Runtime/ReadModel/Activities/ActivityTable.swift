import Engine
import GRDB

/// The tasks of activities that no worker has, as the projection's table holds them. Used within a transaction of the database.
struct ActivityTable {
    private let database: Database

    init(_ database: Database) { self.database = database }

    /// All that wait, in the order in which they were scheduled.
    func waiting() throws -> [ActivityChange] {
        try Row.fetchAll(database, sql: "SELECT task, activity FROM activityTask ORDER BY scheduled, task")
            .map { .offered(taskID: $0["task"], activityArn: $0["activity"]) }
    }

    /// - Returns: nil when the task does not wait any more.
    func task(_ id: String) throws -> WaitingActivityTask? {
        let row = try Row.fetchOne(
            database, sql: "SELECT activity, execution, token, input FROM activityTask WHERE task = ?", arguments: [id])
        return row.map {
            WaitingActivityTask(
                taskID: id, activityArn: $0["activity"], executionArn: $0["execution"], taskToken: $0["token"],
                input: $0["input"])
        }
    }

    /// Writes what a batch of events says. - Returns: the changes, in order.
    func take(_ executions: [PendingExecution]) throws -> [ActivityChange] {
        guard executions.contains(where: { !$0.activitySteps.isEmpty }) else { return [] }
        // Most installations have no activities: then ends have nothing to remove.
        var isEmpty = try Row.fetchOne(database.cachedStatement(sql: "SELECT 1 FROM activityTask LIMIT 1")) == nil
        var changes: [ActivityChange] = []
        for execution in executions {
            for step in execution.activitySteps {
                switch step {
                case .scheduled(let task, let frame, let time):
                    guard let token = task.taskToken, try !hasTestCase(execution.arn) else { continue }
                    try database.cachedStatement(
                        sql: """
                            INSERT OR REPLACE INTO activityTask
                                (task, activity, execution, frame, scheduled, token, input) VALUES (?, ?, ?, ?, ?, ?, ?)
                            """
                    ).execute(arguments: [
                        task.taskID, task.resource, execution.arn, frame, time, token, task.input,
                    ])
                    isEmpty = false
                    changes.append(.offered(taskID: task.taskID, activityArn: task.resource))
                case .left(let frame):
                    if !isEmpty { try remove("execution = ? AND frame = ?", [execution.arn, frame], &changes) }
                case .ended:
                    if !isEmpty { try remove("execution = ?", [execution.arn], &changes) }
                }
            }
        }
        return changes
    }

    private func remove(_ condition: String, _ arguments: StatementArguments, _ changes: inout [ActivityChange]) throws
    {
        let tasks = try String.fetchAll(
            database.cachedStatement(sql: "SELECT task FROM activityTask WHERE \(condition)"), arguments: arguments)
        guard !tasks.isEmpty else { return }
        try database.cachedStatement(sql: "DELETE FROM activityTask WHERE \(condition)").execute(arguments: arguments)
        changes += tasks.map { .gone(taskID: $0) }
    }

    /// The tasks of a test case are for the mocks.
    private func hasTestCase(_ executionArn: String) throws -> Bool {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT 1 FROM execution WHERE arn = ? AND testCase IS NOT NULL"),
            arguments: [executionArn]) != nil
    }
}
