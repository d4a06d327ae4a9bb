import JSON
public import StatesLanguage

/// The state of one execution, folded from its events. Nothing but `evolve` changes it.
///
/// It belongs to the lane that owns its partition and is never shared.
public final class Execution {
    public enum Status: String, Sendable {
        case running = "RUNNING"
        case succeeded = "SUCCEEDED"
        case failed = "FAILED"
        case timedOut = "TIMED_OUT"
        case aborted = "ABORTED"
    }

    public let arn: String
    public let machine: StateMachine
    public internal(set) var start: StartExecution
    public internal(set) var status: Status = .running
    /// Epoch milliseconds.
    public internal(set) var startedAt: Int64 = 0
    /// Epoch milliseconds; nil while it runs.
    public internal(set) var stoppedAt: Int64?
    public internal(set) var output: Payload?
    public internal(set) var error: String?
    public internal(set) var cause: String?
    /// Of the last event; 0 before the first.
    public internal(set) var sequence: Int64 = 0
    /// Of the last event that AWS shows; 0 before the first.
    public internal(set) var lastEventID: Int64 = 0
    /// True when the last decision yielded and must be continued.
    public internal(set) var hasYielded = false
    /// How often it was redriven, and when last (epoch milliseconds).
    public internal(set) var redriveCount: Int64 = 0
    public internal(set) var redrivenAt: Int64?

    var frames = FrameTable()
    var nextFrameID: FrameID = 0
    var timers = TimerHeap()
    /// Epoch milliseconds; nil when the machine has no TimeoutSeconds.
    public internal(set) var deadline: Int64?
    /// How often a task was scheduled, by state; empty before the first one.
    var invocations: [Int] = []
    /// First part of the ids of this execution's tasks; most executions' first task comes late or never.
    private(set) lazy var taskIDPrefix = TaskIdentity.prefix(executionArn: arn)
    /// Items of the running Map frames, as evaluated; they are derived from the frames, and evaluated again after a replay.
    var mapItems: [FrameID: MapItems] = [:]
    /// Of a closed execution that may be redriven: its frames as they were when it ended. Of a running one: what a failure on its way
    /// outwards has taken away.
    var interrupted: [Frame] = []
    /// Of its latest redrives, the oldest first.
    var redriveTokens: [RedriveToken] = []
    /// False after a replay until `mapItems` holds the items of every running Map.
    var hasAllMapItems = true

    /// - Parameter start: what the execution starts from. Its first event is decided by `Decider`.
    public init(start: StartExecution, machine: StateMachine) {
        self.arn = start.executionArn
        self.start = start
        self.machine = machine
    }

    public var isClosed: Bool { status != .running }

    /// Live frames in the order in which they came about.
    public var liveFrames: [Frame] { Array(frames.live) }

    /// The earliest deadline that still means something, in epoch milliseconds; nil when nothing is timed.
    public var nextDeadline: Int64? {
        while let timer = timers.first {
            if isDue(timer) { return timer.deadline }
            timers.removeFirst()
        }
        return nil
    }

    /// True while what the timer was set for is still waited for.
    func isDue(_ timer: Timer) -> Bool {
        guard !isClosed else { return false }
        guard let frameID = timer.frame else { return deadline == timer.deadline }
        guard let frame = frames[frameID] else { return false }
        switch frame.activity {
        case .waiting(let deadline), .retrying(let deadline): return deadline == timer.deadline
        case .task(let task): return task.timeoutDeadline == timer.deadline || task.heartbeatDeadline == timer.deadline
        case .deciding, .parallel, .map: return false
        }
    }

    /// The frame whose task has this id and has not ended.
    public func frame(ofTask taskID: String) -> Frame? {
        frames.live.first { frame in
            guard case .task(let task) = frame.activity else { return false }
            return task.taskID == taskID
        }
    }

    /// The value of a workflow variable seen from a frame: its own, else the nearest outer frame's.
    func variable(_ name: String, from frameID: FrameID) -> Payload? {
        var next: FrameID? = frameID
        while let id = next, let frame = frames[id] {
            for variable in frame.variables where variable.name == name { return variable.value }
            next = frame.parent
        }
        return nil
    }
}

/// The items of a Map state, evaluated once.
struct MapItems {
    var items: [JSONValue]
    /// The effective input, which ItemSelector reads.
    var input: JSONValue
    /// Of object items (JSONata): the key of each.
    var keys: [JSONString]?

    /// - Parameter selected: the array, or in JSONata the object, that the Map state goes through.
    init(_ selected: JSONValue, input: JSONValue) {
        self.input = input
        switch selected {
        case .array(let items): self.items = items
        case .object(let object):
            items = object.members.map(\.value)
            keys = object.members.map(\.key)
        case .null, .bool, .number, .string: items = []
        }
    }
}
