import Synchronization

/// One wait for a task of an activity: it ends once, with the id of a task or with nothing.
public final class ActivityPoll: Sendable {
    private enum State {
        case idle
        case waiting(CheckedContinuation<String?, Never>)
        case ended
    }

    let deadline: ContinuousClock.Instant
    private let state = Mutex(State.idle)

    /// - Parameter deadline: when it ends with nothing; up to a second later.
    public init(until deadline: ContinuousClock.Instant) { self.deadline = deadline }

    /// Ends the wait with nothing, now or as soon as it begins.
    public func end() { take()?.resume(returning: nil) }

    /// - Returns: false when it has ended before; then the continuation stays with the caller.
    func begin(_ continuation: CheckedContinuation<String?, Never>) -> Bool {
        state.withLock { state in
            guard case .idle = state else { return false }
            state = .waiting(continuation)
            return true
        }
    }

    /// Ends the wait. - Returns: what the caller has to resume; nil when nobody waits.
    func take() -> CheckedContinuation<String?, Never>? {
        state.withLock { state in
            defer { state = .ended }
            guard case .waiting(let continuation) = state else { return nil }
            return continuation
        }
    }
}
