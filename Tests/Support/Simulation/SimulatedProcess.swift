import Dispatch
import EventLog
import Foundation
import Synchronization

/// A process of the simulated system: production code on a thread that runs only while the director lets it.
///
/// It stops wherever it waits for the log, and at commits; there it may be held up for any time, killed, or go on.
final class SimulatedProcess: Sendable {
    enum Kind: String, Sendable { case lane, worker, gateway, projection }

    /// Where the thread stands still.
    enum Parking: Sendable {
        /// Until records come, or the clock shows `until` (epoch milliseconds).
        case poll(any LogConsumer, until: Int64)
        case read(any LogReader, until: Int64)
        /// Before or after a commit; it goes on when the director likes.
        case commit
    }

    /// What a wait ends with.
    enum Answer: Sendable {
        case polled(PollResult)
        case read([PartitionRecords])
        case goOn
    }

    private struct State {
        var parking: Parking?
        var answer: Answer = .goOn
        var isKilled = false
        var isDone = false
        var failure: String?
        var stop: (@Sendable () -> Void)?
        var skew: Int64 = 0
        var hasBegun = false
        var heldUntil = 0
        var commandsEnds: [Int64] = []
        var consumer: (any LogConsumer)?
    }

    let name: String
    let kind: Kind
    private let state = Mutex(State())
    private let go = DispatchSemaphore(value: 0)
    private let arrived: DispatchSemaphore

    init(_ name: String, _ kind: Kind, arrived: DispatchSemaphore) {
        self.name = name
        self.kind = kind
        self.arrived = arrived
    }

    var parking: Parking? { state.withLock { $0.parking } }
    var isKilled: Bool { state.withLock { $0.isKilled } }
    var isDone: Bool { state.withLock { $0.isDone } }
    /// What it ended with; nil for a peaceful end.
    var failure: String? { state.withLock { $0.failure } }
    /// What its clock shows beside the true time, in milliseconds.
    var skew: Int64 {
        get { state.withLock { $0.skew } }
        set { state.withLock { $0.skew = newValue } }
    }
    /// The step before which it does not go on.
    var heldUntil: Int {
        get { state.withLock { $0.heldUntil } }
        set { state.withLock { $0.heldUntil = newValue } }
    }
    /// Where each partition of `commands` ended when it last read.
    var commandsEnds: [Int64] {
        get { state.withLock { $0.commandsEnds } }
        set { state.withLock { $0.commandsEnds = newValue } }
    }
    /// Its place in its group.
    var consumer: (any LogConsumer)? {
        get { state.withLock { $0.consumer } }
        set { state.withLock { $0.consumer = newValue } }
    }
    var stop: (@Sendable () -> Void)? { state.withLock { $0.stop } }

    /// True once reads of gateway or projection wait for their turn.
    var hasBegun: Bool { state.withLock { $0.hasBegun } }

    // MARK: - For the director

    /// For code that starts a thread of its own, which reads: returns when that thread stands still.
    func begin(_ body: () -> Void) {
        state.withLock { $0.hasBegun = true }
        body()
        arrived.wait()
    }

    /// Starts the thread and returns when it stands still. - Parameter make: the parts that run, and what stops them.
    func start(
        _ make: @escaping @Sendable () throws -> (stop: @Sendable () -> Void, run: @Sendable () throws -> Void)
    ) {
        RestingThread.run { [self] in
            do {
                let (stop, run) = try make()
                state.withLock { $0.stop = stop }
                try run()
            } catch {
                state.withLock { $0.failure = "\(error)" }
            }
            state.withLock { state in
                state.isDone = true
                state.parking = nil
                state.stop = nil
            }
            arrived.signal()
        }
        arrived.wait()
    }

    /// Lets it go on until it stands still again.
    func resume(_ answer: Answer) {
        state.withLock { state in
            state.answer = answer
            state.parking = nil
        }
        go.signal()
        arrived.wait()
    }

    /// From now on nothing that it does reaches the log. - Parameter isAwaited: false for a thread that says nothing when it ends.
    func kill(isAwaited: Bool = true) {
        let wasParked = state.withLock { state in
            state.isKilled = true
            defer { state.parking = nil }
            return state.parking != nil
        }
        guard wasParked else { return }
        go.signal()
        if isAwaited { arrived.wait() }
    }

    // MARK: - For the process's own thread

    /// - Throws: when the process was killed.
    func park(_ parking: Parking) throws(EventLogError) -> Answer {
        try checkAlive()
        state.withLock { $0.parking = parking }
        arrived.signal()
        go.wait()
        try checkAlive()
        return state.withLock { $0.answer }
    }

    func checkAlive() throws(EventLogError) {
        if isKilled { throw EventLogError(.fatal, .closed, "simulated: the process is dead") }
    }
}

/// Threads that go on with another process when theirs has ended: a new one costs a tenth of a small seed.
private final class RestingThread: Sendable {
    private static let resting = Mutex<[RestingThread]>([])

    private let body = Mutex<(@Sendable () -> Void)?>(nil)
    private let go = DispatchSemaphore(value: 0)

    static func run(_ body: @escaping @Sendable () -> Void) {
        let thread = resting.withLock { $0.popLast() } ?? RestingThread()
        thread.body.withLock { $0 = body }
        thread.go.signal()
    }

    private init() {
        let thread = Thread { [self] in
            while true {
                go.wait()
                body.withLock { $0.take() }?()
                Self.resting.withLock { $0.append(self) }
            }
        }
        thread.stackSize = 4 << 20
        thread.start()
    }
}
