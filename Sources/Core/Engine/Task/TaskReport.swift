/// What a worker tells about a task; it becomes a command to the execution.
public enum TaskReport: Sendable, Equatable {
    /// The call was dispatched: `TaskStarted`.
    case started
    /// A worker of the activity took the task: `ActivityStarted`.
    case claimed(workerName: String?)
    /// The service took the job (`.sync`, `.waitForTaskToken`): `TaskSubmitted`. `output` is the service's answer as JSON text.
    case submitted(output: String)
    /// The task is alive; its heartbeat timer starts anew.
    case heartbeat
    /// `output` is JSON text.
    case succeeded(output: String)
    /// Both may be absent, as SendTaskFailure allows. `cause` is plain text, often JSON.
    case failed(error: String?, cause: String?)
}
