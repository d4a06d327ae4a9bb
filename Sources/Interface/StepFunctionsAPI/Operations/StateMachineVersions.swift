import Engine
import JSON

extension Operations {
    /// The same revision again is the same version.
    @Sendable static func publishStateMachineVersion(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let text = try request.string("stateMachineArn", 1...256)
        let revision = try request.optionalString("revisionId")
        let description = try request.optionalString("description", 0...256)
        try request.check()
        let reference = try MachineReference(text)
        guard reference.qualifier == nil else { throw APIError.machineDoesNotExist(text) }
        var arguments = JSONObject()
        arguments["revisionId"] = revision.map { .string($0) }
        arguments["description"] = description.map { .string($0) }
        try await services.perform(RegistryCommand(arn: text, action: .publishVersion, arguments: arguments))
        guard let version = try await services.machine(text).currentVersion else {
            throw APIError("ConflictException", "The state machine changed while its version was published: '\(text)'")
        }
        return [
            "creationDate": timestamp(version.createdAt),
            "stateMachineVersionArn": .string("\(text):\(version.number)"),
        ]
    }

    /// A version that is not there is deleted already.
    @Sendable static func deleteStateMachineVersion(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let text = try request.string("stateMachineVersionArn", 1...2_000)
        try request.check()
        let reference = try MachineReference(text)
        guard case .version(let number) = reference.qualifier else {
            throw APIError.validation("The ARN is not that of a state machine version: '\(text)'")
        }
        try await services.perform(
            RegistryCommand(arn: reference.machineArn, action: .deleteVersion, arguments: ["version": .integer(number)])
        )
        return [:]
    }

    /// Newest first.
    @Sendable static func listStateMachineVersions(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let text = try request.string("stateMachineArn", 1...256)
        let (limit, token) = try request.page()
        try request.check()
        let arn = try MachineReference(text).machineArn
        let versions = try await services.machine(arn, askedAs: text).versions.reversed()
        let page = try PageToken.page(
            of: Array(versions), limit: limit, token: token, scope: "ListStateMachineVersions \(arn)",
            now: services.now())
        var answer: JSONObject = [
            "stateMachineVersions": .array(
                page.items.map { version in
                    [
                        "stateMachineVersionArn": .string("\(arn):\(version.number)"),
                        "creationDate": timestamp(version.createdAt),
                    ]
                })
        ]
        answer["nextToken"] = page.token.map { .string($0) }
        return answer
    }
}
