/// How a task ended.
struct TaskEnd: Sendable, Equatable {
    /// Source: ECS TaskStopCode.
    enum StopCode: String, Sendable {
        case essentialContainerExited = "EssentialContainerExited"
        case taskFailedToStart = "TaskFailedToStart"
        case userInitiated = "UserInitiated"
        /// The supervisor went away under the task.
        case infrastructureHealth = "InfrastructureHealth"
    }

    /// How one container ended.
    struct Container: Sendable, Equatable {
        /// 128 + N where signal N ended it; nil where it never started, or nobody knows.
        var exitCode: Int32?
        /// Why it did not start or was stopped for; nil where it simply exited.
        var reason: String?
        /// nil where it never started.
        var runtimeID: String?
    }

    var stopCode: StopCode
    var stoppedReason: String
    /// In the order of the plan.
    var containers: [Container]
    /// Epoch milliseconds, all of them.
    var preparedAt: Int64
    /// When the first container ran; nil where none did.
    var startedAt: Int64?
    var stoppingAt: Int64
    var stoppedAt: Int64
}
