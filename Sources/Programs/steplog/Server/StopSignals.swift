import Dispatch
import Foundation
import Synchronization

/// SIGTERM and SIGINT: the process is asked to end. SIGHUP: it is asked to read its configuration again.
final class StopSignals: Sendable {
    private let stopped = DispatchSemaphore(value: 0)
    private let isAsked = Atomic<Bool>(false)
    private let reload = Mutex<(@Sendable () -> Void)?>(nil)

    /// Listens from now on. - Returns: what has to be kept for as long as it is to.
    func listen() -> [any DispatchSourceSignal] {
        [SIGTERM, SIGINT, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in number == SIGHUP ? reload.withLock { $0 }?() : stop() }
            source.resume()
            return source
        }
    }

    /// As if the process had been asked to end.
    func stop() {
        isAsked.store(true, ordering: .releasing)
        stopped.signal()
    }

    /// - Parameter handler: is called for each SIGHUP.
    func onReload(_ handler: @escaping @Sendable () -> Void) { reload.withLock { $0 = handler } }

    var isStopping: Bool { isAsked.load(ordering: .acquiring) }

    /// Waits until the process is asked to end, at most so long. - Returns: whether it is.
    func wait(milliseconds: Int? = nil) -> Bool {
        if isStopping { return true }
        if let milliseconds {
            _ = stopped.wait(timeout: .now() + .milliseconds(milliseconds))
        } else {
            stopped.wait()
        }
        return isStopping
    }
}
