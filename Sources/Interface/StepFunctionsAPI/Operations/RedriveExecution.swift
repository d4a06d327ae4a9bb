import Engine
import JSON
import ReadModel

extension Operations {
    /// Goes on with an execution that did not succeed, where it stopped, under the definition it was started with.
    @Sendable static func redriveExecution(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let arn = try request.string("executionArn", 1...256)
        let token = try request.optionalString("clientToken", 1...64)
        if let token, !token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            request.violate("clientToken", token, "satisfy regular expression pattern: [!-~]+")
        }
        try request.check()
        let execution = try await services.execution(arn)
        if try await services.isDeleted(machineOf: execution) {
            throw APIError("ExecutionNotRedrivable", RedriveRefusal.stateMachineDeleting.rawValue)
        }
        let command = CommandRecord(executionArn: arn, command: .redriveExecution(clientToken: token))
        return ["redriveDate": timestamp(try await services.perform(command).time)]
    }
}

extension APIServices {
    /// Why the execution can't be redriven; nil when it can.
    func redriveRefusal(of execution: ExecutionSummary) async throws -> RedriveRefusal? {
        guard let status = Execution.Status(rawValue: execution.status) else { return nil }
        let refusal = RedriveRefusal(
            status: status, startedAt: execution.startedAt, stoppedAt: execution.stoppedAt,
            lastEventID: limits.historyEventsMax == nil ? 0 : try readModel.lastEventID(of: execution.arn),
            now: now(), limits: limits)
        if let refusal { return refusal }
        return try await isDeleted(machineOf: execution) ? .stateMachineDeleting : nil
    }

    fileprivate func isDeleted(machineOf execution: ExecutionSummary) async throws -> Bool {
        try await readModel.catchUp(with: execution.stateMachineArn)
        return readModel.registry.machines[execution.stateMachineArn] == nil
    }
}
