// SAFETY: only the producer's own thread uses a writer; lists and group metadata live for the time of the call.
import CRDKafka
import EventLog
import Synchronization

// SAFETY: as above, one thread.
/// Writes the transactions of a transactional id, fenced by the brokers' epoch.
///
/// A transaction is open only while `commit` runs: all its records are handed over at once, so no reader waits for us to
/// think. librdkafka's three kinds of error are looked at in its order: fatal, then "must abort", then "try again".
final class TransactionWriter: @unchecked Sendable {
    /// What the next commit can begin with.
    private enum State {
        /// No transaction is open.
        case idle
        /// A transaction is open that has to be aborted; the brokers could not be reached for it.
        case mustAbort
        /// Nothing can be committed any more.
        case failed(EventLogError)
    }

    let transactionalID: String
    private let log: KafkaLog
    private let handle: KafkaHandle
    private var sender: RecordSender
    private var state = State.idle
    private weak var thread: CallThread?

    init(_ log: KafkaLog, transactionalID: String) throws(EventLogError) {
        self.log = log
        self.transactionalID = transactionalID
        handle = try log.makeHandle(.transactional(id: transactionalID))
        sender = RecordSender(handle, prefix: log.configuration.namePrefix)
    }

    deinit { close() }

    /// Opens the id: aborts what an older producer left open, and fences it.
    /// - Parameter thread: the one on which this and everything after it is called; it is told of each call.
    func open(on thread: CallThread) throws(EventLogError) {
        self.thread = thread
        try log.patiently { (timeout) throws(EventLogError) in
            try checkWanted()
            // librdkafka goes on where it was when the call is made again after a timeout.
            guard let error = unsafe LibraryError(consuming: rd_kafka_init_transactions(handle.client, timeout)) else {
                return
            }
            throw error.eventLogError(
                "transactional id \"\(transactionalID)\" could not be opened",
                kind: error.isFatal ? .fatal : error.isRetriable ? .retriable : nil)
        }
    }

    /// As `LogProducer.commit(_:attempts:)`.
    func commit(_ transaction: Transaction, attempts: Int) throws(EventLogError) -> CommitReceipt {
        var attemptsLeft = attempts - 1
        while true {
            do throws(EventLogError) {
                return try commit(transaction)
            } catch {
                guard error.allowsSameCommit, attemptsLeft > 0 else { throw error }
                attemptsLeft -= 1
            }
        }
    }

    private func commit(_ transaction: Transaction) throws(EventLogError) -> CommitReceipt {
        try checkWanted()
        switch state {
        case .idle: break
        case .mustAbort: try abort()
        case .failed(let error): throw error
        }
        if transaction.isEmpty { return CommitReceipt(ranges: []) }
        for batch in transaction.batches { try log.requirePartition(batch.partition) }
        if let consumed = transaction.consumed { try log.members.check(consumed) }
        if let error = unsafe LibraryError(consuming: rd_kafka_begin_transaction(handle.client)) {
            throw failed(error, "a transaction could not be begun")
        }
        do {
            try sender.send(transaction.batches)
            if let consumed = transaction.consumed, !consumed.offsets.isEmpty { try send(consumed) }
            try finish()
        } catch let error as LibraryError {
            throw try undo(error)
        } catch let error as EventLogError {
            throw error
        } catch {
            throw EventLogError(.fatal, .inputOutput, "a commit failed", cause: "\(error)")
        }
        let ranges = handle.callbacks.deliveries.withLock(\.ranges)
        return CommitReceipt(transaction.batches, ranges)
    }

    func close() {
        if case .failed(let error) = state, error.code == .closed { return }
        state = .failed(EventLogError(.fatal, .closed, "the producer of \"\(transactionalID)\" is closed"))
        sender.close()
        handle.close()
    }

    /// Notes that the next call begins. - Throws: `closed` when nobody wants it any more.
    private func checkWanted() throws(EventLogError) {
        try log.checkOpen()
        guard let thread, !thread.isAskedToEnd else {
            throw EventLogError(.fatal, .closed, "the producer of \"\(transactionalID)\" is closed")
        }
        thread.noteLife()
    }

    // MARK: - Steps

    /// Adds consumed offsets to the open transaction.
    private func send(_ consumed: ConsumedOffsets) throws {
        let membership = consumed.membership
        let list = PartitionList(consumed.offsets, prefix: log.configuration.namePrefix)
        let group = log.configuration.namePrefix + membership.group
        let metadata = unsafe rd_kafka_consumer_group_metadata_new_with_genid(
            group, Int32(clamping: membership.generation), membership.memberID, log.members.instanceID(of: membership))
        defer { unsafe rd_kafka_consumer_group_metadata_destroy(metadata) }
        try unsafe repeated("the consumed offsets could not be added to a transaction") { client, timeout in
            unsafe rd_kafka_send_offsets_to_transaction(client, list.pointer, metadata, timeout)
        }
    }

    /// Waits for the records' arrival and commits.
    private func finish() throws {
        try unsafe repeated("nobody knows whether a transaction was committed") { client, timeout in
            unsafe rd_kafka_commit_transaction(client, timeout)
        }
    }

    /// Makes a call of librdkafka's until it is no more told to make it again.
    /// - Throws: `LibraryError`, which the transaction does not survive; `fatal` when the patience is over, with `message`.
    private func repeated(
        _ message: String, _ call: (_ client: OpaquePointer, _ timeoutMilliseconds: Int32) -> OpaquePointer?
    ) throws {
        let deadline = ContinuousClock.now + log.configuration.transactionTimeout + log.configuration.patience
        while true {
            do {
                try checkWanted()
            } catch {
                state = .failed(error)
                throw error
            }
            guard let error = unsafe LibraryError(consuming: call(handle.client, 1_000)) else { return }
            guard !error.isFatal, !error.requiresAbort, error.isRetriable else { throw error }
            guard ContinuousClock.now < deadline else { throw failed(error, message) }
            if error.code != RD_KAFKA_RESP_ERR__TIMED_OUT { log.pause(milliseconds: 10) }
        }
    }

    /// Aborts after `error`, so that the producer can be used again, and gives what to throw.
    private func undo(_ error: LibraryError) throws(EventLogError) -> EventLogError {
        if error.isFatal || handle.fatalError != nil { return failed(error, "a transaction failed") }
        // A record that was only swept away tells less than the error that did it.
        let failure = handle.callbacks.deliveries.withLock(\.failure)
        let cause = failure.flatMap { $0.eventLogCode == .transactionAborted ? nil : $0 } ?? error
        try abort(after: cause)
        return switch cause.eventLogCode {
        case .unknownTopic, .tooLarge, .invalidArgument, .unsupported:
            cause.eventLogError(
                "a transaction of \"\(transactionalID)\" was refused and nothing of it written", kind: .fatal)
        default:
            cause.eventLogError("a transaction of \"\(transactionalID)\" was aborted", kind: .abortable)
        }
    }

    /// Aborts the open transaction.
    /// - Parameter cause: why, where it is not to be forgotten.
    /// - Throws: `retriable` when the brokers can't be reached: the next commit begins with it.
    private func abort(after cause: LibraryError? = nil) throws(EventLogError) {
        state = .mustAbort
        let deadline = ContinuousClock.now + log.configuration.patience
        while true {
            try checkWanted()
            guard let error = unsafe LibraryError(consuming: rd_kafka_abort_transaction(handle.client, 1_000)) else {
                break
            }
            if error.isFatal || !error.isRetriable {
                let reason = cause.map { " (\($0.name): \($0.text))" } ?? ""
                throw failed(error, "a transaction that failed\(reason) could not be aborted")
            }
            guard ContinuousClock.now < deadline else {
                throw error.eventLogError(
                    "a transaction of \"\(transactionalID)\" waits to be aborted", kind: .retriable)
            }
            if error.code != RD_KAFKA_RESP_ERR__TIMED_OUT { log.pause(milliseconds: 10) }
        }
        state = .idle
    }

    /// Notes that this producer is of no more use, and gives what to throw.
    private func failed(_ error: LibraryError, _ message: String) -> EventLogError {
        let underlying = handle.fatalError ?? error
        let isFenced = [error, underlying].contains { $0.eventLogCode == .producerFenced }
        let result =
            isFenced
            ? EventLogError(
                .fenced, .producerFenced, "another producer has opened transactional id \"\(transactionalID)\"",
                cause: "\(underlying.name): \(underlying.text)")
            : underlying.eventLogError("\(message) (transactional id \"\(transactionalID)\")", kind: .fatal)
        state = .failed(result)
        return result
    }
}
