public import Engine
public import StatesLanguage

/// Follows an execution by its events: what to say of each, what is under way, and at what it failed.
public struct ExecutionProgress {
    /// The task or state that an execution failed at.
    public struct Failure: Sendable, Equatable {
        /// With the items and branches that lead to it: `Encode[2] › Render`.
        public var state: String
        public var error: String?
        public var cause: String?
        /// nil where no task failed but the state itself.
        public var taskID: String?
    }

    /// A task that was scheduled.
    public struct ScheduledTask: Sendable, Equatable {
        public var id: String
        public var state: String
        /// Started and left to itself: neither waited for nor stopped.
        public var isDetached: Bool
        /// Its state was left before it had ended.
        public var isCancelled = false
    }

    private let execution: Execution
    private let machine: StateMachine
    /// Attempts of the current state, by frame.
    private var attempts: [FrameID: Int] = [:]
    private var taskIDs: [FrameID: String] = [:]
    public private(set) var failure: Failure?
    /// Every task that was scheduled, in order.
    public private(set) var tasks: [ScheduledTask] = []

    /// - Parameter start: as the execution was started.
    public init(start: StartExecution, machine: StateMachine) {
        self.machine = machine
        execution = Execution(start: start, machine: machine)
    }

    public var executionArn: String { execution.arn }
    public var isClosed: Bool { execution.isClosed }
    public var status: Execution.Status { execution.status }
    public var output: String? { execution.output?.text }
    public var error: String? { execution.error }
    public var cause: String? { execution.cause }

    /// Folds the next event.
    /// - Returns: the line to show of it; nil for what people need not see.
    /// - Throws: `FoldError` when the events are damaged.
    public mutating func take(_ event: Event) throws(FoldError) -> String? {
        note(event)
        let before = label(event.frame)
        let enteredAt = execution.liveFrames.first { $0.id == event.frame }?.enteredAt
        try execution.evolve(event)
        guard let text = line(event, before: before, enteredAt: enteredAt) else { return nil }
        return "\(Self.column(event.timestamp - execution.startedAt))  \(text)"
    }

    /// What is under way, a line each: running tasks, waits and retries with the time that is left.
    /// - Parameter now: epoch milliseconds.
    public func activeLines(now: Int64) -> [String] {
        execution.liveFrames.compactMap { frame in
            let attempt = (attempts[frame.id] ?? 1) > 1 ? ", attempt \(attempts[frame.id] ?? 1)" : ""
            switch frame.activity {
            case .deciding: return nil
            case .waiting(let deadline):
                return "\(label(frame.id)): waits, \(ElapsedText.text(milliseconds: deadline - now)) left"
            case .retrying(let deadline):
                return "\(label(frame.id)): tries again in \(ElapsedText.text(milliseconds: deadline - now))\(attempt)"
            case .task(let task):
                let phase = task.taskToken != nil && task.isSubmitted ? "waits for its token" : "runs"
                return
                    "\(label(frame.id)): \(phase) for \(ElapsedText.text(milliseconds: now - task.scheduledAt))\(attempt)"
            case .parallel(let branches):
                return
                    "\(label(frame.id)): \(branches.outputs.count - branches.remaining) of \(branches.outputs.count) branches done"
            case .map(let iterations):
                return
                    "\(label(frame.id)): \(iterations.outputs.count - iterations.remaining) of \(iterations.outputs.count) items done"
            }
        }
    }

    // MARK: - Keeping

    private mutating func note(_ event: Event) {
        switch event.detail {
        case .stateEntered(let type, let name, _):
            attempts[event.frame] = 1
            taskIDs[event.frame] = nil
            if type == .fail { failure = Failure(state: place(event.frame, name)) }
        case .taskScheduled(let scheduled):
            taskIDs[event.frame] = scheduled.taskID
            tasks.append(
                ScheduledTask(
                    id: scheduled.taskID, state: label(event.frame), isDetached: Self.isDetached(scheduled.resource)))
        case .parallelStateFailed, .mapStateFailed:
            // Their other branches and iterations end with them.
            let running = Set(execution.liveFrames.compactMap { frame in taskIDs[frame.id] })
            for index in tasks.indices where running.contains(tasks[index].id) { tasks[index].isCancelled = true }
        case .retryScheduled: attempts[event.frame, default: 1] += 1
        case .taskFailed(_, let error, let cause), .taskTimedOut(_, let error, let cause):
            failure = Failure(state: label(event.frame), error: error, cause: cause, taskID: taskIDs[event.frame])
            if case .taskTimedOut = event.detail, let index = tasks.lastIndex(where: { $0.id == taskIDs[event.frame] })
            {
                tasks[index].isCancelled = true
            }
        case .evaluationFailed(_, let error, let cause, _):
            failure = Failure(state: label(event.frame), error: error, cause: cause)
        default: break
        }
    }

    /// A service that is called and not waited for.
    private static func isDetached(_ resource: String) -> Bool {
        guard case .service(_, _, .requestResponse)? = TaskResource(arn: resource) else { return false }
        return true
    }

    // MARK: - Saying

    private func line(_ event: Event, before: String, enteredAt: Int64?) -> String? {
        switch event.detail {
        case .stateEntered(let type, let name, _):
            switch type {
            case .task, .wait, .parallel, .map: return "\(place(event.frame, name)): entered (\(type.rawValue))"
            case .pass, .choice, .succeed, .fail: return nil
            }
        case .stateExited(_, let exited):
            let took = enteredAt.map { " in \(ElapsedText.text(milliseconds: event.timestamp - $0))" } ?? ""
            return "\(place(event.frame, exited.name)): done\(took)"
        case .taskFailed(_, let error, let cause):
            return "\(before): failed: \(error ?? "no error name")\(Self.inLine(cause))"
        case .taskTimedOut(_, let error, let cause): return "\(before): timed out: \(error ?? "")\(Self.inLine(cause))"
        case .evaluationFailed(_, let error, let cause, _): return "\(before): failed: \(error)\(Self.inLine(cause))"
        case .retryScheduled(_, let deadline):
            let wait = ElapsedText.text(milliseconds: deadline - event.timestamp)
            return "\(before): attempt \(attempts[event.frame] ?? 2) in \(wait)"
        case .timerStarted(let deadline):
            return "\(before): waits for \(ElapsedText.text(milliseconds: deadline - event.timestamp))"
        case .executionStarted(let started): return "started \(started.start.executionArn)"
        case .executionSucceeded: return "succeeded"
        case .executionFailed: return "failed"
        case .executionTimedOut: return "timed out"
        case .executionAborted: return "aborted"
        case .executionRedriven: return "redriven"
        case .stateAborted, .taskScheduled, .taskStarted, .taskSubmitted, .taskSucceeded, .parallelStateStarted,
            .parallelStateSucceeded,
            .parallelStateFailed, .mapStateStarted, .mapStateSucceeded, .mapStateFailed, .mapIterationStarted,
            .mapIterationSucceeded,
            .mapIterationFailed, .mapIterationAborted, .heartbeatRecorded, .decisionYielded:
            return nil
        }
    }

    /// An ECS task's cause is its description: one line has room for its reason only.
    private static func inLine(_ cause: String?) -> String {
        guard let cause, !cause.isEmpty else { return "" }
        return ": " + LineText.clipped(FailureText.reason(inTaskObject: cause) ?? cause, to: 160)
    }

    /// The frame's current state with what leads to it.
    private func label(_ frame: FrameID) -> String {
        guard let live = execution.liveFrames.first(where: { $0.id == frame }) else { return "" }
        return place(frame, machine.states[live.stateID].name)
    }

    private func place(_ frame: FrameID, _ name: String) -> String {
        var parts = [name]
        let frames = execution.liveFrames
        var current = frames.first { $0.id == frame }
        while let child = current, let parent = frames.first(where: { $0.id == child.parent }) {
            parts.insert("\(machine.states[parent.stateID].name)[\(child.index)]", at: 0)
            current = parent
        }
        return parts.joined(separator: " › ")
    }

    private static func column(_ milliseconds: Int64) -> String {
        let text = ElapsedText.text(milliseconds: milliseconds)
        return String(repeating: " ", count: max(0, 10 - text.count)) + text
    }
}
