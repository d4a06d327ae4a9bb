import Digests
public import Engine

/// Executions of a log that are to be started again, under new names that tell what they come from.
public struct ReprocessPlan {
    public struct Item: Sendable {
        public var start: StartExecution
        public var status: Execution.Status
        /// Epoch milliseconds.
        public var startedAt: Int64
        /// Of the new execution: the same for the same old one and label, so that nothing is started twice.
        public var newName: String
        /// The old execution's ARN, as the new one's trace header carries it.
        public var lineage: String { ReprocessPlan.lineagePrefix + start.executionArn }
    }

    /// In the order of their starts.
    public private(set) var items: [Item] = []
    public let damage: [LogDamage]

    /// Source: StartExecution, `name`.
    private static let nameCharactersMax = 80
    static let lineagePrefix = "Reprocessed="

    /// What a reprocessing has started is left out, unless it is named.
    /// - Parameters:
    ///   - statuses: only executions that have ended so; all that have ended, when empty.
    ///   - label: tells one reprocessing of the same executions from another.
    /// - Throws: `EventLogError`.
    public init(
        _ scan: EventScan, _ selection: LogSelection, statuses: Set<Execution.Status>, label: String
    ) throws {
        let fold = try LogFold(scan, selection)
        damage = fold.damage
        for arn in fold.order {
            guard let execution = fold.executions[arn], execution.isClosed,
                statuses.isEmpty || statuses.contains(execution.status),
                selection.executions != nil || execution.start.traceHeader?.hasPrefix(Self.lineagePrefix) != true
            else { continue }
            items.append(
                Item(
                    start: execution.start, status: execution.status, startedAt: execution.startedAt,
                    newName: Self.newName(execution.start, label)))
        }
        items.sort { ($0.startedAt, $0.start.executionArn) < ($1.startedAt, $1.start.executionArn) }
    }

    /// As much of the old name as there is room for, the label, and a hash of the old ARN.
    private static func newName(_ start: StartExecution, _ label: String) -> String {
        let hash = Digest.hexadecimal(Digest.sha256(Array(start.executionArn.utf8))).prefix(8)
        let end = "-\(label)-\(hash)"
        return start.name.prefix(nameCharactersMax - end.count) + end
    }
}
