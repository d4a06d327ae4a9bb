import Engine

/// What a batch of events changes about an execution, gathered so that it costs one change of its row and one segment of history.
struct PendingExecution {
    let arn: String
    var start: (request: StartExecution, time: Int64)?
    var redrive: (count: Int64, time: Int64)?
    /// nil while nothing says how it stands; `RUNNING` after a redrive.
    var outcome: Outcome?
    var segments: [HistorySegment] = []
    /// What happened to tasks of activities, in order.
    var activitySteps: [ActivityStep] = []

    /// One step of the tasks of activities.
    enum ActivityStep {
        case scheduled(TaskScheduled, frame: FrameID, time: Int64)
        /// A worker has the task that this frame had waiting, or nobody wants it any more.
        case left(frame: FrameID)
        /// None of the execution's tasks is wanted any more.
        case ended
    }

    struct Outcome {
        var status: String
        /// Epoch milliseconds; nil for `RUNNING`.
        var stopped: Int64?
        var output: String?
        var error: String?
        var cause: String?
    }

    init(arn: String) { self.arn = arn }

    /// Takes what an event says about the execution as a whole.
    mutating func take(_ event: Event) {
        let time = event.timestamp
        switch event.detail {
        case .executionStarted(let started): start = (started.start, time)
        case .executionSucceeded(let output):
            outcome = Outcome(status: "SUCCEEDED", stopped: time, output: output.text)
        case .executionFailed(let error, let cause):
            outcome = Outcome(status: "FAILED", stopped: time, error: error, cause: cause)
        case .executionTimedOut(_, let cause):
            // The event says States.Timeout, DescribeExecution has no error. Source: surface § 1.4.
            outcome = Outcome(status: "TIMED_OUT", stopped: time, cause: cause)
        case .executionAborted(let error, let cause):
            outcome = Outcome(status: "ABORTED", stopped: time, error: error, cause: cause)
        case .executionRedriven(let redriven):
            redrive = (redriven.redriveCount, time)
            outcome = Outcome(status: "RUNNING")
        case .taskScheduled(let scheduled) where scheduled.flavor == .activity:
            activitySteps.append(.scheduled(scheduled, frame: event.frame, time: time))
        case .taskStarted(.activity, _), .taskTimedOut(.activity, _, _): activitySteps.append(.left(frame: event.frame))
        default: break
        }
        if let outcome, outcome.stopped == time { activitySteps.append(.ended) }
    }

    /// The types of events that `take` reads.
    static let types: [[UInt8]] = [
        "ExecutionStarted", "ExecutionSucceeded", "ExecutionFailed", "ExecutionTimedOut", "ExecutionAborted",
        "ExecutionRedriven", "ActivityScheduled", "ActivityStarted", "ActivityTimedOut",
    ].map { Array($0.utf8) }

    mutating func append(id: Int64, _ event: (inout [UInt8]) -> Void) {
        if segments.last.map({ $0.isFull }) != false { segments.append(HistorySegment(first: id)) }
        segments[segments.count - 1].append(id: id, event)
    }
}

/// Some events of a history that follow one another: JSON, a line each.
struct HistorySegment {
    let first: Int64
    private(set) var last: Int64
    private(set) var json: [UInt8] = []

    /// A page of a history reads whole segments.
    private static let bytesMax = 64 << 10

    init(first: Int64) {
        self.first = first
        last = first
    }

    var isFull: Bool { json.count >= Self.bytesMax }

    mutating func append(id: Int64, _ event: (inout [UInt8]) -> Void) {
        if !json.isEmpty { json.append(UInt8(ascii: "\n")) }
        event(&json)
        last = id
    }
}
