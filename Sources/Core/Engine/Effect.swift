/// What a decision asks of the world, once it is committed.
public enum Effect: Sendable, Equatable {
    /// Put the request on the topic of the pool that serves its resource.
    case scheduleTask(TaskRequest)
    /// Give up a task that was scheduled: its execution no longer wants the result.
    case cancelTask(taskID: String, resource: String)
    /// The task has ended by its token: what it does is let go on, but nothing more is expected of it.
    case releaseTask(taskID: String, resource: String)
}

/// Why a command changed nothing.
public enum Rejection: Error, Sendable, Equatable {
    /// StartExecution under a name that another execution has. `ExecutionAlreadyExists`.
    case executionAlreadyExists(arn: String)
    /// `ExecutionDoesNotExist`.
    case executionDoesNotExist(arn: String)
    /// The task is closed, or belongs to an earlier attempt. `TaskTimedOut`.
    case taskClosed(taskID: String)
    /// The task is unknown to the execution. `TaskDoesNotExist`.
    case taskDoesNotExist(taskID: String)
    /// A task's output is no JSON. `InvalidOutput`.
    case invalidPayload(message: String)
    /// The input of a new execution is no JSON. `InvalidExecutionInput`.
    case invalidExecutionInput(message: String)
    /// The definition of a new execution is not there, or does not compile. `InvalidDefinition`.
    case invalidDefinition(message: String)
    /// RedriveExecution of one that can't be. `ExecutionNotRedrivable`.
    case executionNotRedrivable(RedriveRefusal)
    /// What the command needs could not be read just now. `ServiceUnavailable`.
    case unavailable(message: String)
}
