import Engine
import JSON
import ReadModel

extension Operations {
    @Sendable static func tagResource(_ request: inout APIRequest, _ services: APIServices) async throws -> JSONObject {
        let arn = try request.string("resourceArn", 1...256)
        let tags = try request.tags(try request.list("tags"))
        try request.check()
        try await services.perform(
            RegistryCommand(arn: try taggable(arn), action: .tag, arguments: ["tags": .array(tags)]))
        return [:]
    }

    @Sendable static func untagResource(_ request: inout APIRequest, _ services: APIServices) async throws -> JSONObject
    {
        let arn = try request.string("resourceArn", 1...256)
        let keys = try request.list("tagKeys")
        try request.check()
        try await services.perform(
            RegistryCommand(arn: try taggable(arn), action: .untag, arguments: ["keys": .array(keys)]))
        return [:]
    }

    @Sendable static func listTagsForResource(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let arn = try request.string("resourceArn", 1...256)
        try request.check()
        try await services.readModel.catchUp(with: try taggable(arn))
        let registry = services.readModel.registry
        guard let tags = registry.machines[arn]?.tags ?? registry.activities[arn]?.tags else {
            throw APIError.resourceNotFound(arn)
        }
        return ["tags": .array(tags)]
    }

    /// State machines and activities have tags; their versions and executions have none.
    private static func taggable(_ text: String) throws(APIError) -> String {
        let arn = try ARN(text)
        guard ["stateMachine", "activity"].contains(arn.type), arn.path.count == 1 else {
            throw .resourceNotFound(text)
        }
        return text
    }
}
