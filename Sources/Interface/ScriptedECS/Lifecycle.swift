/// How a task lives and ends. Times are milliseconds of the script.
public struct Lifecycle: Sendable, Equatable {
    /// What ends it.
    public enum End: String, Sendable, CaseIterable {
        /// Its essential container exits.
        case exit
        /// It never runs: no exit codes, TaskFailedToStart.
        case failedToStart
        /// The same, and it has no containers at all, as when capacity never came.
        case failedWithoutContainers
        /// Its host is reclaimed: a warning while it runs, then SpotInterruption.
        case spotInterruption
        /// It stays PROVISIONING until somebody stops it.
        case stuck
    }

    public var name = "default"
    /// How often it is chosen, beside the others' weights. 0: by name only.
    public var weight = 1.0
    public var end = End.exit
    public var provisioning: ClosedRange<Int64> = 1000...1000
    public var pending: ClosedRange<Int64> = 1000...1000
    public var running: ClosedRange<Int64> = 1000...1000
    public var deprovisioning: ClosedRange<Int64> = 1000...1000
    /// By container; one that is not named exits with 0.
    public var exitCodes: [String: Int64] = [:]
    /// Containers whose exit code stays unknown.
    public var unknownExitCodes: Set<String> = []
    /// Container reasons, such as `OutOfMemoryError: Container killed due to memory usage`.
    public var reasons: [String: String] = [:]
    /// nil: what ECS says for this end.
    public var stoppedReason: String?
    /// Lines that its containers logged.
    public var logLines: [String] = []

    public init() {}
}
