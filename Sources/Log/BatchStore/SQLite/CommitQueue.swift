import Dispatch
import EventLog
import Synchronization

/// Lets one thread write what several have to write: while a commit is under way, others gather and go together in the
/// next one. Whoever comes to an idle queue leads; a leader that is done hands over to the first who waits.
final class CommitQueue: Sendable {
    /// One change and the thread that waits for it.
    final class Request: Sendable {
        let change: StorageChange
        private let result = Mutex<Result<StorageOutcome, EventLogError>?>(nil)
        private let semaphore = DispatchSemaphore(value: 0)

        fileprivate init(_ change: StorageChange) {
            self.change = change
        }

        func answer(_ result: Result<StorageOutcome, EventLogError>) {
            self.result.withLock { $0 = result }
        }

        fileprivate var answer: Result<StorageOutcome, EventLogError>? { result.withLock { $0 } }
        fileprivate func wake() { semaphore.signal() }
        fileprivate func wait() { semaphore.wait() }
    }

    private struct State: Sendable {
        var waiting: [Request] = []
        var isBusy = false
    }

    private let state = Mutex(State())

    /// Returns when `change` was dealt with. `commit` answers every request of the group that it is given; it runs on one
    /// thread at a time.
    func submit(
        _ change: StorageChange, commit: ([Request]) -> Void
    ) throws(EventLogError) -> StorageOutcome {
        let request = Request(change)
        let isLeader = state.withLock { state in
            state.waiting.append(request)
            defer { state.isBusy = true }
            return !state.isBusy
        }
        if !isLeader { request.wait() }
        if request.answer == nil { lead(from: request, commit) }
        guard let answer = request.answer else {
            throw EventLogError(.fatal, .inputOutput, "a commit ended without an answer")
        }
        return try answer.get()
    }

    private func lead(from leader: Request, _ commit: ([Request]) -> Void) {
        let group = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        commit(group)
        let next = state.withLock { state in
            state.isBusy = !state.waiting.isEmpty
            return state.waiting.first
        }
        for request in group where request !== leader { request.wake() }
        next?.wake()
    }
}
