import Engine

/// The executions of a partition that have ended: their names are used up, and those that may be redriven can be had back.
///
/// All leave a mark; the states of the latest ones are kept as well, the others' can be folded again from the log.
struct ClosedExecutions {
    /// How many states are kept once what they were folded from is committed.
    static let keptMax = 256

    var names = ClosedNames()
    private var kept: [String: (execution: Execution, number: Int)] = [:]
    /// ARNs in the order of their ends, with a number for each end; one that has been opened again since stands here still.
    private var order: [(arn: String, number: Int)] = []
    private var lastNumber = 0
    /// What ended up to this number stands in a transaction.
    private var takenNumber = 0

    /// - Parameter time: epoch milliseconds; a name is free again some time after its execution has ended.
    func contains(_ arn: String, at time: Int64) -> Bool { mark(arn, at: time) != nil }

    func mark(_ arn: String, at time: Int64) -> (startedAt: Int64, isKept: Bool)? {
        names.mark(NameHash(arn), at: time)
    }

    /// - Returns: nil when its state is not kept any more.
    func state(_ arn: String) -> Execution? { kept[arn]?.execution }

    mutating func insert(_ execution: Execution) {
        // A redriven one that has succeeded still answers the repeated request.
        let isKept = execution.status != .succeeded || execution.redriveCount > 0
        names.insert(
            ClosedNames.Mark(
                name: NameHash(execution.arn), input: NameHash(execution.start.input).high,
                closingDay: ClosedNames.day(execution.stoppedAt ?? execution.startedAt),
                startedAtSeconds: UInt32(clamping: execution.startedAt / 1_000), isKept: isKept))
        guard isKept else { return }
        lastNumber += 1
        kept[execution.arn] = (execution, lastNumber)
        order.append((execution.arn, lastNumber))
    }

    /// Takes over the names that have come to another one; the states can be had from the log.
    mutating func adopt(_ other: ClosedExecutions) { names.adopt(other.names) }

    /// Forgets the state of an execution that is open again; open ones are asked for first.
    mutating func remove(_ arn: String) { kept[arn] = nil }

    /// All that has ended up to now goes into a transaction.
    mutating func noteTaken() { takenNumber = lastNumber }

    /// Lets go of the oldest states above `keptMax`: of those that can be had from the log, since `noteTaken`'s transaction is committed.
    mutating func trim() {
        guard order.count > Self.keptMax else { return }
        let dropped = order.prefix(order.count - Self.keptMax).prefix { $0.number <= takenNumber }
        for (arn, number) in dropped where kept[arn]?.number == number { kept[arn] = nil }
        order.removeFirst(dropped.count)
    }
}
