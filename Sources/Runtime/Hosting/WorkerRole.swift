public import EventLog
public import PartitionProcessor
public import TaskWorkers

/// The workers in one process among many: a member of each of its pools' consumer groups.
public final class WorkerRole: Sendable {
    private let threads: [PersistentThread]

    /// - Parameters:
    ///   - pools: that this process serves.
    ///   - tasksMax: how many tasks of a pool it does at a time.
    ///   - instanceID: this process's static name in the pools' consumer groups; nil: it joins anew each time.
    ///   - now: epoch milliseconds.
    ///   - report: takes a line for the operator.
    public init(
        log: any TransactionalLog, layout: TopicLayout, pools: [String], runner: any TaskRunner, tasksMax: Int,
        instanceID: String? = nil, now: @escaping @Sendable () -> Int64, report: @escaping @Sendable (String) -> Void
    ) {
        threads = pools.map { pool in
            let worker = TaskPoolWorker(
                log: log, layout: layout, pool: pool, runner: runner, tasksMax: tasksMax, instanceID: instanceID,
                now: now)
            return PersistentThread(
                name: "The worker of pool \(pool)", work: worker.run, interrupt: worker.stop, report: report)
        }
    }

    /// - Parameter displaced: is called when another process has joined under this one's instance id.
    public func start(displaced: @escaping @Sendable () -> Void = {}) {
        for thread in threads { thread.start(displaced: displaced) }
    }

    /// Asks the workers to hand their partitions over. Their tasks go on; the next owners watch them.
    public func stop() { for thread in threads { thread.stop() } }

    /// Waits until they have.
    public func join() { for thread in threads { thread.join() } }
}
