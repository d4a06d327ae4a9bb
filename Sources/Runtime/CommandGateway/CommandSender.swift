public import Engine
public import EventLog
import Foundation
public import PartitionProcessor
import Synchronization

/// Puts commands on the log and waits for what the engine decided on them, which comes back on `replies`.
///
/// What was put on the log will be decided whatever happens to this process; only the waiting is lost with it.
public final class CommandSender: Sendable {
    private struct State {
        var waiting: [String: CheckedContinuation<ReplyRecord.Outcome, any Error>] = [:]
        var isClosed = false
    }

    private let layout: TopicLayout
    private let now: @Sendable () -> Int64
    private let appender: Mutex<any LogAppender>
    private let reader: any LogReader
    private let state = Mutex(State())
    private let partition: Int
    private let ended = DispatchSemaphore(value: 0)

    /// Reads replies from the log's present end on.
    /// - Parameters:
    ///   - partition: of `replies`; gateways may share one, since ids tell their requests apart.
    ///   - now: epoch milliseconds.
    public init(
        log: any TransactionalLog, layout: TopicLayout, partition: Int = 0, now: @escaping @Sendable () -> Int64
    ) throws(EventLogError) {
        self.layout = layout
        self.now = now
        self.partition = partition
        appender = Mutex(try log.makeAppender())
        reader = try log.makeReader([TopicPartition(layout.names.replies, partition): .end])
    }

    /// Starts the thread that reads replies.
    public func start() {
        Thread { [self] in
            readReplies()
            ended.signal()
        }.start()
    }

    /// Fails what still waits, and ends the thread.
    public func stop() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume(throwing: GatewayError.closed) }
        reader.wake()
        ended.wait()
        reader.close()
    }

    /// Sends a command for an execution, and waits for its outcome.
    /// - Throws: `EventLogError` when it could not be put on the log, `GatewayError` when the outcome can't be known any more.
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

    /// Puts a command on the log whose outcome nobody waits for.
    public func post(_ record: CommandRecord) throws(EventLogError) {
        try append(record.encoded(), key: record.executionArn)
    }

    private func send(to key: String, _ encode: (ReplyAddress) -> [UInt8]) async throws -> ReplyRecord.Outcome {
        let id = UUID().uuidString.lowercased()
        let bytes = encode(ReplyAddress(partition: partition, id: id))
        return try await withCheckedThrowingContinuation { continuation in
            let isClosed = state.withLock { state in
                if !state.isClosed { state.waiting[id] = continuation }
                return state.isClosed
            }
            if isClosed { return continuation.resume(throwing: GatewayError.closed) }
            do {
                try append(bytes, key: key)
            } catch {
                let waiting = state.withLock { $0.waiting.removeValue(forKey: id) }
                waiting?.resume(throwing: error)
            }
        }
    }

    private func append(_ bytes: [UInt8], key: String) throws(EventLogError) {
        var builder = RecordBatchBuilder()
        builder.append(key: Array(key.utf8), value: bytes, timestamp: now())
        let target = TopicPartition(layout.names.commands, layout.partition(ofEntity: key))
        let batch = PartitionBatch(partition: target, batch: builder.finish())
        try appender.withLock { appender throws(EventLogError) in _ = try appender.append([batch]) }
    }

    private func readReplies() {
        while !state.withLock({ $0.isClosed }) {
            do {
                for records in try reader.read(timeout: .seconds(1)) {
                    for batch in records.batches {
                        for record in batch { deliver(record) }
                    }
                }
            } catch {
                return failAll(error)
            }
        }
    }

    private func deliver(_ record: Record) {
        guard let reply = try? ReplyRecord(decoding: Array(record.value ?? [])) else { return }
        let waiting = state.withLock { $0.waiting.removeValue(forKey: reply.id) }
        waiting?.resume(returning: reply.outcome)
    }

    private func failAll(_ error: EventLogError) {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume(throwing: error) }
    }
}

/// Why the outcome of a command is not known.
public enum GatewayError: Error, Sendable, Equatable {
    /// The gateway was stopped; what was sent before is decided nevertheless.
    case closed
}
