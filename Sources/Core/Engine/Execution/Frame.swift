import JSON
public import StatesLanguage

/// One line of control: the execution's own, a branch of a Parallel state, or an iteration of a Map state.
public struct Frame: Sendable {
    public let id: FrameID
    /// nil for the root.
    public let parent: FrameID?
    /// Branch or item, from 0.
    public let index: Int
    public internal(set) var stateID: StateID
    /// False until the first state is entered.
    public internal(set) var hasEntered = false
    /// The raw input of the current state, or of the one that is entered next.
    public internal(set) var input: Payload
    /// 0 between two states, and before the first.
    public internal(set) var enteredEventID: Int64
    /// Of the current state's Entered event.
    var enteredPreviousEventID: Int64
    /// Epoch milliseconds.
    public internal(set) var enteredAt: Int64
    /// What the next event of this frame calls its previous one.
    var lastEventID: Int64
    /// Assigned in this frame; outer frames' are read through `parent`.
    public internal(set) var variables: [AssignedVariable] = []
    /// By retrier of the current state.
    var retriesByRetrier: [Int64] = []
    public internal(set) var activity: Activity

    /// What the frame waits for. The big payloads are boxed: most frames are in none of these, and frames are moved often.
    public enum Activity: Sendable {
        /// Nothing: a decision is at work on it, or it is about to be left.
        case deciding
        /// A Wait state, until `deadline` (epoch milliseconds).
        case waiting(deadline: Int64)
        indirect case task(RunningTask)
        /// A retry, until `deadline` (epoch milliseconds).
        case retrying(deadline: Int64)
        indirect case parallel(RunningBranches)
        indirect case map(RunningIterations)
    }

    /// `$$.State.RetryCount`.
    public var retryCount: Int64 { retriesByRetrier.reduce(0, +) }

    init(id: FrameID, parent: FrameID?, index: Int, stateID: StateID, input: Payload, lastEventID: Int64) {
        self.id = id
        self.parent = parent
        self.index = index
        self.stateID = stateID
        self.input = input
        self.enteredEventID = 0
        self.enteredPreviousEventID = 0
        self.enteredAt = 0
        self.lastEventID = lastEventID
        self.activity = .deciding
    }
}

/// A task that was scheduled and has not ended.
public struct RunningTask: Sendable {
    public var taskID: String
    public var resource: String
    public var flavor: TaskFlavor
    public var isStarted: Bool
    public var isSubmitted: Bool
    public var taskToken: String?
    public var scheduledAt: Int64
    /// Epoch milliseconds.
    public var timeoutDeadline: Int64?
    public var heartbeatSeconds: Int64?
    /// Epoch milliseconds.
    public var heartbeatDeadline: Int64?
}

/// A Parallel state at work.
public struct RunningBranches: Sendable {
    /// By branch, once it has ended.
    public var outputs: [Payload?]
    public var remaining: Int
    /// Of the branch that ended last.
    var lastEventID: Int64
}

/// A Map state at work.
public struct RunningIterations: Sendable {
    /// By item, once its iteration has ended.
    public var outputs: [Payload?]
    public var remaining: Int
    /// The item whose iteration starts next.
    public var nextIndex: Int
    /// Of MapStateStarted; then of what freed the last slot.
    var lastEventID: Int64
    /// Recorded items, where evaluating again could give other ones.
    var items: Payload?
}
