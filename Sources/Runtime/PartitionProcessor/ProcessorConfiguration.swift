public import Engine

/// What a processor is told about its surroundings. Time and randomness come from here, so a simulation can hand in its own.
public struct ProcessorConfiguration: Sendable {
    public var layout: TopicLayout
    public var settings: Decider.Settings
    /// Epoch milliseconds.
    public var now: @Sendable () -> Int64
    /// 64 random bits.
    public var randomBits: @Sendable () -> UInt64
    /// Which pools of workers serve which tasks, as it is now: pools may be added while executions run.
    public var routes: @Sendable () -> PoolRoutes
    /// Is told of what the operator should know: a poison record, an error of the log.
    public var report: @Sendable (ProcessorNotice) -> Void
    /// Sees each execution after each decision, which may not be committed yet: for simulations, which compare it with the log.
    public var decided: (@Sendable (Execution) -> Void)?
    /// Whether workers ask an API for the tasks of activities, which then go to no pool; false where there is no API.
    public var hasPolledActivities = true
    /// The lane's static name in the engine's consumer group; nil: it joins anew each time.
    public var instanceID: String?
    /// How long one wait for records lasts at most, when no timer is nearer.
    public var idleWait: Duration
    /// How many bytes of events, and for how many milliseconds, may wait for their checkpoint: what a new owner folds at most.
    public var checkpointTailBytes: Int
    public var checkpointTailMilliseconds: Int64
    /// Which open executions the operator is told of.
    public var watchdog = WatchdogSettings()

    public static let checkpointTailBytesDefault = 16 << 20
    public static let checkpointTailMillisecondsDefault: Int64 = 10_000

    public init(
        layout: TopicLayout, settings: Decider.Settings, now: @escaping @Sendable () -> Int64,
        randomBits: @escaping @Sendable () -> UInt64,
        routes: @escaping @Sendable () -> PoolRoutes = { PoolRoutes() },
        report: @escaping @Sendable (ProcessorNotice) -> Void = { _ in }, idleWait: Duration = .seconds(1),
        checkpointTailBytes: Int = checkpointTailBytesDefault,
        checkpointTailMilliseconds: Int64 = checkpointTailMillisecondsDefault
    ) {
        self.checkpointTailBytes = checkpointTailBytes
        self.checkpointTailMilliseconds = checkpointTailMilliseconds
        self.layout = layout
        self.settings = settings
        self.now = now
        self.randomBits = randomBits
        self.routes = routes
        self.report = report
        self.idleWait = idleWait
    }
}

/// Something that an operator should know.
public enum ProcessorNotice: Sendable, Equatable, CustomStringConvertible {
    /// A record that could not be processed went to `deadletter`.
    case deadLetter(topic: String, partition: Int, offset: Int64, reason: String)
    /// The events of a partition can't be folded; its executions stand still until the cause is mended and a lane takes it over.
    case partitionHalted(partition: Int, reason: String)
    /// An open execution waits for nothing that could come.
    case stuck(executionArn: String, reason: String)
    /// An execution is open for longer than its watchdog allows.
    case overdue(executionArn: String, openSeconds: Int64, secondsMax: Int64, waitsFor: String)

    public var description: String {
        switch self {
        case .deadLetter(let topic, let partition, let offset, let reason):
            "The record at \(topic)/\(partition) offset \(offset) went to the dead letters: \(reason)"
        case .stuck(let arn, let reason): "\(arn) waits for nothing that could come: \(reason)"
        case .overdue(let arn, let openSeconds, let secondsMax, let waitsFor):
            "\(arn) has been open for \(openSeconds) s, longer than \(secondsMax) s; it waits for \(waitsFor)"
        case .partitionHalted(let partition, let reason): "Partition \(partition) is halted: \(reason)"
        }
    }
}
