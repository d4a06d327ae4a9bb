import Engine
import JSON
import StatesLanguage

/// A RunTask that is to be called.
struct LaunchOrder: Sendable {
    let taskID: String
    let executionArn: String
    let pattern: TaskResource.Pattern
    let cluster: String
    let role: String?
    /// The call's input: the exact request, however often it is sent.
    let body: JSONObject
    /// Tasks can be found by `startedBy`.
    let isAdoptable: Bool
    /// When RunTask was called first, or by a former process may have been; nil: it was not.
    var firstAt: Int64?
    /// Calls made by this process.
    var attempts = 0
    /// A call had no answer: there may be a task.
    var mayHaveLaunched = false
    /// Since when there is no capacity.
    var noCapacitySince: Int64?
    /// What the last call came to; nil: none was made.
    var trouble: String?

    var token: String { RunTaskCall.token(taskID: taskID) }
}

/// Launches of one account that wait for their turn. A value; the clock is an argument.
struct LaunchQueue: Sendable {
    private var fresh: [LaunchOrder] = []
    private var head = 0
    /// Those that are tried again, by the moment, latest first.
    private var delayed: [(at: Int64, order: LaunchOrder)] = []
    private var bucket: TokenBucket

    init(_ rate: ECSConfiguration.Rate) { bucket = TokenBucket(rate) }

    var count: Int { fresh.count - head + delayed.count }

    mutating func append(_ order: LaunchOrder) { fresh.append(order) }

    mutating func delay(_ order: LaunchOrder, until: Int64) {
        var low = 0
        var high = delayed.count
        while low < high {
            let middle = (low + high) / 2
            if delayed[middle].at > until { low = middle + 1 } else { high = middle }
        }
        delayed.insert((until, order), at: low)
    }

    /// What to do now.
    enum Next: Sendable {
        case launch(LaunchOrder)
        /// Nothing for so many milliseconds, unless something is appended.
        case wait(Int64)
    }

    mutating func next(now: Int64) -> Next {
        let isDelayedDue = (delayed.last?.at ?? .max) <= now
        guard isDelayedDue || head < fresh.count else {
            return .wait(delayed.last.map { max(1, $0.at - now) } ?? Self.idleMilliseconds)
        }
        let pause = bucket.take(now: now)
        guard pause == 0 else { return .wait(pause) }
        if isDelayedDue, let last = delayed.popLast() { return .launch(last.order) }
        head += 1
        let order = fresh[head - 1]
        if head > 1024, head * 2 > fresh.count {
            fresh.removeFirst(head)
            head = 0
        }
        return .launch(order)
    }

    /// What each launch waits for, by task.
    func describeWaits(into waits: inout [String: String]) {
        if bucket.isEmpty {
            let turn = "its turn: RunTask is called \(bucket.perSecond) times a second"
            for order in fresh[head...] { waits[order.taskID] = turn }
        }
        for (_, order) in delayed { waits[order.taskID] = order.trouble ?? "RunTask, which is called again" }
    }

    static let idleMilliseconds: Int64 = 60_000
}
