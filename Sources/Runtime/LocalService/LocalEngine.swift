public import Engine
public import EventLog
public import PartitionProcessor
import Synchronization
public import TaskWorkers

/// The engine and its workers in one process on one log: what `steplog run` and `steplog dev` stand on.
///
/// Lanes and workers run on threads of their own, which own nothing but what the log gives them back after a crash.
public final class LocalEngine: Sendable {
    public let log: any TransactionalLog
    public let layout: TopicLayout
    public let definitions: DefinitionStore
    private let lanes: [Lane]
    let workers: [TaskPoolWorker]
    private let appender: Mutex<any LogAppender>
    private let threads = Mutex<[ServiceThread]>([])
    private let now: @Sendable () -> Int64
    private let failed: @Sendable (any Error) -> Void

    /// - Parameters:
    ///   - laneCount: threads that decide; one a core at most.
    ///   - failed: is told when a lane or worker ends with an error: the service does nothing any more and should be stopped.
    /// - Throws: `EventLogError`, e.g. when the log's topics have another layout.
    public init(
        log: any TransactionalLog, configuration: ProcessorConfiguration, runner: any TaskRunner, laneCount: Int = 1,
        failed: @escaping @Sendable (any Error) -> Void
    ) throws {
        self.log = log
        self.failed = failed
        layout = configuration.layout
        now = configuration.now
        try configuration.layout.create(in: log)
        let definitions = DefinitionStore(log: log, names: configuration.layout.names)
        self.definitions = definitions
        lanes = try (0..<laneCount).map { _ in
            try Lane(log: log, configuration: configuration, definitions: definitions)
        }
        workers = configuration.layout.pools.map { pool in
            TaskPoolWorker(
                log: log, layout: configuration.layout, pool: pool, runner: runner, now: configuration.now)
        }
        appender = Mutex(try log.makeAppender())
    }

    /// Starts the threads.
    public func start() {
        threads.withLock { threads in
            for lane in lanes {
                threads.append(ServiceThread { [failed] in Self.reporting(failed) { try lane.run() } })
            }
            for worker in workers {
                threads.append(ServiceThread { [failed] in Self.reporting(failed) { try worker.run() } })
            }
        }
    }

    /// Ends the threads after what they are at, and waits for them. Tasks go on under their supervisors.
    public func stop() {
        for worker in workers { worker.stop() }
        for lane in lanes { lane.stop() }
        let running = threads.withLock { threads in
            let taken = threads
            threads = []
            return taken
        }
        for thread in running { thread.join() }
    }

    /// Puts a command on the log. When this returns it will be decided, whatever happens to the process.
    public func submit(_ command: CommandRecord) throws(EventLogError) {
        let partition = layout.partition(ofEntity: command.executionArn)
        var builder = RecordBatchBuilder()
        builder.append(key: Array(command.executionArn.utf8), value: command.encoded(), timestamp: now())
        let batch = PartitionBatch(partition: TopicPartition(layout.names.commands, partition), batch: builder.finish())
        try appender.withLock { appender throws(EventLogError) in _ = try appender.append([batch]) }
    }

    private static func reporting(_ failed: @Sendable (any Error) -> Void, _ body: () throws -> Void) {
        do {
            try body()
        } catch {
            failed(error)
        }
    }
}
