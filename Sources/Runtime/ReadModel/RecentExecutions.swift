/// The executions that were started last, as their rows are: most questions are about them, and are answered without SQLite.
struct RecentExecutions {
    private struct Entry {
        var summary: ExecutionSummary
        /// Of its history.
        var lastEventID: Int64
        var byteCount: Int
    }

    /// What the kept inputs and outputs may take, in bytes.
    private static let byteCountMax = 16 << 20
    private static let countMax = 8_192

    private var entries: [String: Entry] = [:]
    /// ARNs in the order of their starts, from `head` on.
    private var order: [String] = []
    private var head = 0
    private var byteCount = 0

    func summary(_ arn: String) -> ExecutionSummary? { entries[arn]?.summary }

    func lastEventID(_ arn: String) -> Int64? { entries[arn]?.lastEventID }

    /// Takes what a batch has changed in the tables.
    /// - Parameter insertedKey: of the row that was made for it; nil when it was there before.
    mutating func take(_ execution: PendingExecution, insertedKey: Int64?) {
        if let start = execution.start, let insertedKey {
            let summary = ExecutionSummary(
                start.request, startedAt: start.time, place: ExecutionPlace(startedAt: start.time, key: insertedKey))
            if entries.updateValue(Entry(summary: summary, lastEventID: 0, byteCount: 0), forKey: execution.arn) == nil
            {
                order.append(execution.arn)
            }
        }
        guard var entry = entries[execution.arn] else { return }
        entry.summary.take(execution)
        entry.lastEventID = execution.segments.last?.last ?? entry.lastEventID
        byteCount -= entry.byteCount
        entry.byteCount = entry.summary.input.utf8.count + (entry.summary.output?.utf8.count ?? 0)
        byteCount += entry.byteCount
        entries[execution.arn] = entry
        trim()
    }

    /// Forgets all, since rows have been dropped.
    mutating func removeAll() { self = RecentExecutions() }

    private mutating func trim() {
        while entries.count > Self.countMax || byteCount > Self.byteCountMax, head < order.count {
            byteCount -= entries.removeValue(forKey: order[head])?.byteCount ?? 0
            head += 1
        }
        guard head > Self.countMax else { return }
        order.removeFirst(head)
        head = 0
    }
}
