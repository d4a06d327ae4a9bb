import Engine
import JSON

extension Operations {
    /// The same request again answers as the first did. Source: surface § 1.3.
    @Sendable static func createStateMachine(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let name = try request.string("name")
        let definition = try request.string("definition", 1...1_048_576)
        let roleArn = try request.string("roleArn", 1...256)
        let type = try request.optionalEnumeration("type", MachineSettingsReader.types) ?? "STANDARD"
        let tags = try request.tags(try request.value("tags") == nil ? [] : request.list("tags"))
        let description = try request.optionalString("versionDescription", 0...256)
        let publishes = try request.boolean("publish")
        let configurations = try MachineSettingsReader.configurations(&request)
        try request.check()
        try ResourceName.check(name)
        if description != nil && !publishes {
            throw APIError.validation("Version description can only be set when publish is true")
        }
        _ = try ARN.role(roleArn)
        try MachineSettingsReader.check(definition, type: type)

        var settings: JSONObject = [
            "definition": .string(definition), "roleArn": .string(roleArn),
            "loggingConfiguration": ["includeExecutionData": false, "level": "OFF"],
            "tracingConfiguration": ["enabled": false],
            "encryptionConfiguration": ["type": "AWS_OWNED_KEY"],
        ]
        for member in configurations { settings[member.key] = member.value }
        var arguments: JSONObject = [
            "name": .string(name), "type": .string(type), "settings": .object(settings), "tags": .array(tags),
            "publish": .bool(publishes),
        ]
        arguments["versionDescription"] = description.map { .string($0) }
        let arn = "arn:aws:states:\(request.region):\(services.account):stateMachine:\(name)"
        try await services.perform(RegistryCommand(arn: arn, action: .createStateMachine, arguments: arguments))
        let machine = try await services.machine(arn)
        var answer: JSONObject = ["stateMachineArn": .string(arn), "creationDate": timestamp(machine.createdAt)]
        if publishes, let version = machine.versions.first {
            answer["stateMachineVersionArn"] = .string("\(arn):\(version.number)")
        }
        return answer
    }
}
