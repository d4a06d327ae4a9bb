import Foundation
import Synchronization

/// What comes to a run from outside its log: signals, and failures of its threads.
final class RunEvents: Sendable {
    private struct State {
        var signals = 0
        var failure: (any Error)?
        var wake: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// From now on SIGINT, SIGTERM and SIGHUP are counted and do not end the process; the second of them does, at once, with exit
    /// code 1. To be made before the process has other threads, which would take the signals else.
    init() {
        var signals = Self.set()
        // SAFETY: the call reads one set that outlives it.
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        Thread { [self] in
            var waited = Self.set()
            var number: Int32 = 0
            // SAFETY: sigwait reads one set and fills one number, which outlive the call.
            while unsafe sigwait(&waited, &number) == 0 { interrupted() }
        }.start()
    }

    /// - Parameter wake: is called after each event, from any thread.
    func listen(wake: @escaping @Sendable () -> Void) {
        state.withLock { $0.wake = wake }
    }

    func fail(_ error: any Error) {
        let wake = state.withLock { state in
            if state.failure == nil { state.failure = error }
            return state.wake
        }
        wake?()
    }

    var isInterrupted: Bool { state.withLock { $0.signals > 0 } }

    var failure: (any Error)? { state.withLock { $0.failure } }

    private func interrupted() {
        let (count, wake) = state.withLock { state in
            state.signals += 1
            return (state.signals, state.wake)
        }
        // The supervisors go on with what they were told.
        if count > 1 { _exit(1) }
        wake?()
    }

    private static func set() -> sigset_t {
        var signals = sigset_t()
        // SAFETY: each call changes the one set, which outlives it.
        unsafe sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&signals, number) }
        return signals
    }
}
