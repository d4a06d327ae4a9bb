import Synchronization

/// Runs blocking work on up to `threadCountMax` threads of its own, first come first served; more waits in line.
///
/// The line has no bound of its own: each entry is a request that is on the log already.
final class WorkQueue: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var next = 0
        var threadCount = 0
    }

    private let threadCountMax: Int
    private let state = Mutex(State())

    init(threadCountMax: Int) { self.threadCountMax = threadCountMax }

    func submit(_ work: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.waiting.append(work)
            guard state.threadCount < threadCountMax else { return false }
            state.threadCount += 1
            return true
        }
        guard needsThread else { return }
        do throws(SystemCallError) {
            try BlockingThread.start { [self] in drain() }
        } catch {
            // No thread to be had: the caller's does the work.
            drain()
        }
    }

    /// Works until nothing waits.
    private func drain() {
        while let work = take() { work() }
    }

    private func take() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.next < state.waiting.count else {
                state.waiting.removeAll(keepingCapacity: true)
                state.next = 0
                state.threadCount -= 1
                return nil
            }
            state.next += 1
            return state.waiting[state.next - 1]
        }
    }
}
