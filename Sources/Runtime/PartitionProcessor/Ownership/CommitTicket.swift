import Dispatch
import EventLog
import Synchronization

/// A transaction that was handed to a producer, and what became of it.
final class CommitTicket: Sendable {
    typealias Outcome = Result<CommitReceipt, EventLogError>

    private struct State: Sendable {
        var outcome: Outcome?
        /// The lane has turned to other things.
        var isLeft = false
    }

    let transaction: Transaction
    private let state = Mutex(State())
    private let isDone = DispatchSemaphore(value: 0)

    init(_ transaction: Transaction) { self.transaction = transaction }

    /// - Returns: whether the lane has to be told, since it has turned to other things.
    func finish(_ outcome: Outcome) -> Bool {
        defer { isDone.signal() }
        return state.withLock { state in
            state.outcome = outcome
            return state.isLeft
        }
    }

    /// The outcome, if it is there; else the lane turns to other things.
    func leave() -> Outcome? {
        state.withLock { state in
            state.isLeft = true
            return state.outcome
        }
    }

    /// Waits for the outcome.
    func wait() {
        isDone.wait()
        isDone.signal()
    }
}
