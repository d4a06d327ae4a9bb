import Engine
import JSON
import ReadModel

extension Operations {
    /// On an execution that has ended: its own end.
    @Sendable static func stopExecution(_ request: inout APIRequest, _ services: APIServices) async throws -> JSONObject
    {
        let arn = try request.string("executionArn", 1...256)
        let error = try request.optionalString("error", 0...256)
        let cause = try request.optionalString("cause", 0...32_768)
        try request.check()
        _ = try await services.execution(arn)
        let outcome = try await services.perform(.stop(arn, error: error, cause: cause))
        let execution = try await services.execution(arn)
        return ["stopDate": timestamp(execution.stoppedAt ?? outcome.time)]
    }
}
