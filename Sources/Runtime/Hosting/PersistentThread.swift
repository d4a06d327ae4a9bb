import Dispatch
import EventLog
import LocalService
import Synchronization

/// A thread that works until it is stopped: work that ends with an error is begun anew after a pause. Only when another process has
/// taken this one's name in a consumer group it is not: the two would drive each other out for ever.
public final class PersistentThread: Sendable {
    private let name: String
    private let work: @Sendable () throws -> Void
    private let interrupt: @Sendable () -> Void
    private let report: @Sendable (String) -> Void
    private let isStopping = Atomic<Bool>(false)
    private let stopped = DispatchSemaphore(value: 0)
    private let thread = Mutex<ServiceThread?>(nil)

    /// The first pause; each further one is twice as long.
    private static let pauseMin = Duration.milliseconds(200)
    private static let pauseMax = Duration.seconds(10)
    /// Work that went on for so long has recovered: the next pause is short again.
    private static let recoveredAfter = Duration.seconds(30)

    /// - Parameters:
    ///   - name: for reports, e.g. "Lane 1".
    ///   - work: blocks until `interrupt`, or throws.
    ///   - interrupt: makes `work` return soon, also if it begins later. From any thread.
    ///   - report: takes a line for the operator.
    public init(
        name: String, work: @escaping @Sendable () throws -> Void, interrupt: @escaping @Sendable () -> Void,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.name = name
        self.work = work
        self.interrupt = interrupt
        self.report = report
    }

    /// Starts the thread; once.
    /// - Parameter displaced: is called when the work has ended because another process has this one's name.
    public func start(displaced: @escaping @Sendable () -> Void = {}) {
        thread.withLock { $0 = ServiceThread { [self] in run(displaced) } }
    }

    /// Asks for the end; returns at once.
    public func stop() {
        isStopping.store(true, ordering: .releasing)
        interrupt()
        stopped.signal()
    }

    /// Waits for the end that `stop` asked for.
    public func join() { thread.withLock { $0 }?.join() }

    private static func isDisplacement(_ error: any Error) -> Bool {
        guard let error = error as? EventLogError else { return false }
        return error.kind == .fenced && error.code == .notOwner
    }

    private func run(_ displaced: () -> Void) {
        var pause = Self.pauseMin
        while !isStopping.load(ordering: .acquiring) {
            let began = ContinuousClock.now
            do {
                try work()
                if isStopping.load(ordering: .acquiring) { return }
            } catch {
                if isStopping.load(ordering: .acquiring) {
                    return report("\(name) could not end in order: \(error)")
                }
                if Self.isDisplacement(error) {
                    report("\(name) has ended: \(error)")
                    return displaced()
                }
                report("\(name) begins anew: \(error)")
            }
            if ContinuousClock.now - began > Self.recoveredAfter { pause = Self.pauseMin }
            let milliseconds = Int(pause / .milliseconds(1))
            if stopped.wait(timeout: .now() + .milliseconds(milliseconds)) == .success { return }
            pause = min(pause * 2, Self.pauseMax)
        }
    }
}
