import Dispatch
public import EventLog
import LocalService
import Synchronization

/// Asks the log once a second whether it is there: what health and the API's refusals stand on.
public final class BrokerWatch: Sendable {
    private struct State {
        /// Since the last question that was not answered; nil while answers come.
        var awaySince: ContinuousClock.Instant?
        var reason = "the log has not been asked yet"
        /// How far this host's clock is ahead of the brokers', as far as is known.
        var millisecondsAhead: Int64 = 0
        var isStopping = false
    }

    private let log: any TransactionalLog
    private let partition: TopicPartition
    private let clock: @Sendable () throws -> Int64?
    private let report: @Sendable (String) -> Void
    private let state: Mutex<State>
    private let stopped = DispatchSemaphore(value: 0)
    private let thread = Mutex<ServiceThread?>(nil)

    private static let intervalMilliseconds = 1_000
    /// So many questions for the log's end go before one for the time.
    private static let questionsPerClock = 10
    /// Beyond it a host decides by a clock that the others don't share. Source: docs/ARCHITECTURE, inside the engine.
    public static let millisecondsAheadMax: Int64 = 1_000

    /// - Parameters:
    ///   - log: one whose patience is short, so that its absence is noticed soon.
    ///   - partition: one that exists; its end is asked for.
    ///   - clock: how many milliseconds this host's clock is ahead of the brokers'; nil when they don't say.
    ///   - report: takes a line when the log goes away and when it is back.
    public init(
        log: any TransactionalLog, partition: TopicPartition, clock: @escaping @Sendable () throws -> Int64?,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.log = log
        self.clock = clock
        self.partition = partition
        self.report = report
        state = Mutex(State(awaySince: .now))
    }

    /// Why the log can't be used; nil while it answers.
    public var absence: String? {
        state.withLock { $0.awaySince == nil ? nil : "the brokers are away: \($0.reason)" }
    }

    /// Why this process is not ready: the log is away, or its host's clock is wrong. nil when it is.
    public var unreadiness: String? {
        if let absence { return absence }
        let ahead = state.withLock { $0.millisecondsAhead }
        guard abs(ahead) > Self.millisecondsAheadMax else { return nil }
        return "this host's clock is \(abs(ahead)) ms \(ahead > 0 ? "ahead of" : "behind") the brokers'"
    }

    public func start() {
        thread.withLock { $0 = ServiceThread { [self] in run() } }
    }

    /// Ends the questions and waits for the last one.
    public func stop() {
        state.withLock { $0.isStopping = true }
        stopped.signal()
        thread.withLock { $0 }?.join()
    }

    private func run() {
        var count = 0
        while !state.withLock({ $0.isStopping }) {
            ask()
            if count % Self.questionsPerClock == 0, absence == nil { compareClocks() }
            count += 1
            if stopped.wait(timeout: .now() + .milliseconds(Self.intervalMilliseconds)) == .success { return }
        }
    }

    /// An answer that does not come changes nothing.
    private func compareClocks() {
        guard let ahead = try? clock() else { return }
        state.withLock { $0.millisecondsAhead = ahead }
        if let unreadiness { report("Not ready: \(unreadiness).") }
    }

    private func ask() {
        do {
            _ = try log.endOffset(of: partition)
            let away = state.withLock { state in
                defer { state.awaySince = nil }
                return state.awaySince
            }
            guard let away else { return }
            let seconds = Int((ContinuousClock.now - away) / .seconds(1))
            if seconds > 0 { report("The brokers are back after \(seconds) s.") }
        } catch {
            let isNews = state.withLock { state in
                defer {
                    state.reason = error.description
                    state.awaySince = state.awaySince ?? .now
                }
                return state.awaySince == nil
            }
            if isNews { report("The brokers are away: \(error)") }
        }
    }
}
