import Engine
import JSON

extension Operations {
    @Sendable static func sendTaskSuccess(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let token = try request.string("taskToken", 1...2_048)
        let output = try request.string("output", 0...services.limits.payloadBytesMax)
        try request.check()
        do {
            _ = try JSONParser.parse(output)
        } catch {
            throw APIError("InvalidOutput", "Invalid Output: '\(error.message)'")
        }
        return try await report(.succeeded(output: output), token, services)
    }

    @Sendable static func sendTaskFailure(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let token = try request.string("taskToken", 1...2_048)
        let error = try request.optionalString("error", 0...256)
        let cause = try request.optionalString("cause", 0...32_768)
        try request.check()
        return try await report(.failed(error: error, cause: cause), token, services)
    }

    @Sendable static func sendTaskHeartbeat(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let token = try request.string("taskToken", 1...2_048)
        try request.check()
        return try await report(.heartbeat, token, services)
    }

    /// A token names its task by itself; the engine says whether the task still waits.
    private static func report(
        _ report: TaskReport, _ token: String, _ services: APIServices
    ) async throws -> JSONObject {
        guard let task = TaskToken.parse(token, key: services.tokenKey) else { throw APIError.invalidToken }
        try await services.perform(
            CommandRecord(executionArn: task.executionArn, command: .reportTask(taskID: task.taskID, report)))
        return [:]
    }
}
