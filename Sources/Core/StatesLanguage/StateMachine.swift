/// A state machine's definition, compiled: every name resolved, every path and template parsed. Shared by reference.
///
/// Names of states are unique over the whole machine, nested ones included, so one flat table holds them all.
public final class StateMachine: Sendable {
    public let comment: String?
    public let queryLanguage: QueryLanguage
    /// Of an execution as a whole; nil when it may run for ever.
    public let timeoutSeconds: Int64?
    public let startAt: StateID
    /// Indexed by `StateID`.
    public let states: [State]
    private let idByName: [String: StateID]

    public init(
        comment: String?, queryLanguage: QueryLanguage, timeoutSeconds: Int64?, startAt: StateID, states: [State]
    ) {
        self.comment = comment
        self.queryLanguage = queryLanguage
        self.timeoutSeconds = timeoutSeconds
        self.startAt = startAt
        self.states = states
        var idByName: [String: StateID] = [:]
        for (id, state) in states.enumerated() { idByName[state.name] = id }
        self.idByName = idByName
    }

    /// - Returns: nil for a name that no state has.
    public func stateID(named name: String) -> StateID? { idByName[name] }
}

/// The position of a state in `StateMachine.states`.
public typealias StateID = Int

/// Which language the expressions of a state are written in.
public enum QueryLanguage: String, Sendable {
    case jsonPath = "JSONPath"
    case jsonata = "JSONata"
}
