import Dispatch
import Foundation
import Glibc
import Hosting
import Synchronization

/// Bounds how long a server takes to end: what its brokers no longer answer is given up, with a line that names it.
///
/// A thread of librdkafka that waits for a broker can't be ended, so the process ends with it. Nothing is lost by that: what was
/// committed stands on the log, what was not is decided again by whoever takes the partitions over.
final class EndLimit: Sendable {
    /// Since the process was asked to end, while the brokers are away.
    static let secondsWithoutBrokers = 8
    /// However the brokers are: longer than the API may take to answer the requests under way.
    static let secondsMax = 45

    private let stages = Mutex<[String]>([])
    private let ended = DispatchSemaphore(value: 0)
    private let watch: BrokerWatch
    private let say: @Sendable (String) -> Void

    init(_ watch: BrokerWatch, say: @escaping @Sendable (String) -> Void) {
        self.watch = watch
        self.say = say
    }

    /// Begins to count.
    /// - Parameter stages: what has to be done until the end, as the line names it.
    func start(_ stages: [String]) {
        self.stages.withLock { $0 = stages }
        // Ends with `finish`, or ends the process.
        let thread = Thread { [self] in run() }
        thread.start()
    }

    func finish(_ stage: String) { stages.withLock { $0.removeAll { $0 == stage } } }

    /// All is done.
    func finish() { ended.signal() }

    private func run() {
        for second in 1...Self.secondsMax {
            if ended.wait(timeout: .now() + .seconds(1)) == .success { return }
            guard second >= Self.secondsWithoutBrokers, let absence = watch.absence else { continue }
            return giveUp("\(absence). After \(second) s")
        }
        giveUp("After \(Self.secondsMax) s")
    }

    private func giveUp(_ reason: String) {
        let left = stages.withLock { $0 }.joined(separator: ", ")
        say(
            "Ended without handing over: \(reason) this was given up: \(left.isEmpty ? "closing connections" : left). "
                + "Nothing that was accepted is lost; other processes take the partitions over when the session has timed out."
        )
        _exit(1)
    }
}
