import Engine
public import EventLog
public import PartitionProcessor
import Synchronization

/// A member of a pool's workers: takes task requests off the log, has them done, and puts what comes of them on the log.
///
/// Before a task starts, its request stands on `inflight` as the intent; the word of its end takes it away in the same transaction as
/// the result. So a worker that takes over knows what may be running, and goes on with it. `run` blocks; call it on a thread of its own.
public final class TaskPoolWorker: Sendable {
    private let log: any TransactionalLog
    private let layout: TopicLayout
    private let pool: String
    private let runner: any TaskRunner
    private let now: @Sendable () -> Int64
    private let consumer: any LogConsumer
    private let isStopping = Atomic<Bool>(false)
    private let arrived = Mutex<[Report]>([])

    private struct Report: Sendable {
        var taskID: String
        var executionArn: String
        var partition: Int
        var report: TaskReport
    }

    /// Joins the pool's consumer group.
    /// - Parameter now: epoch milliseconds.
    public init(
        log: any TransactionalLog, layout: TopicLayout, pool: String, runner: any TaskRunner,
        now: @escaping @Sendable () -> Int64
    ) throws(EventLogError) {
        self.log = log
        self.layout = layout
        self.pool = pool
        self.runner = runner
        self.now = now
        consumer = try log.makeConsumer(
            ConsumerConfiguration(
                group: layout.names.workerGroup(pool: pool), topics: [layout.names.tasks(pool: pool)],
                start: .beginning,
                sessionTimeout: .seconds(30)))
    }

    /// Ends `run` after the batch that is under way. Tasks go on; the next worker takes them over. From any thread.
    public func stop() {
        isStopping.store(true, ordering: .releasing)
        consumer.wake()
    }

    /// Works until `stop`. - Throws: `EventLogError` of the log.
    public func run() throws {
        var producers: [Int: any LogProducer] = [:]
        defer {
            for producer in producers.values { producer.close() }
            consumer.close()
        }
        while !isStopping.load(ordering: .acquiring) {
            let result = try consumer.poll(timeout: .seconds(1))
            for partition in result.revoked + result.lost {
                producers.removeValue(forKey: partition.partition)?.close()
            }
            for partition in result.assigned {
                let id = "\(layout.names.workerGroup(pool: pool)).\(partition.partition)"
                producers[partition.partition] = try log.makeProducer(transactionalID: id)
                try resumeInflight(partition.partition)
            }
            for records in result.records {
                guard let producer = producers[records.partition.partition] else { continue }
                try take(records, producer)
            }
            try commitReports(producers)
        }
        try commitReports(producers)
    }

    // MARK: - Requests

    /// Writes the intents of a batch of requests, then starts them. What is given up is stopped first: once its intent is gone,
    /// nobody would know of it.
    private func take(_ records: PartitionRecords, _ producer: any LogProducer) throws {
        let partition = records.partition.partition
        var inflight = RecordBatchBuilder()
        var unreadable = RecordBatchBuilder()
        var requests: [TaskRequest] = []
        for batch in records.batches {
            for record in batch {
                let task: TaskRecord
                do {
                    task = try TaskRecord(decoding: Array(record.value ?? []))
                } catch {
                    unreadable.append(
                        key: record.key.map(Array.init), value: record.value.map(Array.init),
                        timestamp: record.timestamp)
                    continue
                }
                switch task {
                case .request(let request):
                    requests.append(request)
                    inflight.append(key: Array(request.taskID.utf8), value: task.encoded(), timestamp: now())
                case .cancel(let taskID, let executionArn):
                    // One that is requested and given up in the same batch never starts.
                    requests.removeAll { $0.taskID == taskID }
                    runner.cancel(taskID: taskID, executionArn: executionArn)
                    inflight.append(key: Array(taskID.utf8), value: nil, timestamp: now())
                case .release(let taskID, _):
                    requests.removeAll { $0.taskID == taskID }
                    runner.acknowledge(taskID: taskID)
                    inflight.append(key: Array(taskID.utf8), value: nil, timestamp: now())
                }
            }
        }
        var transaction = Transaction(
            consumed: ConsumedOffsets(membership: consumer.membership, offsets: [records.partition: records.nextOffset])
        )
        transaction.append(inflight.finish(), to: TopicPartition(layout.names.inflight(pool: pool), partition))
        transaction.append(unreadable.finish(), to: TopicPartition(layout.names.deadletter, 0))
        try producer.commit(transaction, attempts: Self.commitAttempts)
        for request in requests { start(request, partition) }
    }

    private static let commitAttempts = 11

    /// Goes on with what a former owner of the partition had under way.
    private func resumeInflight(_ partition: Int) throws {
        var order: [String] = []
        var intents: [String: TaskRecord] = [:]
        try log.readToEnd(TopicPartition(layout.names.inflight(pool: pool), partition)) { record in
            let taskID = String(decoding: record.key ?? [], as: UTF8.self)
            guard let value = record.value else {
                intents[taskID] = nil
                return
            }
            if intents[taskID] == nil { order.append(taskID) }
            intents[taskID] = try TaskRecord(decoding: Array(value))
        }
        for taskID in order {
            guard case .request(let request)? = intents.removeValue(forKey: taskID) else { continue }
            start(request, partition)
        }
    }

    private func start(_ request: TaskRequest, _ partition: Int) {
        let (taskID, executionArn) = (request.taskID, request.executionArn)
        runner.start(request) { [self] report in
            let isFirst = arrived.withLock { arrived in
                arrived.append(Report(taskID: taskID, executionArn: executionArn, partition: partition, report: report))
                return arrived.count == 1
            }
            if isFirst { consumer.wake() }
        }
    }

    // MARK: - Reports

    private func commitReports(_ producers: [Int: any LogProducer]) throws {
        let reports = arrived.withLock { arrived in
            let taken = arrived
            arrived = []
            return taken
        }
        guard !reports.isEmpty else { return }
        for (partition, producer) in producers.sorted(by: { $0.key < $1.key }) {
            let own = reports.filter { $0.partition == partition }
            if !own.isEmpty { try commit(own, partition, producer) }
        }
    }

    private func commit(_ reports: [Report], _ partition: Int, _ producer: any LogProducer) throws {
        var commands: [Int: RecordBatchBuilder] = [:]
        var inflight = RecordBatchBuilder()
        var ended: [String] = []
        for report in reports {
            let record = CommandRecord(
                executionArn: report.executionArn, command: .reportTask(taskID: report.taskID, report.report))
            commands[layout.partition(ofEntity: report.executionArn), default: RecordBatchBuilder()]
                .append(key: Array(report.executionArn.utf8), value: record.encoded(), timestamp: now())
            if report.report.isFinal {
                inflight.append(key: Array(report.taskID.utf8), value: nil, timestamp: now())
                ended.append(report.taskID)
            }
        }
        var transaction = Transaction()
        for (number, var builder) in commands.sorted(by: { $0.key < $1.key }) {
            transaction.append(builder.finish(), to: TopicPartition(layout.names.commands, number))
        }
        transaction.append(inflight.finish(), to: TopicPartition(layout.names.inflight(pool: pool), partition))
        try producer.commit(transaction, attempts: Self.commitAttempts)
        for taskID in ended { runner.acknowledge(taskID: taskID) }
    }
}

extension TaskReport {
    /// True for the last report of a task.
    var isFinal: Bool {
        switch self {
        case .started, .claimed, .submitted, .heartbeat: false
        case .succeeded, .failed: true
        }
    }
}
