import Engine

/// The executions of a partition that have ended: their names are used up, and those that may be redriven can be had back.
///
/// All leave a mark; the states of the latest ones are kept as well, the others' can be folded again from the log.
struct ClosedExecutions {
    struct Mark {
        /// Epoch milliseconds: the log has nothing of the execution before.
        var startedAt: Int64
        /// False for one that no redrive can do anything with.
        var isKept: Bool
    }

    /// How many states are kept once what they were folded from is committed.
    static let keptMax = 256

    private var marks: [String: Mark] = [:]
    private var kept: [String: Execution] = [:]
    /// ARNs in the order of their ends; one that has been opened again since stands here still.
    private var order: [String] = []

    func contains(_ arn: String) -> Bool { marks[arn] != nil }

    func mark(_ arn: String) -> Mark? { marks[arn] }

    /// - Returns: nil when its state is not kept any more.
    func state(_ arn: String) -> Execution? { kept[arn] }

    mutating func insert(_ execution: Execution) {
        // A redriven one that has succeeded still answers the repeated request.
        let isKept = execution.status != .succeeded || execution.redriveCount > 0
        marks[execution.arn] = Mark(startedAt: execution.startedAt, isKept: isKept)
        guard isKept else { return }
        kept[execution.arn] = execution
        order.append(execution.arn)
    }

    /// Forgets an execution that is open again.
    mutating func remove(_ arn: String) {
        marks[arn] = nil
        kept[arn] = nil
    }

    /// Lets go of the oldest states above `keptMax`. Only when everything that was decided is committed.
    mutating func trim() {
        guard order.count > Self.keptMax else { return }
        for arn in order.dropLast(Self.keptMax) { kept[arn] = nil }
        order.removeFirst(order.count - Self.keptMax)
    }
}
