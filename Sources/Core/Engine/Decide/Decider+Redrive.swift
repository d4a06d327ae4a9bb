import StatesLanguage

extension Decider {
    /// Goes on with an execution that ended unsuccessfully: ExecutionRedriven, then what every interrupted state does next.
    ///
    /// A request with the token of an earlier one of the last minutes does nothing anew.
    /// - Returns: the time of the redrive, in epoch milliseconds.
    /// - Throws: `Rejection.executionNotRedrivable`.
    /// Source: surface § 7.
    public mutating func redriveExecution(clientToken: String?) throws(Rejection) -> Int64 {
        if let clientToken, let earlier = execution.redriveTime(token: clientToken, at: moment.time) { return earlier }
        let refusal = RedriveRefusal(
            status: execution.status, startedAt: execution.startedAt, stoppedAt: execution.stoppedAt,
            lastEventID: execution.lastEventID, now: moment.time, limits: settings.limits)
        if let refusal { throw .executionNotRedrivable(refusal) }
        let deadline = execution.machine.timeoutSeconds.map { moment.time + $0 * 1_000 }
        let redriven = ExecutionRedriven(
            redriveCount: execution.redriveCount + 1, clientToken: clientToken, deadline: deadline)
        _ = append(.executionRedriven(redriven), frame: 0, previous: execution.lastEventID)
        hasUnfinishedDecision = true
        run()
        return moment.time
    }
}
