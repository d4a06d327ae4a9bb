extension LogProducer {
    /// Commits the same bytes again on an error that left nothing written.
    /// - Parameter attempts: how often at most, from 1.
    /// - Throws: the last error; that of a fenced or failed producer at once, since nobody knows what it left, and
    ///   `notOwner`, since the member's place changes only when it polls.
    @discardableResult
    public func commit(_ transaction: Transaction, attempts: Int) throws(EventLogError) -> CommitReceipt {
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

    /// Commits before it returns: for logs in the same process, whose commits are short.
    public func submit(
        _ transaction: Transaction, attempts: Int,
        whenDone: @escaping @Sendable (Result<CommitReceipt, EventLogError>) -> Void
    ) {
        whenDone(Result { () throws(EventLogError) in try commit(transaction, attempts: attempts) })
    }
}

extension EventLogError {
    /// Nothing was written, and the same producer may commit the same transaction again at once.
    public var allowsSameCommit: Bool { (kind == .retriable || kind == .abortable) && code != .notOwner }
}
