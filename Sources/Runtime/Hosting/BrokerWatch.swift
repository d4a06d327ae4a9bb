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
        var isStopping = false
    }

    private let log: any TransactionalLog
    private let partition: TopicPartition
    private let report: @Sendable (String) -> Void
    private let state: Mutex<State>
    private let stopped = DispatchSemaphore(value: 0)
    private let thread = Mutex<ServiceThread?>(nil)

    private static let intervalMilliseconds = 1_000

    /// - Parameters:
    ///   - log: one whose patience is short, so that its absence is noticed soon.
    ///   - partition: one that exists; its end is asked for.
    ///   - report: takes a line when the log goes away and when it is back.
    public init(log: any TransactionalLog, partition: TopicPartition, report: @escaping @Sendable (String) -> Void) {
        self.log = log
        self.partition = partition
        self.report = report
        state = Mutex(State(awaySince: .now))
    }

    /// Why the log can't be used; nil while it answers.
    public var absence: String? {
        state.withLock { $0.awaySince == nil ? nil : "the brokers are away: \($0.reason)" }
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
        while !state.withLock({ $0.isStopping }) {
            ask()
            if stopped.wait(timeout: .now() + .milliseconds(Self.intervalMilliseconds)) == .success { return }
        }
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
