import Engine
import JSON
import ReadModel

extension Operations {
    /// In the order of their names.
    @Sendable static func listActivities(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        let (limit, token) = try request.page()
        try request.check()
        try await services.readModel.catchUp()
        let activities = services.readModel.registry.activities.values.sorted { $0.arn < $1.arn }
        let page = try PageToken.page(
            of: activities, limit: limit, token: token, scope: "ListActivities", now: services.now())
        var answer: JSONObject = [
            "activities": .array(
                page.items.map { activity in
                    [
                        "activityArn": .string(activity.arn), "name": .string(activity.name),
                        "creationDate": timestamp(activity.createdAt),
                    ]
                })
        ]
        answer["nextToken"] = page.token.map { .string($0) }
        return answer
    }
}
