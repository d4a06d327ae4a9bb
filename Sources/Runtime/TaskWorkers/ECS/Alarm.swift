import Dispatch
import Synchronization

/// Wakes one waiting thread, at once or after a time. A ring that nobody waits for is kept for the next wait.
final class Alarm: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    /// Rung and not heard. Who rings changes the state first, who waits looks at it afterwards: one ring stands for many.
    private let isRung = Atomic<Bool>(false)

    func ring() {
        guard !isRung.exchange(true, ordering: .acquiringAndReleasing) else { return }
        semaphore.signal()
    }

    /// Returns at the next ring, or after the time. One thread waits at a time.
    func wait(milliseconds: Int64) {
        guard semaphore.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .success else { return }
        isRung.store(false, ordering: .releasing)
    }
}
