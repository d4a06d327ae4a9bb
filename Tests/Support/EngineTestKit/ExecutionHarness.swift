public import Engine
import JSON
public import StatesLanguage

/// Runs one execution in virtual time, as a lane and its workers would, and checks each decision as it is made: sequences and ids
/// without gaps, events that read back as they were written, and a fold of what was read that gives the same state.
public final class ExecutionHarness {
    public let machine: StateMachine
    public let startCommand: StartExecution
    public let settings: Decider.Settings
    public private(set) var execution: Execution
    /// All events, as decided.
    public private(set) var events: [Event] = []
    /// The encoded form of each.
    public private(set) var records: [[UInt8]] = []
    /// Epoch milliseconds.
    public private(set) var now: Int64
    /// Scheduled, and neither ended nor given up; in the order of scheduling.
    public private(set) var pending: [TaskRequest] = []
    public private(set) var scheduled: [TaskRequest] = []
    public private(set) var cancelled: [String] = []
    public private(set) var released: [String] = []
    /// What was found wrong, as sentences; empty when all is well.
    public private(set) var problems: [String] = []

    private var replica: Execution
    private var bits: SeededBits
    private var commandOffset: Int64 = 0

    /// 2026-11-22T12:41:30Z, in epoch milliseconds.
    public static let startOfTime: Int64 = 1_795_351_290_000
    public static let arn = "arn:aws:states:us-east-1:123456789012:execution:M:E"
    public static let settings = Decider.Settings(region: "us-east-1", limits: .standard, tokenKey: [1, 2, 3])

    /// - Throws: `InvalidDefinition` with the diagnostics.
    public convenience init(
        _ definition: String, input: String = "{}", settings: Decider.Settings = ExecutionHarness.settings,
        seed: UInt64 = 1,
        now: Int64 = ExecutionHarness.startOfTime
    ) throws(InvalidDefinition) {
        let start = StartExecution(
            executionArn: Self.arn, name: "E", stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:M",
            roleArn: "arn:aws:iam::123456789012:role/r", definitionHash: "h", input: input)
        try self.init(definition, start: start, settings: settings, seed: seed, now: now)
    }

    public init(
        _ definition: String, start: StartExecution, settings: Decider.Settings, seed: UInt64 = 1,
        now: Int64 = ExecutionHarness.startOfTime
    ) throws(InvalidDefinition) {
        let compilation = Definition.compile(definition, options: CompileOptions())
        guard let machine = compilation.machine else { throw InvalidDefinition(message: "\(compilation.diagnostics)") }
        self.machine = machine
        self.settings = settings
        self.now = now
        startCommand = start
        execution = Execution(start: start, machine: machine)
        replica = Execution(start: start, machine: machine)
        bits = SeededBits(seed: seed)
    }

    // MARK: - Commands

    public func start() throws(Rejection) {
        var decider = decider(.command(offset: nextOffset()))
        try decider.startExecution(startCommand)
        finish(decider)
    }

    public func report(_ taskID: String, _ report: TaskReport) throws(Rejection) {
        var decider = decider(.command(offset: nextOffset()))
        do throws(Rejection) {
            try decider.reportTask(taskID, report)
        } catch {
            if !decider.events.isEmpty {
                problems.append("a refused report has decided \(decider.events.count) events")
            }
            throw error
        }
        finish(decider)
    }

    public func stop(error: String? = nil, cause: String? = nil) {
        var decider = decider(.command(offset: nextOffset()))
        decider.stopExecution(error: error, cause: cause)
        finish(decider)
    }

    /// - Returns: the time of the redrive, in epoch milliseconds.
    @discardableResult
    public func redrive(clientToken: String? = nil) throws(Rejection) -> Int64 {
        var decider = decider(.command(offset: nextOffset()))
        let time = try decider.redriveExecution(clientToken: clientToken)
        finish(decider)
        return time
    }

    /// Goes on after a decision that yielded. - Returns: false when it had not.
    @discardableResult
    public func continueDecision() -> Bool {
        guard execution.hasYielded else { return false }
        var decider = decider(.continuation)
        decider.continueDecision()
        finish(decider)
        return true
    }

    /// Moves the clock to the next deadline and fires it. - Returns: false when nothing is timed.
    @discardableResult
    public func fireNextTimers() -> Bool {
        guard let deadline = execution.nextDeadline else { return false }
        now = max(now, deadline)
        fireTimers()
        return true
    }

    /// Moves the clock, firing on the way what comes due, each at its time.
    public func advance(milliseconds: Int64) {
        let end = now + milliseconds
        while let deadline = execution.nextDeadline, deadline <= end { fireNextTimers() }
        now = end
    }

    /// Moves the clock without a look at the timers: a processor that was away.
    public func sleep(milliseconds: Int64) { now += milliseconds }

    public func fireTimers() {
        var decider = decider(.timers)
        decider.fireTimers()
        finish(decider)
    }

    /// Drops the state and folds the log again, as after a crash.
    public func restart() {
        checkCheckpoint()
        let folded = Execution(start: startCommand, machine: machine)
        for record in records {
            do {
                try folded.evolve(try EventDecoder.decode(record).event)
            } catch {
                problems.append("the log can't be folded: \(error)")
            }
        }
        if folded.dump != execution.dump { problems.append("restarted:\n\(folded.dump)\nnot:\n\(execution.dump)") }
        execution = folded
    }

    /// The state comes back from its checkpoint, and what comes back is folded on from here.
    private func checkCheckpoint() {
        let bytes = ExecutionCheckpoint.encode(execution)
        var texts = SharedTexts()
        do {
            let restored = try ExecutionCheckpoint.decode(
                bytes, executionArn: startCommand.executionArn, sharing: &texts
            ) { _ in machine }.execution
            guard let restored else { return problems.append("the checkpoint gave no execution") }
            if restored.dump != execution.dump {
                problems.append("from the checkpoint:\n\(restored.dump)\nnot:\n\(execution.dump)")
            }
            if ExecutionCheckpoint.encode(restored) != bytes { problems.append("the checkpoint has other bytes again") }
            if ExecutionCheckpoint.encode(replica) != bytes { problems.append("the fold has another checkpoint") }
            replica = restored
        } catch {
            problems.append("the checkpoint can't be read: \(error)")
        }
    }

    // MARK: - Deciding

    private func decider(_ trigger: Cause.Trigger) -> Decider {
        Decider(
            execution: execution, settings: settings, moment: Moment(time: now, seed: bits.next()), trigger: trigger)
    }

    private func nextOffset() -> Int64 {
        commandOffset += 1
        return commandOffset - 1
    }

    private func finish(_ decider: Decider) {
        for event in decider.events { check(event) }
        if replica.dump != execution.dump { problems.append("folded:\n\(replica.dump)\nnot:\n\(execution.dump)") }
        for (index, event) in decider.events.enumerated() where (event.cause != nil) != (index == 0) {
            problems.append("event \(event.sequence) has the wrong cause: \(String(describing: event.cause))")
        }
        checkCheckpoint()
        for effect in decider.effects {
            switch effect {
            case .scheduleTask(let request):
                if scheduled.contains(where: { $0.taskID == request.taskID }) {
                    problems.append("\(request.taskID) is scheduled twice")
                }
                pending.append(request)
                scheduled.append(request)
            case .cancelTask(let taskID, _):
                if cancelled.contains(taskID) { problems.append("\(taskID) is cancelled twice") }
                cancelled.append(taskID)
            case .releaseTask(let taskID, _): released.append(taskID)
            }
        }
        pending.removeAll { execution.frame(ofTask: $0.taskID) == nil }
        checkForgottenTasks()
    }

    /// A task that is not waited for any more has been told so, or has told so itself.
    private func checkForgottenTasks() {
        for request in scheduled
        where execution.frame(ofTask: request.taskID) == nil && !cancelled.contains(request.taskID) {
            if !ended.contains(request.taskID) {
                problems.append("\(request.taskID) runs on and nobody has stopped it")
            }
        }
    }

    /// Ids of tasks whose own report has ended them.
    private var ended: Set<String> = []
    private var taskOfFrame: [FrameID: String] = [:]

    private func check(_ event: Event) {
        if event.sequence != Int64(events.count) + 1 {
            problems.append("event \(event.sequence) follows \(events.count)")
        }
        let lastID = events.last(where: { $0.id != 0 })?.id ?? 0
        if event.id != 0, event.id != lastID + 1 { problems.append("the id \(event.id) follows \(lastID)") }
        if event.previousEventID < 0 || event.previousEventID > lastID {
            problems.append("event \(event.id) names \(event.previousEventID) as the one before it")
        }
        if case .taskScheduled(let task) = event.detail { taskOfFrame[event.frame] = task.taskID }
        switch event.detail {
        case .taskSucceeded, .taskFailed: if let taskID = taskOfFrame[event.frame] { ended.insert(taskID) }
        default: break
        }
        events.append(event)
        var bytes: [UInt8] = []
        var encoder = EventEncoder(executionArn: execution.arn)
        encoder.write(event, to: &bytes)
        records.append(bytes)
        do {
            let (arn, decoded) = try EventDecoder.decode(bytes)
            if arn != execution.arn { problems.append("event \(event.sequence) reads back as one of \(arn)") }
            if decoded != event { problems.append("event \(event.sequence) reads back as \(decoded), not as \(event)") }
            try replica.evolve(decoded)
        } catch {
            problems.append("event \(event.sequence) can't be read back: \(error)")
        }
    }
}

/// A test's definition that does not compile.
public struct InvalidDefinition: Error {
    public var message: String

    public init(message: String) { self.message = message }
}
