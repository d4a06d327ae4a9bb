import Engine
import JSON

extension Operations {
    /// Running executions keep what they were started with.
    @Sendable static func updateStateMachine(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let text = try request.string("stateMachineArn", 1...256)
        let definition = try request.optionalString("definition", 1...1_048_576)
        let roleArn = try request.optionalString("roleArn", 1...256)
        let description = try request.optionalString("versionDescription", 0...256)
        let publishes = try request.boolean("publish")
        var changes = try MachineSettingsReader.configurations(&request)
        try request.check()
        let reference = try MachineReference(text)
        guard definition != nil || roleArn != nil || !changes.isEmpty else {
            throw APIError(
                "MissingRequiredParameter",
                "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified"
            )
        }
        if description != nil && !publishes {
            throw APIError.validation("Version description can only be set when publish is true")
        }
        guard reference.qualifier == nil else { throw APIError.machineDoesNotExist(text) }
        let before = try await services.machine(reference.machineArn)
        if let definition { try MachineSettingsReader.check(definition, type: before.type) }
        if let roleArn { changes["roleArn"] = .string(try ARN.role(roleArn)) }
        changes["definition"] = definition.map { .string($0) }
        var arguments: JSONObject = ["settings": .object(changes), "publish": .bool(publishes)]
        arguments["versionDescription"] = description.map { .string($0) }
        let outcome = try await services.perform(
            RegistryCommand(arn: text, action: .updateStateMachine, arguments: arguments))
        let after = try await services.machine(text)
        var answer: JSONObject = ["updateDate": timestamp(outcome.time)]
        if after.revisionID != before.revisionID { answer["revisionId"] = after.revisionID.map { .string($0) } }
        if publishes, let version = after.currentVersion {
            answer["revisionId"] = after.revisionID.map { .string($0) }
            answer["stateMachineVersionArn"] = .string("\(text):\(version.number)")
        }
        return answer
    }
}
