import Dispatch

/// Where threads sleep for a time, unless it is opened: then nobody sleeps any more.
final class PauseGate: Sendable {
    private let turnstile = DispatchSemaphore(value: 0)

    /// Ends all sleeps, now and later.
    func open() { turnstile.signal() }

    func wait(milliseconds: Int64) {
        // Who gets through lets the next one through.
        if turnstile.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .success { turnstile.signal() }
    }
}
