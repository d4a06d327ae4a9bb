/// How tasks are run in ECS. Durations are milliseconds.
public struct ECSConfiguration: Sendable, Equatable {
    /// A limit on calls.
    public struct Rate: Sendable, Equatable {
        public var perSecond: Double
        public var burst: Double

        /// Both greater than 0, `burst` at least 1.
        public init(perSecond: Double, burst: Double) {
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    /// Where a cluster's tasks run.
    public enum Backend: String, Sendable, CaseIterable {
        /// As processes of this machine.
        case local
        /// In containers of this machine.
        case container
        /// In ECS.
        case ecs
    }

    /// By cluster name. Without an entry: `backend`.
    public var clusters: [String: Backend] = [:]
    public var backend = Backend.local
    /// Of the backend `container`.
    public var container = ContainerConfiguration()
    public var region = "us-east-1"
    /// Of the worker, where a cluster is named without its ARN.
    public var accountID = "123456789012"
    /// The state machine's role is assumed for RunTask, StopTask and DescribeTasks; false: the worker's own is used. The role of a
    /// task's `Credentials` is assumed either way.
    public var assumesRoles = false
    /// The SQS queue that gets ECS's state-change events; nil: tasks are watched by DescribeTasks alone.
    public var eventsQueueURL: String?
    /// How many ReceiveMessage calls wait at once.
    public var eventReceivers = 2

    /// Per account and region. AWS lets Fargate tasks be launched at 20 a second. Source: reference/ecs.md §2, Throttles.
    public var runTaskRate = Rate(perSecond: 20, burst: 40)
    public var stopTaskRate = Rate(perSecond: 20, burst: 40)
    public var describeTasksRate = Rate(perSecond: 10, burst: 20)
    /// RunTask calls under way at once.
    public var launchesMax = 32
    /// How often all watched tasks are looked at: events may be lost.
    public var sweepMilliseconds: Int64 = 60_000
    /// The same where there is no queue of events.
    public var sweepMillisecondsWithoutEvents: Int64 = 5000
    /// How long DescribeTasks may call a task MISSING before its outcome counts as unknown.
    public var missingGraceMilliseconds: Int64 = 300_000
    /// How long throttled and failing RunTask calls are repeated.
    public var retryMilliseconds: Int64 = 600_000
    /// How long RunTask is repeated when there is no capacity. 0: the task fails at once, as on AWS.
    public var capacityRetryMilliseconds: Int64 = 0
    /// The first wait between repetitions; each doubles the last, up to 32 times this, with jitter.
    public var retryPauseMilliseconds: Int64 = 500
    /// A task that does not run by then is stopped and fails. 0: it may take for ever, as on AWS.
    public var startTimeoutMilliseconds: Int64 = 0
    /// How long after the first call a RunTask may be repeated under its client token: AWS forgets it an hour after the task's end.
    public var tokenMilliseconds: Int64 = 3_300_000
    /// Completes when all exit codes are known, about 14 s sooner than AWS does.
    public var completesEarly = false
    /// A non-essential container's exit code does not fail a task; on AWS it does.
    public var judgesEssentialContainersOnly = false
    /// A task that waits for its token is stopped when its state gives it up; on AWS it runs on.
    public var stopsCallbackTasks = false
    /// A failure's cause gets the member `Steplog`: what happened in plain words, where the logs are and their last lines.
    public var explainsFailures = false
    public var logLinesMax = 20
    /// How often tasks are looked for that run though their executions have ended; 0: never.
    public var orphanSweepMilliseconds: Int64 = 300_000
    /// Also stops tasks that some Steplog started and this worker knows nothing of. Only for clusters that it has for itself.
    public var stopsUnknownTasks = false

    public init() {}

    /// Whether any cluster is ECS's.
    public var usesECS: Bool { backend == .ecs || clusters.values.contains(.ecs) }

    /// Where tasks of a cluster run.
    /// - Parameter cluster: a name or an ARN, as RunTask takes it.
    func backend(ofCluster cluster: String) -> Backend {
        clusters[cluster] ?? clusters[Self.name(ofCluster: cluster)] ?? backend
    }

    static func name(ofCluster cluster: String) -> String {
        cluster.split(separator: "/").last.map(String.init) ?? cluster
    }
}
