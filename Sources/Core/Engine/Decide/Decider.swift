import JSON
import StatesLanguage

/// Decides: turns a command, or timers that came due, into events and effects. It reads the execution and changes it only through
/// the events it emits, so folding them again gives the same state.
public struct Decider {
    public let execution: Execution
    public let settings: Settings
    let moment: Moment
    let trigger: Cause.Trigger
    var bits: SeededBits
    /// In order.
    public private(set) var events: [Event] = []
    public internal(set) var effects: [Effect] = []
    /// Frames to go on with, first in, first out: it is what makes branches take turns.
    private var ready: [Step] = []
    private var readyHead = 0
    /// True while the decision before this one has left frames to go on with, and this one has not taken them up.
    var hasUnfinishedDecision: Bool

    // What expressions that are being evaluated see.
    var evaluatedFrame: FrameID = 0
    var evaluatedTaskToken: String?
    /// The item that ItemSelector is evaluated for.
    var evaluatedMapItem: JSONValue?
    /// Takes notes while a state is tested; nil in executions.
    var inspection: StateInspection?

    /// What is the same for all executions of a process.
    public struct Settings: Sendable {
        public var region: String
        public var limits: Limits
        /// Signs task tokens.
        public var tokenKey: [UInt8]
        /// Wait states and retry delays pass at once, for trying machines with long ones. Timeouts stay.
        public var skipsWaits: Bool

        public init(region: String, limits: Limits, tokenKey: [UInt8], skipsWaits: Bool = false) {
            self.region = region
            self.limits = limits
            self.tokenKey = tokenKey
            self.skipsWaits = skipsWaits
        }
    }

    /// Work that a frame does next.
    enum Step {
        case enter(FrameID, StateID, Payload)
        /// Enter the first state of a branch or iteration that was started before a decision yielded.
        case begin(FrameID)
        /// Begin the work of a Task, Parallel or Map state again.
        case work(FrameID)
    }

    public init(execution: Execution, settings: Settings, moment: Moment, trigger: Cause.Trigger) {
        self.execution = execution
        self.settings = settings
        self.moment = moment
        self.trigger = trigger
        self.bits = SeededBits(seed: moment.seed)
        hasUnfinishedDecision = execution.hasYielded
        events.reserveCapacity(16)
    }

    // MARK: - Commands

    /// Starts a new execution. - Throws: `Rejection.invalidExecutionInput` when the input is no JSON.
    public mutating func startExecution(_ start: StartExecution) throws(Rejection) {
        let input = try checkedInput(start.input)
        let deadline = execution.machine.timeoutSeconds.map { moment.time + $0 * 1_000 }
        emit(.executionStarted(ExecutionStarted(start: start, deadline: deadline)), frame: 0, previous: 0)
        ready.append(.enter(0, execution.machine.startAt, input))
        run()
    }

    private func checkedInput(_ text: String) throws(Rejection) -> Payload {
        do {
            return Payload(text: text, value: try JSONParser.parse(text))
        } catch {
            throw .invalidExecutionInput(message: error.description)
        }
    }

    /// Ends the execution from outside; on a closed one nothing happens.
    public mutating func stopExecution(error: String?, cause: String?) {
        guard !execution.isClosed else { return }
        cancelAllTasks()
        emit(.executionAborted(error: error, cause: cause), frame: 0, previous: 0)
    }

    /// Fires what is due at the moment's time: timeouts first as events, then what follows from them.
    public mutating func fireTimers() {
        restoreMapItems()
        var due: [Timer] = []
        while let timer = execution.timers.first, timer.deadline <= moment.time {
            let isDue = execution.isDue(timer)
            execution.timers.removeFirst()
            guard isDue else { continue }
            guard let frame = timer.frame else {
                cancelAllTasks()
                emit(.executionTimedOut(error: ErrorName.timeout, cause: nil), frame: 0, previous: 0)
                return
            }
            // An entry of the same deadline that was superseded in between says nothing about the order: checkpoints leave it out.
            if let place = due.firstIndex(where: { $0.frame == frame }) {
                guard due[place].deadline == timer.deadline else { continue }
                due.remove(at: place)
            }
            due.append(timer)
        }
        fire(due.compactMap(\.frame))
    }

    /// - Parameter due: frames whose timers came due, in order.
    private mutating func fire(_ due: [FrameID]) {
        let timedOut = due.compactMap { timeOutTask($0) }
        for (frame, failure) in timedOut where execution.frames.contains(frame) { handleFailure(of: frame, failure) }
        for frame in due { resumeAfterTimer(frame) }
        run()
    }

    /// Goes on after a decision that yielded.
    public mutating func continueDecision() {
        run()
    }

    /// Makes ready what the decision before this one left when it yielded.
    private mutating func takeUpUnfinishedDecision() {
        hasUnfinishedDecision = false
        for frame in execution.liveFrames {
            switch frame.activity {
            case .deciding where !frame.hasEntered && frame.parent != nil: ready.append(.begin(frame.id))
            case .deciding where frame.enteredEventID == 0: ready.append(.enter(frame.id, frame.stateID, frame.input))
            case .waiting, .retrying: resumeAfterTimer(frame.id)
            case .map: fillIterations(frame.id)
            case .deciding, .task, .parallel: break
            }
        }
    }

    // MARK: - Steps

    mutating func enqueue(_ step: Step) { ready.append(step) }

    /// Takes steps until every frame waits or the execution is closed; then those that an earlier decision left.
    mutating func run() {
        restoreMapItems()
        takeSteps()
        guard hasUnfinishedDecision, !execution.hasYielded || events.isEmpty else { return }
        takeUpUnfinishedDecision()
        takeSteps()
    }

    private mutating func takeSteps() {
        while readyHead < ready.count, !execution.isClosed {
            if events.count >= settings.limits.eventsPerDecisionMax {
                emit(.decisionYielded, frame: 0)
                return
            }
            let step = ready[readyHead]
            readyHead += 1
            if readyHead == ready.count {
                ready.removeAll(keepingCapacity: true)
                readyHead = 0
            }
            take(step)
        }
    }

    private mutating func take(_ step: Step) {
        switch step {
        case .enter(let frame, let stateID, let input):
            guard execution.frames.contains(frame) else { return }
            enter(frame, execution.machine.states[stateID], input)
        case .work(let frame):
            guard let current = execution.frames[frame] else { return }
            beginWork(frame, execution.machine.states[current.stateID])
        case .begin(let frame):
            beginChild(frame)
        }
    }

    // MARK: - Events

    /// Emits an event that follows its frame's last one.
    @discardableResult
    mutating func emit(_ detail: EventDetail, frame: FrameID) -> Int64 {
        emit(detail, frame: frame, previous: execution.frames.lastEventID(of: frame))
    }

    /// Nothing happens to a closed execution; and the last event that the history has room for is its failure.
    /// - Returns: the event's id; 0 for an internal one.
    /// Source: surface § 3, "event number 25,000 is itself the failure".
    @discardableResult
    mutating func emit(_ detail: EventDetail, frame: FrameID, previous: Int64) -> Int64 {
        guard !execution.isClosed else { return 0 }
        guard let most = settings.limits.historyEventsMax, execution.lastEventID + 1 >= most, !detail.isInternal,
            !detail.isClosing
        else { return append(detail, frame: frame, previous: previous) }
        cancelAllTasks()
        return append(
            .executionFailed(
                error: ErrorName.runtime, cause: "The execution reached the maximum number of history events (\(most))."
            ),
            frame: 0, previous: execution.lastEventID)
    }

    mutating func append(_ detail: EventDetail, frame: FrameID, previous: Int64) -> Int64 {
        let event = Event(
            sequence: execution.sequence + 1, id: detail.isInternal ? 0 : execution.lastEventID + 1,
            previousEventID: previous,
            timestamp: moment.time, frame: frame, detail: detail,
            cause: events.isEmpty ? Cause(trigger: trigger, seed: moment.seed) : nil)
        do {
            try execution.evolve(event)
        } catch {
            preconditionFailure("An event that the engine decided can't be folded: \(error)")
        }
        events.append(event)
        return event.id
    }
}

extension EventDetail {
    /// True for an execution's last event.
    var isClosing: Bool {
        switch self {
        case .executionSucceeded, .executionFailed, .executionTimedOut, .executionAborted: true
        case .executionStarted, .executionRedriven, .stateEntered, .stateExited, .stateAborted, .evaluationFailed,
            .taskScheduled,
            .taskStarted,
            .taskSubmitted, .taskSucceeded, .taskFailed, .taskTimedOut, .parallelStateStarted, .parallelStateSucceeded,
            .parallelStateFailed, .mapStateStarted, .mapStateSucceeded, .mapStateFailed, .mapIterationStarted,
            .mapIterationSucceeded, .mapIterationFailed, .mapIterationAborted, .timerStarted, .retryScheduled,
            .heartbeatRecorded,
            .decisionYielded:
            false
        }
    }

    /// True for what AWS's history does not show.
    public var isInternal: Bool {
        switch self {
        case .timerStarted, .retryScheduled, .heartbeatRecorded, .decisionYielded: true
        case .executionStarted, .executionSucceeded, .executionFailed, .executionTimedOut, .executionAborted,
            .executionRedriven, .stateEntered,
            .stateExited, .stateAborted, .evaluationFailed, .taskScheduled, .taskStarted, .taskSubmitted,
            .taskSucceeded,
            .taskFailed, .taskTimedOut, .parallelStateStarted, .parallelStateSucceeded, .parallelStateFailed,
            .mapStateStarted,
            .mapStateSucceeded, .mapStateFailed, .mapIterationStarted, .mapIterationSucceeded, .mapIterationFailed,
            .mapIterationAborted:
            false
        }
    }
}
