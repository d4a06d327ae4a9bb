import Dispatch
import Foundation

/// A thread that is waited for.
public final class ServiceThread: Sendable {
    private let done = DispatchSemaphore(value: 0)

    /// Starts the thread. - Parameter body: blocking work; its frames may be deep (definitions are nested).
    public init(_ body: @escaping @Sendable () -> Void) {
        let done = done
        let thread = Thread {
            body()
            done.signal()
        }
        thread.stackSize = 16 << 20
        thread.start()
    }

    /// Returns when the body has.
    public func join() { done.wait() }
}
