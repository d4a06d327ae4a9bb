public import Engine
public import JSON
import StatesLanguage

/// What an open execution waits for in one of its frames.
public struct PendingCause: Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// A Wait state's end.
        case timer
        /// The next attempt after a failure.
        case retry
        /// A worker, or the service that it called.
        case task
        /// The end of an execution that the task has started.
        case child
        /// Somebody who holds the task's token.
        case token
        /// A worker of an activity.
        case activity
        /// An operator: what comes for it goes to the dead letters, behind one that says why.
        case parked
        /// The engine itself, whose last decision yielded.
        case engine
        /// Nothing that could ever come: what a watchdog must report.
        case nothing
    }

    public var kind: Kind
    /// The state, with the branch or item round it: `Each[3]/Pay`.
    public var place: String
    /// Epoch milliseconds: since when.
    public var since: Int64
    /// Epoch milliseconds: when the engine itself will go on, if nothing comes before; nil: never.
    public var until: Int64?
    /// Of the task that is waited for.
    public var taskID: String?
    /// A sentence: what has happened of it and what is missing.
    public var detail: String

    /// Of an execution as a whole. - Parameter since: epoch milliseconds.
    public static func parked(since: Int64, detail: String) -> PendingCause {
        PendingCause(kind: .parked, place: "", since: since, until: nil, detail: detail)
    }

    /// `Pay: task, submitted to …; its end is awaited`.
    public var sentence: String { "\(place.isEmpty ? "-" : place): \(kind.rawValue), \(detail)" }

    public var json: JSONValue {
        var object: JSONObject = [
            "kind": .string(kind.rawValue), "state": .string(place), "detail": .string(detail),
            "since": .string(Timestamp(epochMilliseconds: since).text),
        ]
        if let until { object["until"] = .string(Timestamp(epochMilliseconds: until).text) }
        if let taskID { object["taskId"] = .string(taskID) }
        return .object(object)
    }
}

extension Execution {
    /// What the execution waits for, by frame; empty for a closed one. One that is open always has some.
    public var pendingCauses: [PendingCause] {
        guard !isClosed else { return [] }
        let frames = liveFrames
        let causes = frames.compactMap { frame in pendingCause(of: frame, among: frames) }
        guard causes.isEmpty else { return causes }
        let kind: PendingCause.Kind = hasYielded ? .engine : .nothing
        let detail = hasYielded ? "the engine goes on with a long decision" : "no frame waits for anything"
        return [PendingCause(kind: kind, place: "", since: startedAt, until: deadline, detail: detail)]
    }

    /// nil for a frame whose branches or items are waited for.
    private func pendingCause(of frame: Frame, among frames: [Frame]) -> PendingCause? {
        var cause = PendingCause(
            kind: .nothing, place: place(of: frame, among: frames), since: frame.enteredAt, until: nil, detail: "")
        switch frame.activity {
        case .waiting(let deadline):
            (cause.kind, cause.until, cause.detail) = (.timer, deadline, "a Wait state")
        case .retrying(let deadline):
            (cause.kind, cause.until) = (.retry, deadline)
            cause.detail = "attempt \(frame.retryCount + 1) begins then"
        case .task(let task):
            cause.since = task.scheduledAt
            cause.until = [task.timeoutDeadline, task.heartbeatDeadline].compactMap(\.self).min()
            cause.taskID = task.taskID
            (cause.kind, cause.detail) = Self.waiting(for: task)
        case .parallel(let branches):
            if branches.remaining > 0, frames.contains(where: { $0.parent == frame.id }) { return nil }
            cause.detail = "\(branches.remaining) branches remain, and none runs"
        case .map(let iterations):
            if iterations.remaining > 0, frames.contains(where: { $0.parent == frame.id }) { return nil }
            cause.detail = "\(iterations.remaining) items remain, and none runs"
        case .deciding:
            // The branch or item of a parent that is done with it.
            if frame.hasEntered, frame.enteredEventID != 0 || frame.parent == nil {
                cause.detail = "the state is entered, and nothing was asked for"
            } else if frame.parent != nil, !hasYielded {
                return nil
            }
        }
        if cause.kind == .nothing, hasYielded {
            (cause.kind, cause.detail) = (.engine, "the engine goes on with a long decision")
        }
        return cause
    }

    private static func waiting(for task: RunningTask) -> (PendingCause.Kind, String) {
        let status =
            task.isSubmitted
            ? "submitted to \(task.resource); its end is awaited"
            : task.isStarted
                ? "\(task.resource) was called; its answer is awaited" : "scheduled; no worker has taken it"
        switch task.flavor {
        case .activity:
            return (
                .activity, task.isStarted ? "a worker has \(task.resource)" : "no worker has polled \(task.resource)"
            )
        case .lambdaFunction: return (task.taskToken == nil ? .task : .token, status)
        case .service:
            if task.isSubmitted,
                case .service("states", "startExecution", let pattern)? = TaskResource(arn: task.resource),
                pattern == .sync || pattern == .sync2
            {
                return (.child, "started by \(task.resource); its end is awaited")
            }
            guard task.taskToken != nil, task.isSubmitted else { return (.task, status) }
            return (.token, "submitted to \(task.resource); SendTaskSuccess or SendTaskFailure is awaited")
        }
    }
}
