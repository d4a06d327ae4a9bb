import Dispatch
import Foundation
import Synchronization

/// A thread for the calls of one client of librdkafka that may never come back.
///
/// Work notes a sign of life before each call. When there was none for `limit`, the thread is given up: whoever waits is told so
/// and goes on without it. Should the call come back after all, the thread cleans up and ends.
///
/// Source: librdkafka 2.16 waits for ever in `rd_kafka_send_offsets_to_transaction` when the coordinator's broker has left the
/// metadata, whatever time-out it is given.
final class CallThread: Sendable {
    /// What is to be done on the thread; returns what tells its outcome.
    typealias Work = @Sendable () -> (@Sendable () -> Void)

    private struct Job: Sendable {
        var work: Work
        var whenGivenUp: @Sendable () -> Void
    }

    private struct State: Sendable {
        var waiting: [Job] = []
        var running: Job?
        /// The guard will look again.
        var isGuarded = false
        var isEnding = false
        var isGivenUp = false
    }

    private let limit: Duration
    private let cleanUp: @Sendable () -> Void
    private let state = Mutex(State())
    private let news = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    /// Nanoseconds of the machine's clock.
    private let lastSign = Atomic<UInt64>(0)
    private let mustEnd = Atomic<Bool>(false)

    private static let guardQueue = DispatchQueue(label: "steplog.log.kafka.guard")

    /// - Parameters:
    ///   - name: of the thread.
    ///   - limit: how long one call may take.
    ///   - cleanUp: the last thing that is done on the thread.
    init(name: String, limit: Duration, cleanUp: @escaping @Sendable () -> Void) {
        self.limit = limit
        self.cleanUp = cleanUp
        let thread = Thread { [self] in run() }
        thread.name = name
        thread.start()
    }

    /// Work that is repeated should end: nobody waits for it any more.
    var isAskedToEnd: Bool { mustEnd.load(ordering: .acquiring) }

    /// Notes that the work goes on. Called on the thread before each call.
    func noteLife() { lastSign.store(DispatchTime.now().uptimeNanoseconds, ordering: .releasing) }

    /// Does `work` on the thread, behind what waits. One of the closures tells the outcome, once.
    func submit(_ work: @escaping Work, whenGivenUp: @escaping @Sendable () -> Void) {
        let isRefused = state.withLock { state in
            if state.isGivenUp || state.isEnding { return true }
            state.waiting.append(Job(work: work, whenGivenUp: whenGivenUp))
            return false
        }
        if isRefused { return whenGivenUp() }
        news.signal()
    }

    /// Ends the thread after what is under way, and waits for it, but not for a call that does not come back.
    func end() {
        mustEnd.store(true, ordering: .releasing)
        let mustWait = state.withLock { state in
            if state.isGivenUp || state.isEnding { return false }
            state.isEnding = true
            return true
        }
        guard mustWait else { return }
        news.signal()
        _ = ended.wait(timeout: .now() + .nanoseconds(Int(limit / .nanoseconds(1))))
    }

    // MARK: - On the thread

    private func run() {
        while let job = nextJob() {
            let tell = job.work()
            let isGivenUp = state.withLock { state in
                state.running = nil
                return state.isGivenUp
            }
            if isGivenUp { break }
            tell()
        }
        cleanUp()
        ended.signal()
    }

    private func nextJob() -> Job? {
        while true {
            noteLife()
            let (job, isEnding, startsGuard) = state.withLock { state -> (Job?, Bool, Bool) in
                guard !state.waiting.isEmpty else { return (nil, state.isEnding, false) }
                let job = state.waiting.removeFirst()
                state.running = job
                defer { state.isGuarded = true }
                return (job, false, !state.isGuarded)
            }
            if startsGuard { guardLater(.nanoseconds(Int(limit / .nanoseconds(1)))) }
            if let job { return job }
            if isEnding { return nil }
            news.wait()
        }
    }

    // MARK: - The guard

    private func guardLater(_ interval: DispatchTimeInterval) {
        Self.guardQueue.asyncAfter(deadline: .now() + interval) { [weak self] in self?.look() }
    }

    /// Looks whether the work that runs has given a sign of life; looks again later while there is some.
    private func look() {
        let limit = UInt64(limit / .nanoseconds(1))
        let silence = DispatchTime.now().uptimeNanoseconds &- lastSign.load(ordering: .acquiring)
        let (lost, looksAgain) = state.withLock { state -> ([Job], Bool) in
            guard let running = state.running else {
                state.isGuarded = false
                return ([], false)
            }
            guard silence >= limit else { return ([], true) }
            state.isGivenUp = true
            defer { state.waiting = [] }
            return ([running] + state.waiting, false)
        }
        if looksAgain { guardLater(.nanoseconds(Int(limit - min(silence, limit)) + 1_000_000)) }
        for job in lost { job.whenGivenUp() }
    }
}
