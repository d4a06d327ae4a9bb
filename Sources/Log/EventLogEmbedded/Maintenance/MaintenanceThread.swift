public import EventLog
import Foundation
import Synchronization

/// Keeps an embedded log tidy: retention and compaction every so often, on a thread of its own.
public final class MaintenanceThread: Sendable {
    private let waiter = Waiter()
    private let isStopped = Atomic<Bool>(false)

    /// Starts at once; the first round comes after one `interval`. Ends with `stop`, or with the log.
    /// - Parameters:
    ///   - now: milliseconds since 1970 (UTC).
    ///   - report: told of a round that failed; the next one comes all the same.
    public init(
        _ log: EmbeddedLog, every interval: Duration, now: @escaping @Sendable () -> Int64,
        report: @escaping @Sendable (EventLogError) -> Void
    ) {
        let thread = Thread { [self] in
            while true {
                waiter.wait(timeout: interval)
                if isStopped.load(ordering: .acquiring) { return }
                do throws(EventLogError) {
                    try log.maintain(at: now())
                } catch {
                    if error.code == .closed { return }
                    report(error)
                }
            }
        }
        thread.name = "steplog.log.maintenance"
        thread.start()
    }

    /// No further round begins.
    public func stop() {
        isStopped.store(true, ordering: .releasing)
        waiter.signal()
    }
}
