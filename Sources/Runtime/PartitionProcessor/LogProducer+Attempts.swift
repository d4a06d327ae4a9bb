public import EventLog

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
                guard error.kind == .retriable || error.kind == .abortable, error.code != .notOwner, attemptsLeft > 0
                else { throw error }
                attemptsLeft -= 1
            }
        }
    }
}
