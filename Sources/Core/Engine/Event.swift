public import StatesLanguage

/// One thing that happened to an execution. Most are AWS HistoryEvents; those that AWS does not show have `id` 0.
public struct Event: Sendable, Equatable {
    /// Counts every event of the execution, from 1, without gaps.
    public var sequence: Int64
    /// Counts AWS's HistoryEvents, from 1, without gaps; 0 for an internal one.
    public var id: Int64
    public var previousEventID: Int64
    /// Epoch milliseconds.
    public var timestamp: Int64
    /// The frame it happened in.
    public var frame: FrameID
    public var detail: EventDetail
    /// On the first event of a decision: what brought the decision about.
    public var cause: Cause?

    public init(
        sequence: Int64, id: Int64, previousEventID: Int64, timestamp: Int64, frame: FrameID, detail: EventDetail,
        cause: Cause? = nil
    ) {
        self.sequence = sequence
        self.id = id
        self.previousEventID = previousEventID
        self.timestamp = timestamp
        self.frame = frame
        self.detail = detail
        self.cause = cause
    }
}

/// What brought a decision about, and what it knew: enough to decide it again.
public struct Cause: Sendable, Equatable {
    public enum Trigger: Sendable, Equatable {
        /// The offset of the command on its partition of `commands`.
        case command(offset: Int64)
        /// Timers that came due.
        case timers
        /// The decision before this one yielded at `Limits.eventsPerDecisionMax`.
        case continuation
    }

    public var trigger: Trigger
    /// The moment's random bits; its time is the event's timestamp.
    public var seed: UInt64
    /// `EngineVersion` of who decided.
    public var engineVersion: String

    public init(trigger: Trigger, seed: UInt64, engineVersion: String = EngineVersion.current) {
        self.trigger = trigger
        self.seed = seed
        self.engineVersion = engineVersion
    }
}

/// Numbers the frames of an execution in the order in which they came about; the root is 0.
public typealias FrameID = Int

/// What happened. Members carry AWS's event details and, behind them, what only folding needs. The big and rare ones are boxed,
/// so that an event stays small to move.
public enum EventDetail: Sendable, Equatable {
    indirect case executionStarted(ExecutionStarted)
    case executionSucceeded(output: Payload)
    case executionFailed(error: String?, cause: String?)
    case executionTimedOut(error: String?, cause: String?)
    case executionAborted(error: String?, cause: String?)
    case executionRedriven(ExecutionRedriven)

    case stateEntered(StateType, name: String, input: Payload)
    case stateExited(StateType, StateExited)
    case stateAborted(StateType)
    indirect case evaluationFailed(state: String, error: String, cause: String, location: String?)

    indirect case taskScheduled(TaskScheduled)
    /// `workerName` is that of GetActivityTask, where it gave one.
    case taskStarted(TaskFlavor, workerName: String?)
    case taskSubmitted(TaskFlavor, output: String)
    case taskSucceeded(TaskFlavor, output: String)
    indirect case taskFailed(TaskFlavor, error: String?, cause: String?)
    indirect case taskTimedOut(TaskFlavor, error: String?, cause: String?)

    case parallelStateStarted
    case parallelStateSucceeded
    case parallelStateFailed

    /// `items` is present where re-evaluating could give other ones (JSONata).
    case mapStateStarted(length: Int, items: Payload?)
    case mapStateSucceeded
    case mapStateFailed
    /// `map` is the Map state's frame; the event belongs to the iteration's new frame.
    case mapIterationStarted(name: String, index: Int, map: FrameID)
    case mapIterationSucceeded(name: String, index: Int)
    case mapIterationFailed(name: String, index: Int)
    case mapIterationAborted(name: String, index: Int)

    // Internal: AWS shows nothing of these.

    /// A Wait state's end. Epoch milliseconds.
    case timerStarted(deadline: Int64)
    /// `retrier` is the position in `Retry`, `deadline` in epoch milliseconds.
    case retryScheduled(retrier: Int, deadline: Int64)
    /// The task's new heartbeat deadline in epoch milliseconds.
    case heartbeatRecorded(deadline: Int64)
    /// The decision yielded; it goes on in the next one.
    case decisionYielded
}

/// Details of ExecutionStarted.
public struct ExecutionStarted: Sendable, Equatable {
    public var start: StartExecution
    /// Epoch milliseconds; nil when the machine has no `TimeoutSeconds`.
    public var deadline: Int64?

    public init(start: StartExecution, deadline: Int64?) {
        self.start = start
        self.deadline = deadline
    }
}

/// Details of ExecutionRedriven.
public struct ExecutionRedriven: Sendable, Equatable {
    /// How often the execution has been redriven, this time included.
    public var redriveCount: Int64
    /// Of the request, if it had one.
    public var clientToken: String?
    /// Epoch milliseconds, counted anew; nil when the machine has no `TimeoutSeconds`.
    public var deadline: Int64?

    public init(redriveCount: Int64, clientToken: String?, deadline: Int64?) {
        self.redriveCount = redriveCount
        self.clientToken = clientToken
        self.deadline = deadline
    }
}

/// Details of a StateExited event.
public struct StateExited: Sendable, Equatable {
    public var name: String
    public var output: Payload
    /// In the order of the definition.
    public var assignedVariables: [AssignedVariable]
    /// The state that follows; nil when the frame ends with this one.
    public var next: String?

    public init(name: String, output: Payload, assignedVariables: [AssignedVariable], next: String?) {
        self.name = name
        self.output = output
        self.assignedVariables = assignedVariables
        self.next = next
    }
}

/// A variable that `Assign` set, with its new value.
public struct AssignedVariable: Sendable, Equatable {
    public var name: String
    public var value: Payload

    public init(name: String, value: Payload) {
        self.name = name
        self.value = value
    }
}

/// Details of TaskScheduled, LambdaFunctionScheduled and ActivityScheduled.
public struct TaskScheduled: Sendable, Equatable {
    public var flavor: TaskFlavor
    /// The full `Resource`.
    public var resource: String
    public var region: String
    /// JSON text: `parameters` of a service integration, `input` of a Lambda function or activity.
    public var input: String
    public var timeoutSeconds: Int64?
    public var heartbeatSeconds: Int64?
    public var credentialsRoleArn: String?
    public var taskID: String
    /// For `.waitForTaskToken` and activities.
    public var taskToken: String?

    public init(
        flavor: TaskFlavor, resource: String, region: String, input: String, timeoutSeconds: Int64?,
        heartbeatSeconds: Int64?,
        credentialsRoleArn: String?, taskID: String, taskToken: String?
    ) {
        self.flavor = flavor
        self.resource = resource
        self.region = region
        self.input = input
        self.timeoutSeconds = timeoutSeconds
        self.heartbeatSeconds = heartbeatSeconds
        self.credentialsRoleArn = credentialsRoleArn
        self.taskID = taskID
        self.taskToken = taskToken
    }
}

/// Which of AWS's three families of task events a task's events belong to.
public enum TaskFlavor: Sendable, Equatable {
    case lambdaFunction
    case activity
    /// `ecs`, `runTask.sync`.
    case service(type: String, resource: String)
}
