/// What is kept of launches so that none is made twice and none forgotten, whatever dies.
public protocol LaunchLedger: Sendable {
    /// What former processes left, by task id. Called once, before any `write`.
    func open() throws -> [String: LaunchRecord]
    /// Keeps an entry; when it returns, the entry outlives this process.
    func write(_ entry: LaunchEntry) throws
}

/// One thing to be kept.
public enum LaunchEntry: Sendable, Equatable {
    /// RunTask is about to be called with this body, first at this epoch millisecond.
    case intent(taskID: String, cluster: String, body: String, at: Int64)
    /// RunTask has launched these tasks; `submitted` is what was reported.
    case handle(taskID: String, arns: [String], submitted: String)
    /// Where the containers' logs are.
    case logs(taskID: String, streams: [LogStream])
    /// Nobody wants the task any more; it is to be stopped, for this reason.
    case stop(taskID: String, reason: String)
    /// The task's outcome is on the log, or its stop was heard.
    case ended(taskID: String)

    var taskID: String {
        switch self {
        case .intent(let id, _, _, _), .handle(let id, _, _), .logs(let id, _), .stop(let id, _), .ended(let id): id
        }
    }
}

/// A container's stream in CloudWatch Logs.
public struct LogStream: Sendable, Equatable {
    public var container: String
    public var group: String
    public var stream: String
    public var region: String
}

/// All that is kept of one task.
public struct LaunchRecord: Sendable, Equatable {
    public var cluster: String
    public var body: String
    public var at: Int64
    public var arns: [String] = []
    public var submitted = ""
    public var logs: [LogStream] = []
    public var stopReason: String?

    public init(cluster: String, body: String, at: Int64) {
        self.cluster = cluster
        self.body = body
        self.at = at
    }

    /// Adds an entry to what is known. - Returns: nil when the task has ended.
    static func adding(_ entry: LaunchEntry, to record: LaunchRecord?) -> LaunchRecord? {
        var record = record
        switch entry {
        case .intent(_, let cluster, let body, let at): return LaunchRecord(cluster: cluster, body: body, at: at)
        case .handle(_, let arns, let submitted):
            record?.arns = arns
            record?.submitted = submitted
        case .logs(_, let streams): record?.logs = streams
        case .stop(_, let reason): record?.stopReason = reason
        case .ended: return nil
        }
        return record
    }
}
