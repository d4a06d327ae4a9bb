public import Engine
import EventLog
import PartitionProcessor

/// Folds a log's events into the executions as they are, or were at some moment.
///
/// An execution that can't be folded is set aside with the reason; the others go on.
public struct LogFold {
    /// How far to fold.
    public enum Limit: Sendable {
        case whole
        /// Up to and with the event of this sequence.
        case sequence(Int64)
        /// Up to and with the event of this id, as histories show it, and what AWS does not show behind it.
        case event(Int64)
        /// Everything that happened until then; epoch milliseconds.
        case time(Int64)
    }

    /// Those that could be folded and are open, or all with `keepsClosed`.
    public private(set) var executions: [String: Execution] = [:]
    /// ARNs in the order of their starts, of all.
    public private(set) var order: [String] = []
    public private(set) var damage: [LogDamage] = []
    public private(set) var eventCount = 0
    /// How many executions have which status.
    public private(set) var statuses: [Execution.Status: Int] = [:]

    private var damaged: Set<String> = []
    /// Executions that were folded as far as is asked for.
    private var passed: Set<String> = []
    private let keepsClosed: Bool
    private let limit: Limit

    /// - Parameter keepsClosed: false to keep of closed executions only what a redrive needs.
    /// - Throws: `EventLogError`.
    public init(
        _ scan: EventScan, _ selection: LogSelection = LogSelection(), until limit: Limit = .whole,
        keepsClosed: Bool = true
    ) throws {
        self.keepsClosed = keepsClosed
        self.limit = limit
        let definitions = DefinitionStore(log: scan.log, names: scan.names)
        let unreadable = try scan.run(selection) { found in try take(found, definitions) }
        damage = unreadable + damage.filter { later in !unreadable.contains { $0.executionArn == later.executionArn } }
        // What a damaged record told is missing: its execution is not what the rest makes of it.
        for case let arn? in damage.map(\.executionArn) { executions[arn] = nil }
        for execution in executions.values { statuses[execution.status, default: 0] += 1 }
        order.removeAll { executions[$0] == nil }
    }

    private mutating func take(_ found: EventScan.Found, _ definitions: DefinitionStore) throws {
        if passed.contains(found.executionArn) { return }
        if isBeyond(found.event) {
            passed.insert(found.executionArn)
            return
        }
        eventCount += 1
        let arn = found.executionArn
        if let execution = executions[arn] {
            return fold(found, into: execution)
        }
        guard !damaged.contains(arn) else { return }
        guard case .executionStarted(let started) = found.event.detail else {
            return setAside(
                found, "The log has event \(found.event.sequence) of the execution, but not what came before it.")
        }
        let hash = started.start.definitionHash
        guard let machine = try definitions.machine(hash: hash) else {
            return setAside(found, "The definition \(hash) is not on the log, or does not compile.")
        }
        let execution = Execution(start: started.start, machine: machine)
        executions[arn] = execution
        order.append(arn)
        fold(found, into: execution)
    }

    private func isBeyond(_ event: Event) -> Bool {
        switch limit {
        case .whole: false
        case .sequence(let sequence): event.sequence > sequence
        case .event(let id): event.id > id
        case .time(let time): event.timestamp > time
        }
    }

    private mutating func fold(_ found: EventScan.Found, into execution: Execution) {
        do throws(FoldError) {
            try execution.evolve(found.event)
        } catch {
            return setAside(found, "Event \(error.sequence) can't follow: \(error.message).")
        }
        guard !keepsClosed, execution.isClosed, execution.status == .succeeded else { return }
        // Nothing comes behind a success.
        executions[found.executionArn] = nil
        statuses[.succeeded, default: 0] += 1
    }

    private mutating func setAside(_ found: EventScan.Found, _ reason: String) {
        damaged.insert(found.executionArn)
        executions[found.executionArn] = nil
        damage.append(
            LogDamage(
                executionArn: found.executionArn, partition: found.partition, offset: found.offset, reason: reason))
    }
}
