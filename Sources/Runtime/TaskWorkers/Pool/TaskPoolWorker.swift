import Engine
public import EventLog
public import PartitionProcessor
import Synchronization

/// A member of a pool's workers: takes task requests off the log, has them done, and puts what comes of them on the log.
///
/// Before a task starts, its request stands on `inflight` as the intent; the service's answer joins it in the same transaction as
/// the word of it, and the word of its end takes it away in the same transaction as the result. What is given up stays, marked,
/// until it is stopped. So a worker that takes over knows what may be running, and goes on with it. `run` blocks; call it on a
/// thread of its own. After an error it can be run again.
public final class TaskPoolWorker: Sendable {
    private let log: any TransactionalLog
    private let layout: TopicLayout
    private let pool: String
    private let runner: any TaskRunner
    private let instanceID: String?
    private let now: @Sendable () -> Int64
    private let isStopping = Atomic<Bool>(false)
    private let tasks: Mutex<PoolTasks>
    /// Of the run under way.
    private let member = Mutex<(any LogConsumer)?>(nil)
    /// The partitions that it writes for.
    private let owned = Mutex<Set<Int>>([])

    /// How many tasks one worker does at a time unless it is told otherwise.
    public static let tasksMaxDefault = 1_000
    /// How many requests are read ahead while there is no room; then no more is read until some have ended. It is many, since
    /// cancellations stand on the log among the requests.
    private static let waitingMax = 10_000
    private static let commitAttempts = 11

    /// For how long a task may be started after the log has confirmed that its partition is this member's, in milliseconds: a member
    /// that says nothing for 6 s has lost it, and nothing tells that it was not silent for some seconds before.
    private static let confirmedMilliseconds: Int64 = 1_000

    /// What a partition that this member owns is written with.
    private struct Membership {
        let consumer: any LogConsumer
        var producers: [Int: any LogProducer] = [:]
        var isPaused = false
        /// When the log was last asked something that it answers only to a partition's owner.
        var confirmedAt: [Int: Int64] = [:]
        /// When it is said next what tasks wait for.
        var nextWaitsAt: Int64 = 0
    }

    /// - Parameters:
    ///   - tasksMax: how many tasks are done at a time; those that only wait for a token or an activity's worker don't count.
    ///   - instanceID: its static name in the pool's consumer group; nil: it joins anew each time.
    ///   - now: epoch milliseconds.
    public init(
        log: any TransactionalLog, layout: TopicLayout, pool: String, runner: any TaskRunner,
        tasksMax: Int = tasksMaxDefault, instanceID: String? = nil, now: @escaping @Sendable () -> Int64
    ) {
        self.log = log
        self.layout = layout
        self.pool = pool
        self.runner = runner
        self.instanceID = instanceID
        self.now = now
        tasks = Mutex(PoolTasks(runningMax: tasksMax))
    }

    /// Ends `run` after the batch that is under way. Tasks go on; the next worker takes them over. From any thread.
    public func stop() {
        isStopping.store(true, ordering: .releasing)
        wake()
    }

    /// How many tasks are being stopped: they are given up, and what was started may still run.
    public var unwantedCount: Int { tasks.withLock { $0.unwantedCount } }

    private func wake() { member.withLock { $0 }?.wake() }

    /// Joins the pool's consumer group and works until `stop`.
    /// - Throws: `EventLogError` of the log.
    public func run() throws {
        let consumer = try log.makeConsumer(
            ConsumerConfiguration(
                group: layout.names.workerGroup(pool: pool), topics: [layout.names.tasks(pool: pool)],
                instanceID: instanceID, start: .beginning))
        member.withLock { $0 = consumer }
        var membership = Membership(consumer: consumer)
        defer {
            for producer in membership.producers.values { producer.close() }
            owned.withLock { $0 = [] }
            member.withLock { $0 = nil }
            consumer.close()
        }
        while !isStopping.load(ordering: .acquiring) {
            let result = try poll(consumer)
            for partition in result.revoked + result.lost {
                membership.producers.removeValue(forKey: partition.partition)?.close()
                membership.confirmedAt[partition.partition] = nil
                note(owned: membership)
                tasks.withLock { $0.dropWaiting(ofPartition: partition.partition) }
            }
            let producers = try log.makeProducers(
                transactionalIDs: result.assigned.map { "\(layout.names.workerGroup(pool: pool)).\($0.partition)" })
            for (partition, producer) in zip(result.assigned, producers) {
                membership.producers[partition.partition] = producer
                membership.isPaused = false
                note(owned: membership)
                try resumeInflight(partition.partition, membership)
            }
            for records in result.records where membership.producers[records.partition.partition] != nil {
                let time = now()
                try commit(records, records.partition.partition, membership)
                membership.confirmedAt[records.partition.partition] = time
            }
            try startWhatHasRoom(&membership)
            noteWaits(&membership)
            for partition in membership.producers.keys.sorted() { try commit(nil, partition, membership) }
            // Reports may have made room.
            try startWhatHasRoom(&membership)
            adjustReading(&membership)
        }
        for partition in membership.producers.keys.sorted() { try commit(nil, partition, membership) }
    }

    private func note(owned membership: Membership) {
        owned.withLock { $0 = Set(membership.producers.keys) }
    }

    /// Whether there is something to be put on the log. What belongs to another worker's partitions has to wait.
    private var hasReports: Bool {
        let owned = owned.withLock { $0 }
        return tasks.withLock { $0.hasReports(ofPartitions: owned) }
    }

    /// Brokers that are away for a while only mean that nothing comes.
    private func poll(_ consumer: any LogConsumer) throws(EventLogError) -> PollResult {
        do throws(EventLogError) {
            return try consumer.poll(timeout: hasReports ? .zero : .seconds(1))
        } catch {
            guard error.kind == .retriable else { throw error }
            return PollResult()
        }
    }

    /// How soon a task that waits says so on the log, for those who ask why.
    private static let waitMilliseconds: Int64 = 5_000

    /// Has the log say what tasks wait for that no service has yet.
    private func noteWaits(_ membership: inout Membership) {
        let time = now()
        guard time >= membership.nextWaitsAt else { return }
        membership.nextWaitsAt = time + Self.waitMilliseconds
        let waits = runner.waits
        let partitions = Set(membership.producers.keys)
        tasks.withLock { $0.note(waits: waits, before: time - Self.waitMilliseconds, ofPartitions: partitions) }
    }

    /// Stops reading while too many tasks wait for room.
    private func adjustReading(_ membership: inout Membership) {
        let isFull = tasks.withLock { $0.waitingCount >= Self.waitingMax }
        guard isFull != membership.isPaused else { return }
        membership.isPaused = isFull
        if isFull {
            membership.consumer.pause(membership.consumer.assignment)
        } else {
            membership.consumer.resume(membership.consumer.assignment)
        }
    }

    // MARK: - Requests

    /// Puts on the log, in one transaction, what is taken off a partition of requests and what came of its tasks. What was taken
    /// starts once it stands there.
    private func commit(_ records: PartitionRecords?, _ partition: Int, _ membership: Membership) throws {
        guard let producer = membership.producers[partition] else { return }
        var transaction = Transaction()
        var inflight = RecordBatchBuilder()
        let intentAt = now()
        var requests: [TaskRequest] = []
        var released: [String] = []
        if let records {
            let offsets = [records.partition: records.nextOffset]
            transaction = Transaction(
                consumed: ConsumedOffsets(membership: membership.consumer.membership, offsets: offsets))
            (requests, released) = take(records, &inflight, &transaction, intentAt)
        }
        let reports = tasks.withLock { $0.reports(ofPartition: partition) }
        guard records != nil || !reports.isEmpty else { return }
        add(reports, &inflight, &transaction)
        transaction.append(inflight.finish(), to: TopicPartition(layout.names.inflight(pool: pool), partition))
        try producer.commit(transaction, attempts: Self.commitAttempts)
        let taken = requests.map { ($0, !runner.occupiesWhenSubmitted($0)) }
        let ended = tasks.withLock { tasks in
            for (request, leavesRoom) in taken {
                tasks.add(
                    InflightTask(request: request, intentAt: intentAt), partition: partition, isInherited: false,
                    leavesRoom: leavesRoom)
            }
            return tasks.settle(reports.count, ofPartition: partition, reduce: { runner.remainder(of: $0) })
        }
        // Not before: a worker that still finds the intent would begin anew what was let go.
        for taskID in released + ended { runner.acknowledge(taskID: taskID) }
    }

    /// The intents of a batch of requests, which it returns, with the tasks that are let go. What is given up is stopped first, and
    /// stays on the log until it is: else nobody would know of it.
    private func take(
        _ records: PartitionRecords, _ inflight: inout RecordBatchBuilder, _ transaction: inout Transaction,
        _ intentAt: Int64
    ) -> (requests: [TaskRequest], released: [String]) {
        var unreadable = RecordBatchBuilder()
        var requests: [TaskRequest] = []
        var released: [String] = []
        for batch in records.batches {
            for record in batch {
                let task: TaskRecord
                let bytes = Array(record.value ?? [])
                do {
                    task = try TaskRecord(decoding: bytes)
                } catch {
                    unreadable.append(
                        key: record.key.map(Array.init), value: record.value.map(Array.init),
                        headers: .deadLetter(record, at: records.partition, reason: error.message),
                        timestamp: record.timestamp)
                    continue
                }
                switch task {
                case .request(let request):
                    requests.append(request)
                    inflight.append(key: Array(request.taskID.utf8), value: bytes, timestamp: intentAt)
                case .cancel(let taskID, _):
                    // All pools are told of it, and this one may never have had the task.
                    guard isTaken(taskID, among: requests) else { continue }
                    // One that is requested and given up in the same batch never starts.
                    requests.removeAll { $0.taskID == taskID }
                    inflight.append(key: Array(taskID.utf8), value: dismiss(taskID), timestamp: intentAt)
                case .release(let taskID, _):
                    guard isTaken(taskID, among: requests) else { continue }
                    requests.removeAll { $0.taskID == taskID }
                    tasks.withLock { $0.remove(taskID) }
                    released.append(taskID)
                    inflight.append(key: Array(taskID.utf8), value: nil, timestamp: intentAt)
                }
            }
        }
        transaction.append(unreadable.finish(), to: TopicPartition(layout.names.deadletter, 0))
        return (requests, released)
    }

    /// Has a task stopped that nobody wants any more.
    /// - Parameter submission: the handle that stands on the log; nil: what is known here counts.
    /// - Returns: what is to stand on `inflight` for it; nil: nothing.
    private func dismiss(_ taskID: String, submission: String? = nil) -> [UInt8]? {
        switch tasks.withLock({ $0.dismiss(taskID, submission: submission) }) {
        case .forgotten: return nil
        case .underWay(let task): return task.encoded()
        case .stop(let task):
            stop(task)
            return task.encoded()
        }
    }

    private func stop(_ task: InflightTask) {
        let taskID = task.request.taskID
        runner.stop(task) { [self] in
            if tasks.withLock({ $0.stopped(taskID) }) { wake() }
        }
    }

    private func isTaken(_ taskID: String, among requests: [TaskRequest]) -> Bool {
        requests.contains { $0.taskID == taskID } || tasks.withLock { $0.isKnown(taskID) }
    }

    /// Goes on with what a former owner of the partition had under way. What this process does still goes on as it is.
    private func resumeInflight(_ partition: Int, _ membership: Membership) throws {
        var order: [String] = []
        var intents: [String: InflightTask] = [:]
        var unreadable: [String: (record: Record, reason: String)] = [:]
        let inflight = TopicPartition(layout.names.inflight(pool: pool), partition)
        try log.readToEnd(inflight) { record in
            let taskID = String(decoding: record.key ?? [], as: UTF8.self)
            unreadable[taskID] = nil
            guard let value = record.value else {
                intents[taskID] = nil
                return
            }
            if intents[taskID] == nil { order.append(taskID) }
            do throws(CodecError) {
                intents[taskID] = try InflightTask(decoding: Array(value), timestamp: record.timestamp)
            } catch {
                intents[taskID] = nil
                unreadable[taskID] = (record, error.message)
            }
        }
        try tell(ofUnreadable: unreadable.values.sorted { $0.record.offset < $1.record.offset }, inflight, membership)
        let gone = tasks.withLock { $0.keep(Set(intents.keys), ofPartition: partition) }
        for taskID in gone { runner.acknowledge(taskID: taskID) }
        for taskID in order {
            guard let task = intents.removeValue(forKey: taskID) else { continue }
            // A former owner gave up what this process had started before, and did not live to see it stopped.
            if task.isUnwanted, tasks.withLock({ $0.isKnown(taskID) }) {
                _ = dismiss(taskID, submission: task.submission)
                continue
            }
            let leavesRoom = !runner.occupiesWhenSubmitted(task.request)
            tasks.withLock { $0.add(task, partition: partition, isInherited: true, leavesRoom: leavesRoom) }
        }
    }

    /// Tasks whose records in flight can't be read are nobody's to watch. The records stay where they are, for a release that can read
    /// them, and each is a dead letter once.
    private func tell(
        ofUnreadable unreadable: [(record: Record, reason: String)], _ place: TopicPartition, _ membership: Membership
    ) throws {
        guard !unreadable.isEmpty, let producer = membership.producers[place.partition] else { return }
        let told = try DeadLetterDesk(log: log, layout: layout).letters()
        var letters = RecordBatchBuilder()
        for (record, reason) in unreadable {
            let isTold = told.contains {
                $0.topic == place.topic && $0.partition == place.partition && $0.offset == record.offset
            }
            if isTold { continue }
            letters.append(
                key: record.key.map(Array.init), value: record.value.map(Array.init),
                headers: .deadLetter(record, at: place, reason: "the task is not watched: \(reason)"),
                timestamp: record.timestamp)
        }
        var transaction = Transaction()
        transaction.append(letters.finish(), to: TopicPartition(layout.names.deadletter, 0))
        try producer.commit(transaction, attempts: Self.commitAttempts)
    }

    /// A worker that stood still for long may have lost a partition without a word, and another may have done its tasks since: to
    /// what is not confirmed, nothing is started.
    private func startWhatHasRoom(_ membership: inout Membership) throws(EventLogError) {
        while let partition = tasks.withLock({ $0.nextPartition() }) {
            switch try ownership(of: partition, &membership) {
            case .confirmed: break
            case .lost:
                tasks.withLock { $0.dropWaiting(ofPartition: partition) }
                continue
            case .unknown: return
            }
            guard let (task, isInherited) = tasks.withLock({ $0.next() }) else { return }
            let taskID = task.request.taskID
            if task.isUnwanted {
                stop(task)
                continue
            }
            let report: @Sendable (TaskReport) -> Void = { [self] report in
                let owned = owned.withLock { $0 }
                let isFirst = tasks.withLock { tasks in
                    let isAlone = !tasks.hasReports(ofPartitions: owned)
                    return tasks.note(report, of: taskID) && isAlone
                }
                if isFirst { wake() }
            }
            if isInherited {
                runner.resume(task, report: report)
                // What a service has already is known to the runner now.
                if task.submission != nil { tasks.withLock { $0.reduce(taskID, by: { runner.remainder(of: $0) }) } }
            } else {
                runner.start(task.request, report: report)
            }
        }
    }

    private enum Ownership { case confirmed, lost, unknown }

    /// Whether a partition is this member's still. It is lost also when a place in it can't be committed any more.
    private func ownership(of partition: Int, _ membership: inout Membership) throws(EventLogError) -> Ownership {
        let time = now()
        if let confirmed = membership.confirmedAt[partition],
            (0...Self.confirmedMilliseconds).contains(time - confirmed)
        {
            return .confirmed
        }
        // All that was delivered is taken, so this is the offset that stands there already.
        let place = TopicPartition(layout.names.tasks(pool: pool), partition)
        guard let position = membership.consumer.position(of: place) else { return .lost }
        do throws(EventLogError) {
            try membership.consumer.commit([place: position])
        } catch {
            switch error.kind {
            case .retriable: return .unknown
            case .abortable, .fenced: return .lost
            case .fatal: throw error
            }
        }
        membership.confirmedAt[partition] = time
        return .confirmed
    }

    // MARK: - Reports

    /// What came of tasks: the commands that say so, and what stands on `inflight` from now on.
    private func add(
        _ reports: [PoolTasks.Report], _ inflight: inout RecordBatchBuilder, _ transaction: inout Transaction
    ) {
        var commands: [Int: RecordBatchBuilder] = [:]
        for report in reports {
            let request = report.task.request
            let key = Array(request.taskID.utf8)
            guard case .reported(let news) = report.news else {
                if case .waits = report.news {
                    inflight.append(key: key, value: report.task.encoded(), timestamp: now())
                } else {
                    inflight.append(key: key, value: nil, timestamp: now())
                }
                continue
            }
            let record = CommandRecord(
                executionArn: request.executionArn, command: .reportTask(taskID: request.taskID, news))
            commands[layout.partition(ofEntity: request.executionArn), default: RecordBatchBuilder()]
                .append(key: Array(request.executionArn.utf8), value: record.encoded(), timestamp: now())
            if news.isFinal {
                inflight.append(key: key, value: nil, timestamp: now())
            } else if case .submitted = news {
                inflight.append(key: key, value: report.task.encoded(), timestamp: now())
            }
        }
        for (number, var builder) in commands.sorted(by: { $0.key < $1.key }) {
            transaction.append(builder.finish(), to: TopicPartition(layout.names.commands, number))
        }
    }
}
