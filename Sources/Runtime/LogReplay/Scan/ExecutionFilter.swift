import Engine
import EventLog

/// Tells the records of the selected executions: which these are shows with their starts.
struct ExecutionFilter {
    private let selection: LogSelection
    private var taken: Set<String> = []

    init(_ selection: LogSelection) { self.selection = selection }

    /// Whether the record is worth decoding.
    func mayTake(_ arn: String, _ record: Record) -> Bool {
        if selection.isWhole || taken.contains(arn) { return true }
        if let executions = selection.executions, !executions.contains(arn) { return false }
        return record.headers.text("ce_id") == "1"
    }

    /// Whether the execution is known as a selected one.
    func hasTaken(_ arn: String) -> Bool { taken.contains(arn) }

    /// Whether the event is of a selected execution.
    mutating func takes(_ arn: String, _ event: Event) -> Bool {
        if selection.isWhole { return true }
        guard case .executionStarted(let started) = event.detail else { return taken.contains(arn) }
        guard
            selection.takes(
                executionArn: arn, machineArn: started.start.stateMachineArn, startedAt: event.timestamp)
        else { return false }
        taken.insert(arn)
        return true
    }
}
