/// One state of a machine, compiled.
public final class State: Sendable {
    public let name: String
    public let comment: String?
    public let queryLanguage: QueryLanguage
    public let kind: Kind

    public enum Kind: Sendable {
        case pass(PassState)
        case task(TaskState)
        case choice(ChoiceState)
        case wait(WaitState)
        case succeed(SucceedState)
        case fail(FailState)
        case parallel(ParallelState)
        case map(MapState)
    }

    public init(name: String, comment: String?, queryLanguage: QueryLanguage, kind: Kind) {
        self.name = name
        self.comment = comment
        self.queryLanguage = queryLanguage
        self.kind = kind
    }

    public var type: StateType {
        switch kind {
        case .pass: .pass
        case .task: .task
        case .choice: .choice
        case .wait: .wait
        case .succeed: .succeed
        case .fail: .fail
        case .parallel: .parallel
        case .map: .map
        }
    }
}

/// The value of a state's `Type`; its raw value starts the names of the state's events (`PassStateEntered`).
public enum StateType: String, Sendable, CaseIterable {
    case task = "Task"
    case wait = "Wait"
    case pass = "Pass"
    case succeed = "Succeed"
    case fail = "Fail"
    case choice = "Choice"
    case parallel = "Parallel"
    case map = "Map"
}

/// Where a state leads.
public enum Transition: Sendable, Equatable {
    case next(StateID)
    case end
}
