/// Which executions of a log are looked at.
public struct LogSelection: Sendable {
    /// ARNs; nil: all.
    public var executions: Set<String>?
    /// Epoch milliseconds: only those that started then or later.
    public var from: Int64?
    /// Epoch milliseconds: only those that started before.
    public var to: Int64?
    /// A state machine's ARN or name; nil: of all.
    public var machine: String?

    public init(executions: Set<String>? = nil, from: Int64? = nil, to: Int64? = nil, machine: String? = nil) {
        self.executions = executions
        self.from = from
        self.to = to
        self.machine = machine
    }

    /// Whether every execution is looked at.
    var isWhole: Bool { executions == nil && from == nil && to == nil && machine == nil }

    func takes(executionArn: String, machineArn: String, startedAt: Int64) -> Bool {
        if let executions, !executions.contains(executionArn) { return false }
        if let from, startedAt < from { return false }
        if let to, startedAt >= to { return false }
        guard let machine else { return true }
        return machineArn == machine || machineArn.hasSuffix(":stateMachine:" + machine)
    }
}
