import Synchronization

/// Wakes one waiting task, at once or after a time. A ring that nobody waits for is kept for the next wait.
final class Alarm: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func ring() {
        let waiter = state.withLock { state in
            let waiter = state.waiter
            state.waiter = nil
            state.isRung = waiter == nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns at the next ring, after the time, or when the task is cancelled. One task waits at a time.
    func wait(milliseconds: Int64) async {
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    guard (try? await Task.sleep(for: .milliseconds(milliseconds))) != nil else { return }
                    self.ring()
                }
                await self.rung()
                group.cancelAll()
            }
        } onCancel: {
            ring()
        }
    }

    private func rung() async {
        await withCheckedContinuation { continuation in
            let isRung = state.withLock { state in
                if state.isRung || Task.isCancelled {
                    state.isRung = false
                    return true
                }
                state.waiter = continuation
                return false
            }
            if isRung { continuation.resume() }
        }
    }
}
