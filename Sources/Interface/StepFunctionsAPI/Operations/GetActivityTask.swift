import CommandGateway
import Engine
import JSON
import ReadModel
import ServiceLifecycle

extension Operations {
    /// How long a poll waits: shorter than the time after which boto3 gives up on an answer. Source: surface § 1.4.
    private static let pollDuration = Duration.seconds(55)
    /// How long the engine may take to decide a claim. It is shorter than the API waits for a decision, so a claim that is
    /// accepted is answered; one that the engine meets later is refused, and the task stays for others.
    private static let claimMilliseconds: Int64 = 10_000

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
            guard let task = try await nextTask(arn, until: deadline, services) else { continue }
            guard request.isConnected() else {
                services.readModel.giveBack(task)
                break
            }
            guard try await claim(task, workerName, services) else { continue }
            return ["taskToken": .string(task.taskToken), "input": .string(task.input)]
        }
        return [:]
    }

    private static func nextTask(
        _ arn: String, until deadline: ContinuousClock.Instant, _ services: APIServices
    ) async throws -> WaitingActivityTask? {
        let poll = ActivityPoll(until: deadline)
        return try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await services.readModel.activityTask(of: arn, poll)
            } onGracefulShutdown: {
                poll.end()
            }
        } onCancel: {
            poll.end()
        }
    }

    /// - Returns: false when another worker has the task, or it was given up since it was scheduled.
    private static func claim(
        _ task: WaitingActivityTask, _ workerName: String?, _ services: APIServices
    ) async throws -> Bool {
        let report = TaskReport.claimed(workerName: workerName, deadline: services.now() + claimMilliseconds)
        do {
            let outcome = try await services.gateway.send(
                CommandRecord(executionArn: task.executionArn, command: .reportTask(taskID: task.taskID, report)))
            if case .accepted = outcome { return true }
            return false
        } catch {
            services.readModel.giveBack(task)
            throw error
        }
    }
}
