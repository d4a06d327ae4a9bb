public import Engine

/// What brought a recorded decision about, rebuilt from the decision's events alone.
public enum RecordedCommand: Sendable, Equatable {
    case command(Command)
    /// Timers came due.
    case fireTimers
    /// The decision before had yielded.
    case continueDecision

    /// - Parameters:
    ///   - events: of one decision, at least one; the first says its cause.
    ///   - execution: as it was before the decision; nil before the first.
    public init(events: some Collection<Event>, before execution: Execution?) {
        guard let first = events.first, let cause = first.cause else {
            self = .continueDecision
            return
        }
        switch cause.trigger {
        case .timers: self = .fireTimers
        case .continuation: self = .continueDecision
        case .command:
            let command = Self.command(first, events.dropFirst().first, execution)
            self = command.map(RecordedCommand.command) ?? .continueDecision
        }
    }

    /// Every accepted command leaves its mark on the first events. A report that had nothing to tell continues what had yielded.
    private static func command(_ first: Event, _ second: Event?, _ execution: Execution?) -> Command? {
        switch first.detail {
        case .executionStarted(let started): return .startExecution(started.start)
        case .executionRedriven(let redriven): return .redriveExecution(clientToken: redriven.clientToken)
        case .executionAborted(let error, let cause): return .stopExecution(error: error, cause: cause)
        case .heartbeatRecorded: return report(.heartbeat, in: first.frame, execution)
        case .taskStarted(_, let workerName):
            let told = second.flatMap { $0.frame == first.frame ? result(of: $0.detail) : nil }
            if case .executionFailed? = second?.detail {
                return report(.failed(error: nil, cause: nil), in: first.frame, execution)
            }
            return report(told ?? .claimed(workerName: workerName, deadline: nil), in: first.frame, execution)
        case .taskSubmitted, .taskSucceeded, .taskFailed:
            return result(of: first.detail).flatMap { report($0, in: first.frame, execution) }
        case .executionFailed:
            // The history was full: whatever was told, by whichever task, became this.
            return execution?.liveFrames.lazy.compactMap(\.taskID).first.map {
                .reportTask(taskID: $0, .failed(error: nil, cause: nil))
            }
        default: return nil
        }
    }

    private static func result(of detail: EventDetail) -> TaskReport? {
        switch detail {
        case .taskSubmitted(_, let output): .submitted(output: output)
        case .taskSucceeded(_, let output): .succeeded(output: output)
        case .taskFailed(_, let error, let cause): .failed(error: error, cause: cause)
        default: nil
        }
    }

    private static func report(_ report: TaskReport, in frame: FrameID, _ execution: Execution?) -> Command? {
        execution?.liveFrames.first { $0.id == frame }?.taskID.map { .reportTask(taskID: $0, report) }
    }
}

extension Frame {
    /// Of the task that the frame waits for.
    var taskID: String? {
        guard case .task(let task) = activity else { return nil }
        return task.taskID
    }
}

extension Decider {
    /// Decides what a log recorded.
    /// - Throws: `Rejection` when it is refused now.
    mutating func decide(_ recorded: RecordedCommand) throws(Rejection) {
        switch recorded {
        case .fireTimers: fireTimers()
        case .continueDecision: continueDecision()
        case .command(.startExecution(let start)): try startExecution(start)
        case .command(.stopExecution(let error, let cause)): stopExecution(error: error, cause: cause)
        case .command(.reportTask(let taskID, let report)): try reportTask(taskID, report)
        case .command(.redriveExecution(let clientToken)): _ = try redriveExecution(clientToken: clientToken)
        }
    }
}
