import Engine
import JSON
import ReadModel

extension Operations {
    /// Takes versions and aliases with it, and ends what still runs. A machine that is not there is deleted already.
    @Sendable static func deleteStateMachine(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let text = try request.string("stateMachineArn", 1...256)
        try request.check()
        let arn = try MachineReference(text).machineArn
        try await services.perform(RegistryCommand(arn: arn, action: .deleteStateMachine))
        try await services.readModel.catchUp()
        while true {
            let running = try services.readModel.executions(.init(machine: arn, status: "RUNNING"), limit: 1_000)
            for execution in running {
                try await services.perform(
                    CommandRecord(executionArn: execution.arn, command: .stopExecution(error: nil, cause: nil)))
            }
            if running.count < 1_000 { return [:] }
        }
    }
}
