public import Engine
public import EventLog
import Foundation
import GRDB
import JSON
import Synchronization

/// What people ask about, projected from `events`: state machines and activities in memory, executions and histories in SQLite.
///
/// It is a cache: it is empty when it begins and is read from the log's beginning. A thread of its own writes it, a batch a transaction.
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
        var continuation: CheckedContinuation<Void, any Error>
    }

    private let log: any TransactionalLog
    private let topic: String
    private let partitionCount: Int
    private let reader: any LogReader
    let database: DatabaseQueue
    private let state = Mutex(State())
    private let ended = DispatchSemaphore(value: 0)
    private let changes = Mutex<[UUID: AsyncStream<Void>.Continuation]>([:])

    /// - Parameters:
    ///   - topic: of the events, with `partitionCount` partitions.
    ///   - path: where the tables stand; a file that is there is replaced. nil: in memory.
    public init(log: any TransactionalLog, topic: String, partitionCount: Int, path: String?) throws {
        self.log = log
        self.topic = topic
        self.partitionCount = partitionCount
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF")
        }
        if let path {
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            database = try DatabaseQueue(path: path, configuration: configuration)
        } else {
            database = try DatabaseQueue(configuration: Configuration())
        }
        try database.write { try ReadModelSchema.create(in: $0) }
        let partitions = (0..<partitionCount).map { TopicPartition(topic, $0) }
        reader = try log.makeReader(Dictionary(uniqueKeysWithValues: partitions.map { ($0, ReadPosition.beginning) }))
    }

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
        reader.wake()
        ended.wait()
        reader.close()
    }

    /// The state machines and activities as they are now.
    public var registry: Registry { state.withLock { $0.registry } }

    /// False when the projection has stopped.
    public var isWorking: Bool { state.withLock { $0.failure == nil } }

    // MARK: - Reading one's own writes

    /// Returns when everything that an entity's partition holds now is projected.
    public func catchUp(with entity: String) async throws {
        try await catchUp(partitions: [Murmur2.partition(of: entity.utf8, partitionCount: partitionCount)])
    }

    /// Returns when everything that the log holds now is projected.
    public func catchUp() async throws { try await catchUp(partitions: Array(0..<partitionCount)) }

    private func catchUp(partitions: [Int]) async throws {
        var targets: [Int: Int64] = [:]
        for partition in partitions {
            let end = try log.endOffset(of: TopicPartition(topic, partition))
            if end > 0 { targets[partition] = end }
        }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let outcome: Result<Void, any Error>? = state.withLock { state in
                if let failure = state.failure { return .failure(failure) }
                if Self.isReached(targets, state.positions) { return .success(()) }
                state.waiters.append(Waiter(targets: targets, continuation: continuation))
                return nil
            }
            if let outcome { continuation.resume(with: outcome) }
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

    private func run() {
        while !state.withLock({ $0.isStopping }) {
            do {
                let records = try reader.read(timeout: .seconds(1))
                if !records.isEmpty { try project(records) }
            } catch {
                return end(with: error)
            }
        }
        end(with: ReadModelError.stopped)
    }

    private func project(_ records: [PartitionRecords]) throws {
        var registryEvents: [RegistryEvent] = []
        try database.write { database in
            var projector = Projector(database)
            for partition in records {
                for batch in partition.batches {
                    for record in batch {
                        let bytes = Array(record.value ?? [])
                        if let key = record.key, RegistryRecord.isKey(key) {
                            registryEvents.append(try RegistryRecord.decodeEvent(bytes))
                            continue
                        }
                        let value = try JSONParser.parse(bytes)
                        let (arn, event) = try EventDecoder.decode(value)
                        try projector.project(arn, event, value)
                    }
                }
            }
        }
        let reached = state.withLock { state in
            for event in registryEvents { state.registry.evolve(event) }
            for partition in records { state.positions[partition.partition.partition] = partition.nextOffset }
            let positions = state.positions
            let reached = state.waiters.filter { Self.isReached($0.targets, positions) }
            state.waiters.removeAll { Self.isReached($0.targets, positions) }
            return reached
        }
        for waiter in reached { waiter.continuation.resume() }
        let listeners = changes.withLock { Array($0.values) }
        for listener in listeners { listener.yield() }
    }

    private func end(with error: any Error) {
        let waiters = state.withLock { state in
            state.failure = error
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: error) }
        for listener in changes.withLock({ Array($0.values) }) { listener.finish() }
    }
}

/// Why the read model answers nothing.
public enum ReadModelError: Error, Sendable, Equatable {
    case stopped
}
