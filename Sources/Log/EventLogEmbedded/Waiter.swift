import Dispatch
import Synchronization

/// Where one thread waits until another has news for it. News that comes before the wait ends the wait at once.
final class Waiter: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let isSignalled = Atomic<Bool>(false)

    /// Ends the wait under way, or the next one. Calls without a wait between them count once.
    func signal() {
        if !isSignalled.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
    }

    /// Waits for a signal until `timeout` has passed.
    func wait(timeout: Duration) {
        guard timeout > .zero else { return }
        let nanoseconds = min(timeout, .seconds(86_400)) / .nanoseconds(1)
        if semaphore.wait(timeout: .now() + .nanoseconds(Int(nanoseconds))) == .success {
            isSignalled.store(false, ordering: .releasing)
        }
    }
}
