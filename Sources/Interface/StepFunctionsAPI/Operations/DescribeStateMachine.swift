import Engine
import JSON

extension Operations {
    /// Of a machine, or of one of its versions: then the ARN and the description are the version's.
    @Sendable static func describeStateMachine(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let text = try request.string("stateMachineArn", 1...256)
        let included = try request.optionalEnumeration("includedData", ["ALL_DATA", "METADATA_ONLY"])
        try request.check()
        let reference = try MachineReference(text)
        let machine = try await services.machine(reference.machineArn, askedAs: text)
        var answer: JSONObject = ["stateMachineArn": .string(text), "name": .string(machine.name), "status": "ACTIVE"]
        let settings: MachineSettings
        switch reference.qualifier {
        case nil:
            settings = machine.settings
            answer["creationDate"] = timestamp(machine.createdAt)
            answer["revisionId"] = machine.revisionID.map { .string($0) }
        case .version(let number):
            guard let version = machine.version(number) else { throw APIError.machineDoesNotExist(text) }
            settings = version.settings
            answer["creationDate"] = timestamp(version.createdAt)
            answer["description"] = version.description.map { .string($0) }
            answer["revisionId"] = version.revisionName == "INITIAL" ? nil : .string(version.revisionName)
        case .alias: throw APIError.machineDoesNotExist(text)
        }
        answer["type"] = .string(machine.type)
        for member in settings.members { answer[member.key] = member.value }
        answer["variableReferences"] = MachineSettingsReader.variableReferences(settings.definition)
        if included == "METADATA_ONLY" {
            answer["definition"] = "{}"
            answer["variableReferences"] = nil
        }
        return answer
    }
}
