import Engine
import JSON
import ReadModel

extension Operations {
    /// The definition that the execution was started with, whatever became of the machine.
    @Sendable static func describeStateMachineForExecution(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let arn = try request.string("executionArn", 1...256)
        let included = try request.optionalEnumeration("includedData", ["ALL_DATA", "METADATA_ONLY"])
        try request.check()
        let execution = try await services.execution(arn)
        let definition = try services.definition(execution.definitionHash) ?? ""
        try await services.readModel.catchUp(with: execution.stateMachineArn)
        let machine = services.readModel.registry.machines[execution.stateMachineArn]
        let settings = machine?.settings.members ?? JSONObject()
        var answer: JSONObject = [
            "stateMachineArn": .string(execution.stateMachineVersionArn ?? execution.stateMachineArn),
            "name": .string(execution.stateMachineArn.split(separator: ":").last.map(String.init) ?? ""),
            "definition": .string(definition), "roleArn": .string(execution.roleArn),
            "updateDate": timestamp(machine?.updatedAt ?? machine?.createdAt ?? execution.startedAt),
        ]
        for name in ["loggingConfiguration", "tracingConfiguration", "encryptionConfiguration"] as [JSONString] {
            answer[name] = settings[name]
        }
        if machine?.settings.definition == definition { answer["revisionId"] = machine?.revisionID.map { .string($0) } }
        answer["variableReferences"] = MachineSettingsReader.variableReferences(definition)
        if included == "METADATA_ONLY" {
            answer["definition"] = "{}"
            answer["variableReferences"] = nil
        }
        return answer
    }
}
