import Engine
import StatesLanguage

/// The order rules that every history obeys. Source: surface § 2.
struct HistoryRules {
    private var lastID: Int64 = 0
    private var isClosed = false
    private var openStates: [FrameID: StateType] = [:]
    private var openTasks: [FrameID: Bool] = [:]
    private var openIterations: Set<FrameID> = []
    private var types: [Int64: String] = [:]

    /// - Returns: what is wrong with the event that comes next.
    mutating func take(_ event: Event) -> [String] {
        var problems: [String] = []
        let place = "event \(event.sequence) (\(event.detail.typeName))"
        if event.detail.isInternal != (event.id == 0) { problems.append("\(place) has id \(event.id)") }
        if isClosed {
            if case .executionRedriven = event.detail {
                isClosed = false
            } else {
                problems.append("\(place) comes after the end")
            }
        }
        if event.id != 0 {
            if event.id != lastID + 1 { problems.append("\(place) has id \(event.id) after \(lastID)") }
            if event.previousEventID >= event.id { problems.append("\(place) names \(event.previousEventID)") }
            lastID = event.id
            types[event.id] = event.detail.typeName
        }
        problems += order(event).map { "\(place) \($0)" }
        return problems
    }

    private mutating func order(_ event: Event) -> [String] {
        let frame = event.frame
        switch event.detail {
        case .executionStarted: return event.sequence == 1 && event.id == 1 ? [] : ["is not the first"]
        case .executionAborted, .executionTimedOut:
            isClosed = true
            openTasks = [:]
            return event.previousEventID == 0 ? [] : ["names \(event.previousEventID) instead of 0"]
        case .executionSucceeded, .executionFailed:
            isClosed = true
            openTasks = [:]
            return []
        case .executionRedriven: return []
        case .stateEntered(let type, _, _):
            defer { openStates[frame] = type }
            return frame == 0 && event.id == 2 && event.previousEventID != 0 ? ["does not name 0"] : []
        case .stateExited(let type, _):
            defer { openStates[frame] = nil }
            if type == .fail { return ["never exists"] }
            return openStates[frame] == type ? [] : ["leaves a state that was not entered"]
        case .taskScheduled:
            defer { openTasks[frame] = false }
            return openTasks[frame] == nil ? [] : ["comes while another attempt runs"]
        case .taskStarted:
            defer { openTasks[frame] = true }
            return openTasks[frame] == false ? [] : ["comes twice or without Scheduled"]
        case .taskSubmitted: return openTasks[frame] == true ? [] : ["comes before Started"]
        case .taskSucceeded, .taskFailed:
            defer { openTasks[frame] = nil }
            return openTasks[frame] == true ? [] : ["comes before Started, or twice"]
        case .taskTimedOut:
            defer { openTasks[frame] = nil }
            return openTasks[frame] != nil ? [] : ["comes without Scheduled"]
        case .mapIterationStarted:
            openIterations.insert(frame)
            let before = types[event.previousEventID] ?? "nothing"
            return before == "ExecutionStarted" ? ["names \(before)"] : []
        case .mapIterationSucceeded, .mapIterationFailed, .mapIterationAborted:
            openTasks[frame] = nil
            return openIterations.remove(frame) != nil ? [] : ["ends an iteration that does not run"]
        case .stateAborted:
            openTasks[frame] = nil
            return []
        case .evaluationFailed, .parallelStateStarted, .parallelStateSucceeded, .parallelStateFailed, .mapStateStarted,
            .mapStateSucceeded, .mapStateFailed, .timerStarted, .retryScheduled, .heartbeatRecorded, .decisionYielded:
            return []
        }
    }
}
