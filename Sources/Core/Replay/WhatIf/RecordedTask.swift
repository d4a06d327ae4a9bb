public import Engine

/// A task as a log recorded it: what it was asked, and what was told of it when.
public struct RecordedTask: Sendable {
    public var stateName: String
    public var resource: String
    /// JSON text, its token taken out.
    public var input: String
    public var taskID: String
    /// Epoch milliseconds.
    public var scheduledAt: Int64
    /// In order.
    public var reports: [Report] = []
    public var end = End.open
    /// Milliseconds after it was scheduled: its end, or how long nothing was heard of it.
    public var knownFor: Int64 = 0

    /// What was told of a task.
    public struct Report: Sendable {
        /// Milliseconds after it was scheduled.
        public var delay: Int64
        public var report: TaskReport
        /// The random bits of the decision that took it.
        public var seed: UInt64
    }

    public enum End: Sendable {
        /// It succeeded or failed.
        case told
        /// It was waited for when the log ended.
        case open
        /// It was given up: by a timeout, a failure beside it, or the execution's end.
        case givenUp
    }

    init(_ scheduled: TaskScheduled, stateName: String, at time: Int64) {
        self.stateName = stateName
        resource = scheduled.resource
        input = Self.withoutToken(scheduled.input, scheduled.taskToken)
        taskID = scheduled.taskID
        scheduledAt = time
    }

    /// A token is another one each time.
    static func withoutToken(_ input: String, _ token: String?) -> String {
        guard let token else { return input }
        return input.replacing(token, with: "")
    }
}
