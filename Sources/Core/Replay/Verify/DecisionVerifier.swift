public import Engine
public import StatesLanguage

/// Decides one execution's recorded commands again and compares what comes of them, event by event.
///
///     var verifier = DecisionVerifier(executionArn: arn, machine: machine, settings: settings)
///     for event in events { if let difference = verifier.take(event) { … } }
///     if let difference = verifier.finish() { … }
///
/// The commands are rebuilt from the events; behind the first difference nothing more is compared, since the states have parted.
public struct DecisionVerifier {
    public let executionArn: String
    /// Events that were found to be what is decided today.
    public private(set) var verifiedCount: Int64 = 0
    private let machine: StateMachine
    private let settings: Decider.Settings
    private var execution: Execution?
    /// Of the decision that is being read.
    private var decision: [Event] = []
    private var hasDiffered = false

    /// - Parameter settings: what the log was written with. Its region is taken from the log where that names one, and tokens are
    ///   compared without their signature, which only the installation's key can make.
    public init(executionArn: String, machine: StateMachine, settings: Decider.Settings) {
        self.executionArn = executionArn
        self.machine = machine
        self.settings = settings
    }

    /// Takes the next event of the log.
    /// - Returns: the difference, when the decision before this event would be another one today.
    public mutating func take(_ event: Event) -> EventDifference? {
        guard !hasDiffered else { return nil }
        let difference = event.cause == nil ? nil : finish()
        decision.append(event)
        return difference
    }

    /// Compares the decision that was read last. Called at the end of the log.
    public mutating func finish() -> EventDifference? {
        guard !hasDiffered, let first = decision.first else { return nil }
        defer { decision.removeAll(keepingCapacity: true) }
        let difference = compare(first)
        hasDiffered = difference != nil
        return difference
    }

    private mutating func compare(_ first: Event) -> EventDifference? {
        guard let cause = first.cause else {
            return differing(first, "The log has an event without the beginning of its decision.")
        }
        let command = RecordedCommand(events: decision, before: execution)
        if case .command(.startExecution(let start)) = command, execution == nil {
            execution = Execution(start: start, machine: machine)
        }
        guard let execution else { return differing(first, "The log lacks the start of the execution.") }
        var ownSettings = settings
        if let region { ownSettings.region = region }
        var decider = Decider(
            execution: execution, settings: ownSettings, moment: Moment(time: first.timestamp, seed: cause.seed),
            trigger: cause.trigger)
        do throws(Rejection) {
            try decider.decide(command)
        } catch {
            return differing(first, "The command is refused today: \(error.awsError.message)")
        }
        return compare(decider.events)
    }

    /// The one that tasks were scheduled in; an execution's ARN may name another.
    private var region: String? {
        for event in decision {
            if case .taskScheduled(let scheduled) = event.detail { return scheduled.region }
        }
        return nil
    }

    private mutating func compare(_ decided: [Event]) -> EventDifference? {
        for (recorded, decided) in zip(decision, decided) {
            guard areEqual(recorded, decided) else {
                return EventDifference(
                    executionArn, sequence: recorded.sequence, "The event would be another one today.",
                    recorded: recorded, decided: decided)
            }
            verifiedCount += 1
        }
        if decision.count > decided.count {
            return differing(decision[decided.count], "The event would not be decided today.")
        }
        if decided.count > decision.count {
            let more = decided[decision.count]
            return EventDifference(
                executionArn, sequence: more.sequence, "A further event would be decided today.", recorded: nil,
                decided: more)
        }
        return nil
    }

    private func differing(_ event: Event, _ message: String) -> EventDifference {
        EventDifference(executionArn, sequence: event.sequence, message, recorded: event, decided: nil)
    }

    /// Equal but for the version of who decided, and for the signatures of task tokens.
    private func areEqual(_ recorded: Event, _ decided: Event) -> Bool {
        var decided = decided
        if let version = recorded.cause?.engineVersion { decided.cause?.engineVersion = version }
        if recorded == decided { return true }
        guard case .taskScheduled(let left) = recorded.detail, case .taskScheduled(let right) = decided.detail else {
            return false
        }
        decided.detail = recorded.detail
        let mask = TokenMask(executionArn: executionArn, sequence: recorded.sequence)
        return recorded == decided && mask.masked(left) == mask.masked(right)
    }
}
