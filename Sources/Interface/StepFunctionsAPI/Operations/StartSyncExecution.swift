import JSON
import ReadModel

extension Operations {
    /// AWS ends Express executions after five minutes.
    private static let durationMax = Duration.seconds(300)

    /// Answers when the Express execution has ended, whichever way.
    @Sendable static func startSyncExecution(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let included = try request.optionalEnumeration("includedData", ["ALL_DATA", "METADATA_ONLY"])
        let (arn, _) = try await ExecutionStarter(&request, services).start(isSync: true)
        try await services.readModel.catchUp(with: arn)
        guard let started = try services.readModel.execution(arn) else { throw APIError.executionDoesNotExist(arn) }
        let ended = try await services.readModel.waitForEnd(of: started.arn, timeout: durationMax)
        let execution: ExecutionSummaryFields
        if let ended {
            execution = ExecutionSummaryFields(ended)
        } else {
            try await services.perform(.stop(started.arn))
            execution = ExecutionSummaryFields(timedOut: started, at: services.now())
        }
        let milliseconds = max(execution.stoppedAt - started.startedAt, 1)
        var answer: JSONObject = [
            "executionArn": .string(started.arn), "stateMachineArn": .string(started.stateMachineArn),
            "name": .string(started.name), "startDate": timestamp(started.startedAt),
            "stopDate": timestamp(execution.stoppedAt), "status": .string(execution.status),
            "billingDetails": [
                "billedMemoryUsedInMB": 64, "billedDurationInMilliseconds": .integer((milliseconds + 99) / 100 * 100),
            ],
        ]
        answer["error"] = execution.error.map { .string($0) }
        answer["cause"] = execution.cause.map { .string($0) }
        answer["traceHeader"] = started.traceHeader.map { .string($0) }
        let isIncluded = included != "METADATA_ONLY"
        answer["inputDetails"] = ["included": .bool(isIncluded)]
        answer["outputDetails"] = ["included": .bool(isIncluded)]
        if isIncluded {
            answer["input"] = .string(started.input)
            answer["output"] = execution.output.map { .string($0) }
        }
        return answer
    }
}
