import Engine
import EventLog

extension PartitionState {
    /// Goes on with an execution that has ended.
    /// - Returns: the sequence of its last event, and the time of the redrive.
    mutating func redriveExecution(
        _ arn: String, _ clientToken: String?, _ moment: Moment, _ offset: Int64
    ) throws(Rejection) -> (sequence: Int64, time: Int64) {
        let execution: Execution
        if let entry = open[arn] {
            execution = entry.execution
        } else if let mark = closed.mark(arn, at: moment.time) {
            guard mark.isKept else { throw .executionNotRedrivable(.succeeded) }
            execution = try closedExecution(arn)
        } else {
            throw .executionDoesNotExist(arn: arn)
        }
        let entry = open[arn] ?? ExecutionEntry(execution)
        var decider = decider(entry, moment, .command(offset: offset))
        let time = try decider.redriveExecution(clientToken: clientToken)
        if !decider.events.isEmpty {
            reopen(entry)
            collect(decider, entry)
        }
        return (execution.sequence, time)
    }

    private func closedExecution(_ arn: String) throws(Rejection) -> Execution {
        do {
            return try closedExecution(arn, before: .max)
        } catch {
            throw .unavailable(message: "The execution \(arn) can't be read from the log: \(error)")
        }
    }

    /// The state of a closed execution: kept, or folded again from the log.
    /// - Parameter sequence: of the first event that is not to be folded.
    func closedExecution(_ arn: String, before sequence: Int64) throws -> Execution {
        if let kept = closed.state(arn) { return kept }
        var found: Execution?
        let key = Array(arn.utf8)
        let start = closed.mark(arn, at: lastTime).map { ReadPosition.time($0.startedAt) } ?? .beginning
        var decoder = EventDecoder()
        try log.readToEnd(events, from: start) { record in
            guard record.key.map({ $0.elementsEqual(key) }) == true else { return }
            let (_, event) = try decoder.next(record.valueSpan)
            guard event.sequence < sequence else { return }
            if case .executionStarted(let started) = event.detail {
                guard let machine = try definitions.machine(hash: started.start.definitionHash) else {
                    throw RecoveryError.unknownDefinition(executionArn: arn, hash: started.start.definitionHash)
                }
                found = Execution(start: started.start, machine: machine)
            }
            try found?.evolve(event)
        }
        guard let found else { throw RecoveryError.missingStart(executionArn: arn, sequence: sequence) }
        return found
    }
}
