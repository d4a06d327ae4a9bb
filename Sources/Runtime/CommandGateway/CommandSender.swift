public import Engine
public import EventLog
import Foundation
public import PartitionProcessor
import Synchronization

/// Puts commands on the log and waits for what the engine decided on them, which comes back on `replies`.
///
/// What was put on the log will be decided whatever happens to this process; only the waiting is lost with it.
/// A thread writes: while one group of commands is being committed the next one gathers, so that many share a commit.
public final class CommandSender: Sendable {
    private struct State {
        var waiting: [String: Waiter] = [:]
        /// What is to be put on the log, in order.
        var outgoing: [Outgoing] = []
        var isClosed = false
    }

    private struct Waiter {
        var deadline: ContinuousClock.Instant
        var continuation: CheckedContinuation<ReplyRecord.Outcome, any Error>
    }

    private struct Outgoing: Sendable {
        /// Of the request, as replies name it.
        var id: String
        /// Whose command it is.
        var key: String
        var bytes: [UInt8]
    }

    /// How many commands may wait for the log; the next one is refused.
    private static let outgoingCountMax = 16_384

    private let layout: TopicLayout
    private let now: @Sendable () -> Int64
    private let log: any TransactionalLog
    /// Only the thread that writes replaces it.
    private let appender: Mutex<any LogAppender>
    private let reader: any LogReader
    private let patience: Duration
    private let state = Mutex(State())
    private let partition: Int
    /// Tells this gateway's requests from those of others on the same partition of `replies`.
    private let sender = UUID().uuidString.lowercased()
    private let requestCount = Atomic<Int>(0)
    private let hasOutgoing = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    /// Reads replies from the log's present end on.
    /// - Parameters:
    ///   - partition: of `replies`; gateways may share one, since ids tell their requests apart.
    ///   - patience: how long a command waits for its outcome.
    ///   - now: epoch milliseconds.
    public init(
        log: any TransactionalLog, layout: TopicLayout, partition: Int = 0, patience: Duration = .seconds(60),
        now: @escaping @Sendable () -> Int64
    ) throws(EventLogError) {
        self.log = log
        self.patience = patience
        self.layout = layout
        self.now = now
        self.partition = partition
        appender = Mutex(try log.makeAppender())
        reader = try log.makeReader([TopicPartition(layout.names.replies, partition): .end])
    }

    /// Starts the threads that write commands and read replies.
    public func start() {
        for work in [readReplies, writeCommands] {
            Thread { [ended] in
                work()
                ended.signal()
            }.start()
        }
    }

    /// Fails what still waits, and ends the threads.
    public func stop() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        for waiter in waiting.values { waiter.continuation.resume(throwing: GatewayError.closed) }
        reader.wake()
        hasOutgoing.signal()
        ended.wait()
        ended.wait()
        reader.close()
        appender.withLock { $0.close() }
    }

    /// Sends a command for an execution, and waits for its outcome.
    /// - Throws: `GatewayError` when it could not be put on the log, or its outcome is not known in time.
    public func send(_ record: CommandRecord) async throws -> ReplyRecord.Outcome {
        try await send(to: record.executionArn) { address in
            var addressed = record
            addressed.replyTo = address
            return addressed.encoded()
        }
    }

    /// The same for a state machine or an activity.
    public func send(_ command: RegistryCommand) async throws -> ReplyRecord.Outcome {
        try await send(to: command.arn) { address in
            var addressed = command
            addressed.replyTo = address
            return RegistryRecord.encode(addressed)
        }
    }

    private func send(to key: String, _ encode: (ReplyAddress) -> [UInt8]) async throws -> ReplyRecord.Outcome {
        let id = "\(sender)-\(requestCount.add(1, ordering: .relaxed).newValue)"
        let bytes = encode(ReplyAddress(partition: partition, id: id))
        return try await withCheckedThrowingContinuation { continuation in
            let refusal: GatewayError? = state.withLock { state in
                if state.isClosed { return .closed }
                guard state.outgoing.count < Self.outgoingCountMax else { return .overloaded }
                state.waiting[id] = Waiter(deadline: .now + patience, continuation: continuation)
                state.outgoing.append(Outgoing(id: id, key: key, bytes: bytes))
                return nil
            }
            if let refusal { return continuation.resume(throwing: refusal) }
            hasOutgoing.signal()
        }
    }

    private func writeCommands() {
        while true {
            hasOutgoing.wait()
            let (group, isClosed) = state.withLock { state in
                defer { state.outgoing = [] }
                return (state.outgoing, state.isClosed)
            }
            if isClosed { return }
            // Signals of commands that went with an earlier group find nothing.
            if group.isEmpty { continue }
            do {
                try append(group)
            } catch {
                let waiting = state.withLock { state in group.map { state.waiting.removeValue(forKey: $0.id) } }
                for waiter in waiting {
                    waiter?.continuation.resume(throwing: GatewayError.unavailable(error.description))
                }
                if error.kind == .fatal { reopen() }
            }
        }
    }

    /// Replaces an appender that may be of no more use; one that can't be replaced now is when it fails again.
    private func reopen() {
        guard let fresh = try? log.makeAppender() else { return }
        appender.withLock { appender in
            appender.close()
            appender = fresh
        }
    }

    /// One batch a partition, all in one commit.
    private func append(_ group: [Outgoing]) throws(EventLogError) {
        var builders: [Int: RecordBatchBuilder] = [:]
        let time = now()
        for command in group {
            let target = layout.partition(ofEntity: command.key)
            builders[target, default: RecordBatchBuilder()].append(
                key: Array(command.key.utf8), value: command.bytes, timestamp: time)
        }
        var batches: [PartitionBatch] = []
        for target in builders.keys.sorted() {
            guard var builder = builders[target] else { continue }
            batches.append(
                PartitionBatch(partition: TopicPartition(layout.names.commands, target), batch: builder.finish()))
        }
        try appender.withLock { appender throws(EventLogError) in _ = try appender.append(batches) }
    }

    private func readReplies() {
        while !state.withLock({ $0.isClosed }) {
            do {
                for records in try reader.read(timeout: .seconds(1)) {
                    for batch in records.batches {
                        for record in batch { deliver(record) }
                    }
                }
            } catch  where error.kind == .retriable {
                Thread.sleep(forTimeInterval: Self.retryPauseSeconds)
            } catch {
                return failAll(error)
            }
            dropLate()
        }
    }

    private static let retryPauseSeconds = 0.2

    /// Gives up waiting for those whose time is over; what was not written yet never will be.
    private func dropLate() {
        let now = ContinuousClock.now
        let late = state.withLock { state in
            let ids = Set(state.waiting.filter { $0.value.deadline <= now }.keys)
            guard !ids.isEmpty else { return [Waiter]() }
            state.outgoing.removeAll { ids.contains($0.id) }
            return ids.compactMap { state.waiting.removeValue(forKey: $0) }
        }
        for waiter in late {
            waiter.continuation.resume(
                throwing: GatewayError.unavailable("no engine has decided the command within \(patience)"))
        }
    }

    private func deliver(_ record: Record) {
        guard let reply = try? ReplyRecord(decoding: Array(record.value ?? [])) else { return }
        let waiting = state.withLock { $0.waiting.removeValue(forKey: reply.id) }
        waiting?.continuation.resume(returning: reply.outcome)
    }

    private func failAll(_ error: EventLogError) {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        for waiter in waiting.values {
            waiter.continuation.resume(throwing: GatewayError.unavailable(error.description))
        }
    }
}

/// Why the outcome of a command is not known.
public enum GatewayError: Error, Sendable, Equatable {
    /// The gateway was stopped; what was sent before is decided nevertheless.
    case closed
    /// More commands wait for the log than may wait; later there is room again.
    case overloaded
    /// The log is away, or no engine answers: why. What was sent may be decided later nevertheless.
    case unavailable(String)
}
