import Dispatch
import EventLog
import Synchronization

/// The producer of a transactional id. Its calls run on a thread of its own and are given up when librdkafka does not come back.
final class KafkaProducer: LogProducer {
    let transactionalID: String
    private let writer: TransactionWriter
    private let thread: CallThread

    /// Opens the id: aborts what an older producer left open, and fences it.
    /// - Throws: `timedOut` (retriable) when librdkafka does not come back.
    init(_ log: KafkaLog, transactionalID: String) throws(EventLogError) {
        self.transactionalID = transactionalID
        let writer = try TransactionWriter(log, transactionalID: transactionalID)
        self.writer = writer
        // The calls of the writer wait for a second each, and the brokers' answers for `transactionTimeout`.
        let thread = CallThread(
            name: "steplog.log.producer", limit: log.configuration.transactionTimeout + .seconds(2),
            cleanUp: writer.close)
        self.thread = thread
        let lost = lost(.retriable)
        let outcome = CommitOutcome<Bool>()
        thread.submit(
            {
                let result = Result { () throws(EventLogError) in
                    try writer.open(on: thread)
                    return true
                }
                return { outcome.set(result) }
            }, whenGivenUp: { outcome.set(.failure(lost)) })
        do throws(EventLogError) {
            _ = try outcome.get()
        } catch {
            thread.end()
            throw error
        }
    }

    deinit { close() }

    func commit(_ transaction: Transaction) throws(EventLogError) -> CommitReceipt {
        try commit(transaction, attempts: 1)
    }

    /// One turn of the thread for all attempts.
    func commit(_ transaction: Transaction, attempts: Int) throws(EventLogError) -> CommitReceipt {
        let outcome = CommitOutcome<CommitReceipt>()
        submit(transaction, attempts: attempts, whenDone: outcome.set)
        return try outcome.get()
    }

    func submit(
        _ transaction: Transaction, attempts: Int,
        whenDone: @escaping @Sendable (Result<CommitReceipt, EventLogError>) -> Void
    ) {
        let (writer, thread, id) = (writer, thread, transactionalID)
        let lost = lost(.fatal)
        thread.submit(
            {
                let result = Result { () throws(EventLogError) in
                    try writer.commit(transaction, attempts: attempts)
                }
                return { whenDone(result) }
            },
            whenGivenUp: {
                let closed = EventLogError(.fatal, .closed, "the producer of \"\(id)\" is closed")
                whenDone(.failure(thread.isAskedToEnd ? closed : lost))
            })
    }

    func close() { thread.end() }

    /// What became of the transaction is settled by the next producer of the id.
    private func lost(_ kind: EventLogError.Kind) -> EventLogError {
        EventLogError(
            kind, .timedOut, "librdkafka did not come back from a call for transactional id \"\(transactionalID)\"")
    }
}

/// An outcome that one thread waits for and another one gives.
private final class CommitOutcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, EventLogError>?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func set(_ result: Result<Value, EventLogError>) {
        self.result.withLock { $0 = result }
        isThere.signal()
    }

    func get() throws(EventLogError) -> Value {
        isThere.wait()
        guard let result = result.withLock(\.self) else {
            throw EventLogError(.fatal, .inputOutput, "a commit ended without an outcome")
        }
        return try result.get()
    }
}
