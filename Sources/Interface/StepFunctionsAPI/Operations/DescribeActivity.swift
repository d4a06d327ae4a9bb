import Engine
import JSON

extension Operations {
    @Sendable static func describeActivity(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let arn = try request.string("activityArn", 1...256)
        try request.check()
        let activity = try await services.activity(arn)
        return [
            "activityArn": .string(arn), "name": .string(activity.name), "creationDate": timestamp(activity.createdAt),
            "encryptionConfiguration": activity.encryption ?? ["type": "AWS_OWNED_KEY"],
        ]
    }
}
