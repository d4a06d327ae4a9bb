import CommandGateway
import Engine
import JSON
import ServiceLifecycle

extension Operations {
    /// How long a poll waits: shorter than the time after which boto3 gives up on an answer. Source: surface § 1.4.
    private static let pollDuration = Duration.seconds(55)

    /// Waits for a task. Nothing comes within the time: an answer without a token.
    @Sendable static func getActivityTask(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let arn = try request.string("activityArn", 1...256)
        let workerName = try request.optionalString("workerName", 1...80)
        try request.check()
        _ = try await services.activity(arn)
        let deadline = ContinuousClock.now + pollDuration
        while ContinuousClock.now < deadline, !Task.isCancelled, !Task.isShuttingDownGracefully, request.isConnected() {
            guard let task = services.takeActivityTask(arn) else {
                try await Task.sleep(for: .milliseconds(20))
                continue
            }
            let claim = CommandRecord(
                executionArn: task.executionArn,
                command: .reportTask(taskID: task.taskID, .claimed(workerName: workerName)))
            // The task may have been given up since it was scheduled; then the next one is taken.
            guard case .accepted = try await services.gateway.send(claim), let token = task.taskToken else { continue }
            return ["taskToken": .string(token), "input": .string(task.input)]
        }
        return [:]
    }
}
