import Engine
import JSON
import ReadModel

extension Operations {
    @Sendable static func createStateMachineAlias(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let name = try request.string("name", 1...80)
        if !AliasName.isValid(name), !name.isEmpty {
            request.violate("name", name, "satisfy regular expression pattern: \(AliasName.pattern)")
        }
        let description = try request.optionalString("description", 0...256)
        let routes = try request.list("routingConfiguration")
        let routing = try AliasRouting(routes, &request)
        try request.check()
        let machineArn = try routing.machineArn()
        var arguments: JSONObject = ["name": .string(name), "routing": .array(routing.routes)]
        arguments["description"] = description.map { .string($0) }
        try await services.perform(RegistryCommand(arn: machineArn, action: .createAlias, arguments: arguments))
        guard let alias = try await services.machine(machineArn).alias(name) else { throw APIError.missingReference }
        return [
            "stateMachineAliasArn": .string("\(machineArn):\(name)"), "creationDate": timestamp(alias.createdAt),
        ]
    }

    @Sendable static func describeStateMachineAlias(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let (text, machineArn, name) = try aliasReference(&request)
        try await services.readModel.catchUp(with: machineArn)
        guard let alias = services.readModel.registry.machines[machineArn]?.alias(name) else {
            throw APIError.missingReference
        }
        var answer: JSONObject = [
            "stateMachineAliasArn": .string(text), "name": .string(name), "routingConfiguration": .array(alias.routing),
            "creationDate": timestamp(alias.createdAt), "updateDate": timestamp(alias.updatedAt),
        ]
        answer["description"] = alias.description.map { .string($0) }
        return answer
    }

    @Sendable static func updateStateMachineAlias(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let description = try request.optionalString("description", 0...256)
        let routing =
            try request.value("routingConfiguration") == nil
            ? nil : AliasRouting(try request.list("routingConfiguration"), &request)
        let (_, machineArn, name) = try aliasReference(&request)
        _ = try routing?.machineArn()
        guard description != nil || routing != nil else {
            throw APIError.validation(
                "Either the description or the routing configuration must be specified",
                reason: "MISSING_REQUIRED_PARAMETER")
        }
        var arguments: JSONObject = ["name": .string(name)]
        arguments["description"] = description.map { .string($0) }
        arguments["routing"] = routing.map { .array($0.routes) }
        let outcome = try await services.perform(
            RegistryCommand(arn: machineArn, action: .updateAlias, arguments: arguments))
        return ["updateDate": timestamp(outcome.time)]
    }

    /// An alias that is not there is deleted already.
    @Sendable static func deleteStateMachineAlias(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let (_, machineArn, name) = try aliasReference(&request)
        try await services.perform(
            RegistryCommand(arn: machineArn, action: .deleteAlias, arguments: ["name": .string(name)]))
        return [:]
    }

    /// Of a machine, or those that lead to one of its versions; in the order of their creation.
    @Sendable static func listStateMachineAliases(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let text = try request.string("stateMachineArn", 1...256)
        let (limit, token) = try request.page()
        try request.check()
        let reference = try MachineReference(text)
        var aliases = try await services.machine(reference.machineArn, askedAs: text).aliases
        if reference.qualifier != nil { aliases = aliases.filter { $0.versionArns.contains(text) } }
        let page = try PageToken.page(
            of: aliases, limit: limit, token: token, scope: "ListStateMachineAliases \(text)", now: services.now())
        var answer: JSONObject = [
            "stateMachineAliases": .array(
                page.items.map { alias in
                    [
                        "stateMachineAliasArn": .string("\(reference.machineArn):\(alias.name)"),
                        "creationDate": timestamp(alias.createdAt),
                    ]
                })
        ]
        answer["nextToken"] = page.token.map { .string($0) }
        return answer
    }

    private static func aliasReference(
        _ request: inout APIRequest
    ) throws -> (text: String, machineArn: String, name: String) {
        let text = try request.string("stateMachineAliasArn", 1...256)
        try request.check()
        let reference = try MachineReference(text)
        guard case .alias(let name) = reference.qualifier else { throw APIError.missingReference }
        return (text, reference.machineArn, name)
    }
}
