import JSON
import StatesLanguage

/// The types of events by their names on the log: AWS's HistoryEventType, or `steplog.internal.…` for what AWS does not show.
enum EventType: Sendable {
    case executionStarted, executionSucceeded, executionFailed, executionTimedOut, executionAborted, executionRedriven
    case stateEntered(StateType)
    case stateExited(StateType)
    case stateAborted(StateType)
    case evaluationFailed
    case task(TaskFamily, TaskPhase)
    case parallelStateStarted, parallelStateSucceeded, parallelStateFailed
    case mapStateStarted, mapStateSucceeded, mapStateFailed
    case mapIterationStarted, mapIterationSucceeded, mapIterationFailed, mapIterationAborted
    case timerStarted, retryScheduled, heartbeatRecorded, decisionYielded

    enum TaskFamily: String, Sendable, CaseIterable {
        case lambdaFunction = "LambdaFunction"
        case activity = "Activity"
        case service = "Task"
    }

    enum TaskPhase: String, Sendable, CaseIterable {
        case scheduled = "Scheduled"
        case started = "Started"
        case submitted = "Submitted"
        case succeeded = "Succeeded"
        case failed = "Failed"
        case timedOut = "TimedOut"
    }

    /// - Returns: nil for what is no type of event that this release knows.
    init?(_ name: Span<UInt8>) {
        guard let candidate = Self.candidates[Self.hash(of: name)], candidate.name.count == name.count else {
            return nil
        }
        for offset in name.indices where candidate.name[offset] != name[offset] { return nil }
        self = candidate.type
    }

    private static let candidates: [UInt64: (name: [UInt8], type: EventType)] = {
        var types = fixed
        for state in StateType.allCases {
            types.append((state.enteredEventName, .stateEntered(state)))
            types.append((state.exitedEventName, .stateExited(state)))
            types.append((state.rawValue + "StateAborted", .stateAborted(state)))
        }
        for family in TaskFamily.allCases {
            for phase in TaskPhase.allCases { types.append((family.rawValue + phase.rawValue, .task(family, phase))) }
        }
        var candidates: [UInt64: (name: [UInt8], type: EventType)] = [:]
        for (name, type) in types {
            let bytes = Array(name.utf8)
            candidates[hash(of: bytes.span)] = (bytes, type)
        }
        return candidates
    }()

    private static let fixed: [(String, EventType)] = [
        ("ExecutionStarted", .executionStarted), ("ExecutionSucceeded", .executionSucceeded),
        ("ExecutionFailed", .executionFailed), ("ExecutionTimedOut", .executionTimedOut),
        ("ExecutionAborted", .executionAborted), ("ExecutionRedriven", .executionRedriven),
        ("EvaluationFailed", .evaluationFailed), ("ParallelStateStarted", .parallelStateStarted),
        ("ParallelStateSucceeded", .parallelStateSucceeded), ("ParallelStateFailed", .parallelStateFailed),
        ("MapStateStarted", .mapStateStarted), ("MapStateSucceeded", .mapStateSucceeded),
        ("MapStateFailed", .mapStateFailed), ("MapIterationStarted", .mapIterationStarted),
        ("MapIterationSucceeded", .mapIterationSucceeded), ("MapIterationFailed", .mapIterationFailed),
        ("MapIterationAborted", .mapIterationAborted), ("steplog.internal.timerStarted", .timerStarted),
        ("steplog.internal.retryScheduled", .retryScheduled),
        ("steplog.internal.heartbeatRecorded", .heartbeatRecorded),
        ("steplog.internal.decisionYielded", .decisionYielded),
    ]

    /// FNV-1a of 64 bits; that no two names share one is seen by the test that reads every type.
    /// Source: draft-eastlake-fnv-34 § 5.
    private static func hash(of name: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for offset in name.indices { hash = (hash ^ UInt64(name[offset])) &* 0x0000_0100_0000_01B3 }
        return hash
    }
}

extension EventType.TaskFamily {
    /// The name of the member that holds a task event's details.
    func detailsName(_ phase: EventType.TaskPhase) -> StaticString {
        switch (self, phase) {
        case (.lambdaFunction, .scheduled): "lambdaFunctionScheduledEventDetails"
        case (.lambdaFunction, .started): "lambdaFunctionStartedEventDetails"
        case (.lambdaFunction, .submitted): "lambdaFunctionSubmittedEventDetails"
        case (.lambdaFunction, .succeeded): "lambdaFunctionSucceededEventDetails"
        case (.lambdaFunction, .failed): "lambdaFunctionFailedEventDetails"
        case (.lambdaFunction, .timedOut): "lambdaFunctionTimedOutEventDetails"
        case (.activity, .scheduled): "activityScheduledEventDetails"
        case (.activity, .started): "activityStartedEventDetails"
        case (.activity, .submitted): "activitySubmittedEventDetails"
        case (.activity, .succeeded): "activitySucceededEventDetails"
        case (.activity, .failed): "activityFailedEventDetails"
        case (.activity, .timedOut): "activityTimedOutEventDetails"
        case (.service, .scheduled): "taskScheduledEventDetails"
        case (.service, .started): "taskStartedEventDetails"
        case (.service, .submitted): "taskSubmittedEventDetails"
        case (.service, .succeeded): "taskSucceededEventDetails"
        case (.service, .failed): "taskFailedEventDetails"
        case (.service, .timedOut): "taskTimedOutEventDetails"
        }
    }
}
