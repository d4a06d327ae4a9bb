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
        let candidates = Self.candidates
        var slot = Self.slot(of: name)
        while let candidate = candidates[slot] {
            if Self.isSame(candidate.name, name) {
                self = candidate.type
                return
            }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
        return nil
    }

    private static let slotCount = 256

    /// Each where the hash of its name says, or behind it where that was taken.
    private static let candidates: [(name: [UInt8], type: EventType)?] = {
        var types = fixed
        for state in StateType.allCases {
            types.append((state.enteredEventName, .stateEntered(state)))
            types.append((state.exitedEventName, .stateExited(state)))
            types.append((state.rawValue + "StateAborted", .stateAborted(state)))
        }
        for family in TaskFamily.allCases {
            for phase in TaskPhase.allCases { types.append((family.rawValue + phase.rawValue, .task(family, phase))) }
        }
        var candidates: [(name: [UInt8], type: EventType)?] = Array(repeating: nil, count: slotCount)
        for (name, type) in types {
            let bytes = Array(name.utf8)
            var slot = slot(of: bytes.span)
            while candidates[slot] != nil { slot = (slot + 1) & (slotCount - 1) }
            candidates[slot] = (bytes, type)
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

    /// By what tells most names apart: their length and four of their bytes, multiplied as Fibonacci hashing does.
    /// Source: Knuth, The Art of Computer Programming 3, § 6.4.
    private static func slot(of name: Span<UInt8>) -> Int {
        let count = name.count
        guard count >= 4 else { return 0 }
        let (first, second) = (UInt32(name[0]), UInt32(name[3]) << 8)
        let (third, fourth) = (UInt32(name[count / 2]) << 16, UInt32(name[count - 4]) << 24)
        let print = (first | second | third | fourth) ^ UInt32(truncatingIfNeeded: count) &* 0x0100_0193
        return Int((print &* 0x9E37_79B1) >> 24)
    }

    private static func isSame(_ name: [UInt8], _ other: Span<UInt8>) -> Bool {
        guard name.count == other.count else { return false }
        for offset in name.indices where name[offset] != other[offset] { return false }
        return true
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
