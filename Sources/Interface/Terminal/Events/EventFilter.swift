/// Which records of `events` somebody wants to see. What is empty or nil lets all through.
public struct EventFilter: Sendable {
    /// Names or ARNs of state machines.
    public var stateMachines: [String]
    /// Types, as records name them; a `*` at the end stands for anything.
    public var types: [String]
    /// `MACHINE/NAME`, or an execution's ARN.
    public var execution: String?

    public init(stateMachines: [String] = [], types: [String] = [], execution: String? = nil) {
        self.stateMachines = stateMachines
        self.types = types
        self.execution = execution
    }

    /// - Parameters:
    ///   - arn: the record's key: of an execution, a state machine or an activity.
    ///   - type: AWS's HistoryEventType, `steplog.internal.…` or one of the registry's.
    public func matches(arn: String, type: String) -> Bool {
        guard types.isEmpty || types.contains(where: { Self.fits(type, $0) }) else { return false }
        if stateMachines.isEmpty, execution == nil { return true }
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 7 else { return false }
        let machine = parts[6]
        if let execution, execution != arn {
            guard parts.count >= 8, execution == "\(machine)/\(parts[7])" else { return false }
        }
        return stateMachines.isEmpty
            || stateMachines.contains { wanted in
                wanted == machine || wanted == arn
                    || wanted == "\(parts[..<5].joined(separator: ":")):stateMachine:\(machine)"
            }
    }

    private static func fits(_ type: String, _ wanted: String) -> Bool {
        wanted.hasSuffix("*") ? type.hasPrefix(wanted.dropLast()) : type == wanted
    }
}
