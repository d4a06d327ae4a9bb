/// The one live producer of a transactional id.
public protocol LogProducer: AnyObject, Sendable {
    var transactionalID: String { get }

    /// Writes all of `transaction` or nothing. Nothing of it is visible before this returns; when it has returned, all of it is.
    /// - Throws: kinds `retriable` and `abortable` (nothing was written; the same transaction may be committed again),
    ///   `fenced` (nothing was written, and nothing ever will be by this producer), and `fatal` (outcome unknown:
    ///   open a new producer with the same id, which settles it, then read).
    func commit(_ transaction: Transaction) throws(EventLogError) -> CommitReceipt

    /// Commits without making the caller wait where commits take long: the next transaction can be made meanwhile, but it is
    /// submitted only when the outcome of this one is known.
    /// - Parameters:
    ///   - attempts: as of `commit(_:attempts:)`.
    ///   - whenDone: gets what `commit(_:attempts:)` returns or throws, once; on any thread, also before this returns.
    func submit(
        _ transaction: Transaction, attempts: Int,
        whenDone: @escaping @Sendable (Result<CommitReceipt, EventLogError>) -> Void)

    /// Lets go of the producer, and ends a commit that is under way. The transactional id stays fenced against older producers.
    func close()
}

/// A writer of records that need no transaction, such as commands from outside.
public protocol LogAppender: AnyObject, Sendable {
    /// Appends each batch to its partition, once, in order. When this returns all are as durable as the log makes
    /// commits. After an error some partitions may have been written and others not.
    func append(_ batches: [PartitionBatch]) throws(EventLogError) -> CommitReceipt

    /// Lets go of the appender.
    func close()
}
