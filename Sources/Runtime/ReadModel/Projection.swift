public import Engine
public import EventLog
import Foundation
import GRDB
import Synchronization

/// What people ask about, projected from `events`: state machines and activities in memory, executions and histories in SQLite.
///
/// It is a cache: it goes on from where its file is, and is read from the log's beginning when the file is gone or of another log.
/// A thread of its own writes it, a batch a transaction.
public final class Projection: Sendable {
    private struct State {
        var registry = Registry()
        /// Offsets up to which each partition is projected.
        var positions: [Int: Int64] = [:]
        var waiters: [Waiter] = []
        var failure: (any Error)?
        var isStopping = false
    }

    private struct Waiter {
        var targets: [Int: Int64]
        var deadline: ContinuousClock.Instant
        var continuation: CheckedContinuation<Void, any Error>
    }

    /// What is asked, and where it is read from.
    struct Serving {
        let store: ReadModelStore
        let reader: any LogReader
    }

    let log: any TransactionalLog
    private let topic: String
    private let partitionCount: Int
    private let markersAtEnd: Int64
    private let patience: Duration
    private let since: ProjectionStart?
    /// Asks the log where its partitions end: such a call may block.
    private let questions = DispatchQueue(label: "steplog.read-model.ends", attributes: .concurrent)
    private let retention: ReadModelRetention?
    let files: ReadModelFiles?
    let report: @Sendable (String) -> Void
    let serving: Mutex<Serving>
    private let state: Mutex<State>
    let recent = Mutex(RecentExecutions())
    let activityQueues: Mutex<ActivityQueues>
    private let ended = DispatchSemaphore(value: 0)
    private let changes = Mutex<[UUID: AsyncStream<Void>.Continuation]>([:])

    /// - Parameters:
    ///   - topic: of the events, with `partitionCount` partitions.
    ///   - path: where the tables stand; nil: in memory.
    ///   - retention: how long ended executions are kept; nil: for good.
    ///   - markersAtEnd: how many offsets at a partition's end hold no record: 1 on Kafka, where a marker ends each transaction.
    ///   - patience: how long a question waits for the projection to catch up.
    ///   - since: executions that began before are left out; nil: none are.
    ///   - report: gets a sentence when another file has taken the place of the one that is served, or could not, and for an event that
    ///     can't be read.
    public init(
        log: any TransactionalLog, topic: String, partitionCount: Int, path: String?,
        retention: ReadModelRetention? = nil, markersAtEnd: Int64 = 0, patience: Duration = .seconds(30),
        since: ProjectionStart? = nil, report: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        self.log = log
        self.topic = topic
        self.partitionCount = partitionCount
        self.retention = retention
        self.markersAtEnd = markersAtEnd
        self.patience = patience
        self.since = since
        self.report = report
        files = path.map { ReadModelFiles(path: $0) }
        let store = try ReadModelStore.open(files) { try $1.isOf(TopicPartition(topic, $0), log) }
        activityQueues = Mutex(ActivityQueues(try store.database.read { try ActivityTable($0).waiting() }))
        state = Mutex(State(registry: store.registry, positions: store.positions.mapValues(\.next)))
        let partitions = (0..<partitionCount).map { TopicPartition(topic, $0) }
        let reader = try log.makeReader(try ReadModelSuccessor.begin(store, log, partitions))
        serving = Mutex(Serving(store: store, reader: reader))
    }

    var partitions: [TopicPartition] { (0..<partitionCount).map { TopicPartition(topic, $0) } }

    /// Starts the thread that projects.
    public func start() {
        let thread = Thread { [self] in
            run()
            ended.signal()
        }
        thread.stackSize = 16 << 20
        thread.start()
    }

    /// Ends the thread; who waits gets an error.
    public func stop() {
        state.withLock { $0.isStopping = true }
        serving.withLock { $0.reader }.wake()
        ended.wait()
        serving.withLock { $0.reader }.close()
    }

    /// The state machines and activities as they are now.
    public var registry: Registry { state.withLock { $0.registry } }

    /// The offset up to which each partition is projected.
    public var projectedTo: [Int64] {
        state.withLock { state in (0..<partitionCount).map { state.positions[$0] ?? 0 } }
    }

    /// False when the projection has stopped.
    public var isWorking: Bool { state.withLock { $0.failure == nil } }

    // MARK: - Reading one's own writes

    /// Returns when everything that an entity's partition holds now is projected.
    /// - Throws: `ReadModelError.late` when that takes longer than the patience, `logAway` when the log can't be asked.
    public func catchUp(with entity: String) async throws {
        try await catchUp(partitions: [Murmur2.partition(of: entity.utf8, partitionCount: partitionCount)])
    }

    /// Returns when everything that the log holds now is projected. - Throws: as `catchUp(with:)`.
    public func catchUp() async throws { try await catchUp(partitions: Array(0..<partitionCount)) }

    private func catchUp(partitions: [Int]) async throws {
        let deadline = ContinuousClock.now + patience
        let targets = try await ends(of: partitions)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let outcome: Result<Void, any Error>? = state.withLock { state in
                if let failure = state.failure { return .failure(failure) }
                if Self.isReached(targets, state.positions) { return .success(()) }
                state.waiters.append(Waiter(targets: targets, deadline: deadline, continuation: continuation))
                return nil
            }
            if let outcome { continuation.resume(with: outcome) }
        }
    }

    /// How far each partition has to be projected so that all is that it holds now.
    private func ends(of partitions: [Int]) async throws -> [Int: Int64] {
        let ask: @Sendable () throws -> [Int: Int64] = { [log, topic, markersAtEnd] in
            var targets: [Int: Int64] = [:]
            do {
                for partition in partitions {
                    let end = try log.endOffset(of: TopicPartition(topic, partition)) - markersAtEnd
                    if end > 0 { targets[partition] = end }
                }
            } catch let error as EventLogError where error.kind == .retriable {
                throw ReadModelError.logAway(error.description)
            }
            return targets
        }
        // The embedded log answers from memory; Kafka's brokers may let one wait.
        if markersAtEnd == 0 { return try ask() }
        return try await withCheckedThrowingContinuation { continuation in
            questions.async { continuation.resume(with: Result(catching: ask)) }
        }
    }

    private static func isReached(_ targets: [Int: Int64], _ positions: [Int: Int64]) -> Bool {
        targets.allSatisfy { partition, offset in (positions[partition] ?? 0) >= offset }
    }

    /// Waits for the end of an execution. - Returns: nil when it is unknown, or still runs after `timeout`.
    public func waitForEnd(of arn: String, timeout: Duration) async throws -> ExecutionSummary? {
        let id = UUID()
        let stream = AsyncStream<Void>(bufferingPolicy: .bufferingNewest(1)) { continuation in
            changes.withLock { $0[id] = continuation }
        }
        defer { changes.withLock { _ = $0.removeValue(forKey: id) } }
        // Nobody awaits it: it is cancelled when this function returns.
        let alarm = Task { [self] in
            try await Task.sleep(for: timeout)
            changes.withLock { $0[id]?.finish() }
        }
        defer { alarm.cancel() }
        if let summary = try execution(arn), !summary.isRunning { return summary }
        for await _ in stream {
            if let summary = try execution(arn), !summary.isRunning { return summary }
        }
        return nil
    }

    // MARK: - Projecting

    private static let retentionInterval = Duration.seconds(60)

    private func run() {
        var nextDrop = ContinuousClock.now
        var successor: ReadModelSuccessor?
        var nextLook = ContinuousClock.now
        while !state.withLock({ $0.isStopping }) {
            do {
                let records = try read(timeout: successor == nil ? .seconds(1) : .zero)
                if !records.isEmpty { try project(records) }
                noteProgress(ofRecords: !records.isEmpty)
                endLatePolls()
                if let retention, ContinuousClock.now >= nextDrop, try unlocked({ try !dropOld(retention) }) {
                    nextDrop = ContinuousClock.now + Self.retentionInterval
                }
            } catch {
                successor?.reader.close()
                return end(with: error)
            }
            if successor == nil, ContinuousClock.now >= nextLook {
                successor = takeRebuilt()
                nextLook = ContinuousClock.now + Self.lookInterval
            }
            if let taken = successor { successor = advance(taken) }
        }
        successor?.reader.close()
        end(with: ReadModelError.stopped)
    }

    /// How often a read model is looked for that was built beside the one that is served.
    private static let lookInterval = Duration.milliseconds(500)

    /// The next records; none while the log is away, which the reader goes on after.
    private func read(timeout: Duration) throws -> [PartitionRecords] {
        let reader = serving.withLock { $0.reader }
        do throws(EventLogError) {
            return try reader.read(timeout: timeout)
        } catch {
            guard error.kind == .retriable else { throw error }
            Thread.sleep(forTimeInterval: Self.retryPauseSeconds)
            return []
        }
    }

    private static let retryPauseSeconds = 0.2

    private func project(_ records: [PartitionRecords]) throws {
        let store = serving.withLock { $0.store }
        let changes = try unlocked { try store.project(records, since: since) }
        for sentence in changes.unread { report(sentence) }
        recent.withLock { recent in
            for change in changes.executions { recent.take(change.execution, insertedKey: change.insertedKey) }
        }
        state.withLock { state in
            for event in changes.registryEvents { state.registry.evolve(event) }
            for partition in records { state.positions[partition.partition.partition] = partition.nextOffset }
        }
        take(changes.activities)
    }

    /// Does `work` again for as long as another process has the file locked, as one that looks into it with sqlite3 may.
    private func unlocked<Value>(_ work: () throws -> Value) throws -> Value {
        var isTold = false
        while true {
            do {
                return try work()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                guard !state.withLock({ $0.isStopping }) else { throw error }
                if !isTold {
                    report("Another process has locked the read model \(files?.path ?? ""): it is waited for.")
                }
                isTold = true
                endLateWaits()
            }
        }
    }

    /// Tells those who wait for too long.
    private func endLateWaits() {
        let now = ContinuousClock.now
        let late = state.withLock { state in
            let late = state.waiters.filter { $0.deadline <= now }
            state.waiters.removeAll { $0.deadline <= now }
            return late
        }
        for waiter in late { waiter.continuation.resume(throwing: ReadModelError.late) }
    }

    /// Another store is asked from now on, one that holds all that the one before did.
    /// - Returns: what was served before.
    func serve(_ successor: ReadModelSuccessor) -> Serving {
        let next = Serving(store: successor.store, reader: successor.reader)
        let before = serving.withLock { serving in
            let before = serving
            serving = next
            return before
        }
        // Places in lists are other ones in another file.
        recent.withLock { $0.removeAll() }
        state.withLock { state in
            state.registry = successor.registry
            for (partition, position) in successor.positions { state.positions[partition] = position }
        }
        offerAgain(store: successor.store)
        return before
    }

    /// Tells those who wait for what is projected now, and those who have waited too long.
    private func noteProgress(ofRecords: Bool) {
        // The reader passes over what is no record, such as the marker that ends a transaction.
        let reader = serving.withLock { $0.reader }
        let positions = partitions.map { reader.position(of: $0) }
        let now = ContinuousClock.now
        let (reached, late) = state.withLock { state in
            for (partition, position) in positions.enumerated() {
                if let position { state.positions[partition] = max(position, state.positions[partition] ?? 0) }
            }
            let positions = state.positions
            var (reached, late, waiting): ([Waiter], [Waiter], [Waiter]) = ([], [], [])
            for waiter in state.waiters {
                if Self.isReached(waiter.targets, positions) {
                    reached.append(waiter)
                } else if waiter.deadline <= now {
                    late.append(waiter)
                } else {
                    waiting.append(waiter)
                }
            }
            state.waiters = waiting
            return (reached, late)
        }
        for waiter in reached { waiter.continuation.resume() }
        for waiter in late { waiter.continuation.resume(throwing: ReadModelError.late) }
        guard ofRecords else { return }
        for listener in changes.withLock({ Array($0.values) }) { listener.yield() }
    }

    private func end(with error: any Error) {
        let waiters = state.withLock { state in
            state.failure = error
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: error) }
        endLatePolls(all: true)
        for listener in changes.withLock({ Array($0.values) }) { listener.finish() }
    }
}

/// Why the read model answers nothing.
public enum ReadModelError: Error, Sendable, Equatable {
    case stopped
    /// What was asked for is not projected yet; later it will be.
    case late
    /// The log can't be asked where it ends, and why.
    case logAway(String)
}
