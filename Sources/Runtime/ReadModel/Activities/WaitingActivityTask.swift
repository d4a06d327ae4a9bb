/// A task of an activity that, as far as the projection knows, no worker has.
public struct WaitingActivityTask: Sendable, Equatable {
    public var taskID: String
    public var activityArn: String
    public var executionArn: String
    public var taskToken: String
    /// JSON text.
    public var input: String
}

/// What a batch of events changes about the tasks of activities.
enum ActivityChange: Sendable {
    /// A worker may have the task.
    case offered(taskID: String, activityArn: String)
    /// A worker has it, or nobody wants it.
    case gone(taskID: String)
}
