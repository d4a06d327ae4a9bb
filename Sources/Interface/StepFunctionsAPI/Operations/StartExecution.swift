import JSON
import ReadModel

extension Operations {
    /// The same name and input again, while the first still runs, is the same execution. Source: surface § 1.3.
    @Sendable static func startExecution(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let execution = try await ExecutionStarter(&request, services).start(isSync: false)
        return ["executionArn": .string(execution.arn), "startDate": timestamp(execution.startedAt)]
    }
}
