import Engine
import JSON

extension Operations {
    /// By name: a second one of the same name is the first one.
    @Sendable static func createActivity(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let name = try request.string("name")
        let tags = try request.tags(try request.value("tags") == nil ? [] : request.list("tags"))
        let encryption = try request.optionalObject("encryptionConfiguration")
        try request.check()
        try ResourceName.check(name)
        let arn = "arn:aws:states:\(request.region):\(services.account):activity:\(name)"
        var arguments: JSONObject = ["name": .string(name), "tags": .array(tags)]
        arguments["encryptionConfiguration"] = encryption.map { .object($0) }
        try await services.perform(RegistryCommand(arn: arn, action: .createActivity, arguments: arguments))
        let activity = try await services.activity(arn)
        return ["activityArn": .string(arn), "creationDate": timestamp(activity.createdAt)]
    }
}
