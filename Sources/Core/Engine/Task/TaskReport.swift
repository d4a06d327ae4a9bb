/// What a worker tells about a task; it becomes a command to the execution.
public enum TaskReport: Sendable, Equatable {
    /// The call was dispatched: `TaskStarted`.
    case started
    /// A worker of the activity asks for the task: `ActivityStarted` for the first one, a refusal for any other.
    /// `deadline`, in epoch milliseconds, is when the asking ends: a claim that is decided later is refused, since nobody would get the task.
    case claimed(workerName: String?, deadline: Int64? = nil)
    /// The service took the job (`.sync`, `.waitForTaskToken`): `TaskSubmitted`. `output` is the service's answer as JSON text.
    case submitted(output: String)
    /// The task is alive; its heartbeat timer starts anew.
    case heartbeat
    /// `output` is JSON text.
    case succeeded(output: String)
    /// Both may be absent, as SendTaskFailure allows. `cause` is plain text, often JSON.
    case failed(error: String?, cause: String?)
}
