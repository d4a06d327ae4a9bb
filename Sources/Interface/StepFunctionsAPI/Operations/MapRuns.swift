import JSON

extension Operations {
    /// This release runs no DISTRIBUTED Maps, so there are no Map Runs.
    @Sendable static func describeMapRun(
        _ request: inout APIRequest, _ services: APIServices
    ) async throws -> JSONObject {
        try unknownMapRun(&request)
    }

    @Sendable static func updateMapRun(_ request: inout APIRequest, _ services: APIServices) async throws -> JSONObject
    {
        try unknownMapRun(&request)
    }

    @Sendable static func listMapRuns(_ request: inout APIRequest, _ services: APIServices) async throws -> JSONObject {
        let arn = try request.string("executionArn", 1...256)
        let (_, token) = try request.page()
        try request.check()
        _ = try PageToken.position(token, scope: "ListMapRuns", now: services.now())
        _ = try await services.execution(arn)
        return ["mapRuns": []]
    }

    private static func unknownMapRun(_ request: inout APIRequest) throws -> JSONObject {
        let arn = try request.string("mapRunArn", 1...2_000)
        try request.check()
        try ARN(arn).require("mapRun")
        throw APIError.resourceNotFound(arn)
    }
}
