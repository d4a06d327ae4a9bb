import Engine
import JSON

extension Operations {
    /// An activity that is not there is deleted already.
    @Sendable static func deleteActivity(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let arn = try request.string("activityArn", 1...256)
        try request.check()
        try ARN(arn).require("activity")
        try await services.perform(RegistryCommand(arn: arn, action: .deleteActivity))
        return [:]
    }
}
