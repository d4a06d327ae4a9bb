import StatesLanguage

extension EventDetail {
    /// AWS's HistoryEventType, or `steplog.internal.…` for what AWS does not show.
    public var typeName: String {
        switch self {
        case .executionStarted: "ExecutionStarted"
        case .executionSucceeded: "ExecutionSucceeded"
        case .executionFailed: "ExecutionFailed"
        case .executionTimedOut: "ExecutionTimedOut"
        case .executionAborted: "ExecutionAborted"
        case .executionRedriven: "ExecutionRedriven"
        case .stateEntered(let type, _, _): type.enteredEventName
        case .stateExited(let type, _): type.exitedEventName
        case .stateAborted(let type): type.rawValue + "StateAborted"
        case .evaluationFailed: "EvaluationFailed"
        case .taskScheduled(let scheduled): scheduled.flavor.eventName("Scheduled")
        case .taskStarted(let flavor, _): flavor.eventName("Started")
        case .taskSubmitted(let flavor, _): flavor.eventName("Submitted")
        case .taskSucceeded(let flavor, _): flavor.eventName("Succeeded")
        case .taskFailed(let flavor, _, _): flavor.eventName("Failed")
        case .taskTimedOut(let flavor, _, _): flavor.eventName("TimedOut")
        case .parallelStateStarted: "ParallelStateStarted"
        case .parallelStateSucceeded: "ParallelStateSucceeded"
        case .parallelStateFailed: "ParallelStateFailed"
        case .mapStateStarted: "MapStateStarted"
        case .mapStateSucceeded: "MapStateSucceeded"
        case .mapStateFailed: "MapStateFailed"
        case .mapIterationStarted: "MapIterationStarted"
        case .mapIterationSucceeded: "MapIterationSucceeded"
        case .mapIterationFailed: "MapIterationFailed"
        case .mapIterationAborted: "MapIterationAborted"
        case .timerStarted: "steplog.internal.timerStarted"
        case .retryScheduled: "steplog.internal.retryScheduled"
        case .heartbeatRecorded: "steplog.internal.heartbeatRecorded"
        case .decisionYielded: "steplog.internal.decisionYielded"
        }
    }
}

extension StateType {
    /// `PassStateEntered` and its kin; constants, since every state has one.
    var enteredEventName: String {
        switch self {
        case .task: "TaskStateEntered"
        case .wait: "WaitStateEntered"
        case .pass: "PassStateEntered"
        case .succeed: "SucceedStateEntered"
        case .fail: "FailStateEntered"
        case .choice: "ChoiceStateEntered"
        case .parallel: "ParallelStateEntered"
        case .map: "MapStateEntered"
        }
    }

    /// There is no FailStateExited.
    var exitedEventName: String {
        switch self {
        case .task: "TaskStateExited"
        case .wait: "WaitStateExited"
        case .pass: "PassStateExited"
        case .succeed: "SucceedStateExited"
        case .fail: "FailStateExited"
        case .choice: "ChoiceStateExited"
        case .parallel: "ParallelStateExited"
        case .map: "MapStateExited"
        }
    }
}

extension TaskFlavor {
    func eventName(_ phase: String) -> String {
        switch self {
        case .lambdaFunction: "LambdaFunction" + phase
        case .activity: "Activity" + phase
        case .service: "Task" + phase
        }
    }

    /// The name of the member that holds the details: `taskScheduledEventDetails`.
    func detailsName(_ phase: String) -> String {
        switch self {
        case .lambdaFunction: "lambdaFunction" + phase + "EventDetails"
        case .activity: "activity" + phase + "EventDetails"
        case .service: "task" + phase + "EventDetails"
        }
    }
}
