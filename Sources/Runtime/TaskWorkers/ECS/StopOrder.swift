/// A task that is to be stopped.
struct StopOrder: Sendable {
    let taskID: String
    let cluster: String
    let role: String?
    /// nil: they have to be found by their `startedBy` first.
    let arns: [String]?
    /// ECS cuts it at 1,024 characters.
    let reason: String
    /// Is told when ECS has heard it, or knows of no such task.
    let stopped: @Sendable () -> Void
    var attempts = 0
    /// Epoch milliseconds.
    var notBefore: Int64 = 0

    init(
        taskID: String, cluster: String, role: String?, arns: [String]?, reason: String,
        stopped: @escaping @Sendable () -> Void
    ) {
        self.taskID = taskID
        self.cluster = cluster
        self.role = role
        self.arns = arns
        self.reason = String(reason.prefix(1024))
        self.stopped = stopped
    }
}
