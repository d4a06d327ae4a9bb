import Dispatch
import Synchronization

/// Runs the asynchronous parts of gateway and read model on the director's thread, when the director says so: no pool of threads takes
/// part, so that nothing depends on who else uses it.
final class DirectedExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let arrived = DispatchSemaphore(value: 0)

    func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        jobs.withLock { $0.append(unowned) }
        arrived.signal()
    }

    /// Runs what another thread makes ready until `isDone`. - Returns: false when that takes longer than it may.
    func run(until isDone: () -> Bool) -> Bool {
        while !isDone() {
            guard arrived.wait(timeout: .now() + 10) == .success else { return false }
            runAll()
        }
        return true
    }

    /// Runs what can go on, until everything waits.
    func runAll() {
        while true {
            let ready = jobs.withLock { jobs in
                defer { jobs = [] }
                return jobs
            }
            if ready.isEmpty { return }
            // SAFETY: the reference is used during the call alone, and this object outlives it.
            let executor = unsafe asUnownedTaskExecutor()
            for job in ready { unsafe job.runSynchronously(on: executor) }
        }
    }
}
