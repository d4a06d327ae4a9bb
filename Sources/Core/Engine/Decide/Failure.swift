/// Reserved error names. Source: States Language § Errors; surface § 3.
public enum ErrorName {
    public static let all = "States.ALL"
    public static let timeout = "States.Timeout"
    public static let heartbeatTimeout = "States.HeartbeatTimeout"
    public static let taskFailed = "States.TaskFailed"
    public static let branchFailed = "States.BranchFailed"
    public static let runtime = "States.Runtime"
    public static let dataLimitExceeded = "States.DataLimitExceeded"
    public static let queryEvaluationError = "States.QueryEvaluationError"
    public static let noChoiceMatched = "States.NoChoiceMatched"
    public static let exceedToleratedFailureThreshold = "States.ExceedToleratedFailureThreshold"
    public static let itemReaderFailed = "States.ItemReaderFailed"
}

/// An error on its way outwards: from a state to its retriers and catchers, then to the state around it.
struct Failure {
    /// nil for a Fail state without Error, or SendTaskFailure without error.
    var name: String?
    var cause: String?
    /// Further names that retriers and catchers may know it by.
    var aliases: [String] = []
    /// The event in which it began, when that was in a branch or iteration of the state it has reached.
    var innerEventID: Int64?

    /// True when an `ErrorEquals` list covers this failure.
    func matches(_ errorEquals: [String]) -> Bool {
        if name == ErrorName.runtime { return false }
        for candidate in errorEquals {
            if candidate == ErrorName.all { return true }
            if candidate == ErrorName.taskFailed, name != ErrorName.timeout { return true }
            if candidate == name || aliases.contains(candidate) { return true }
        }
        return false
    }
}
