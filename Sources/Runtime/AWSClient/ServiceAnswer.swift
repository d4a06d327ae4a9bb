public import JSON

/// What a call gave.
public struct ServiceAnswer: Sendable {
    /// The output as the service's model names it (API names, e.g. ECS's `tasks`, `taskArn`). Times are numbers of seconds.
    public var output: JSONObject
    public var statusCode: Int
    public var requestID: String
    /// Of the answer, as they came.
    public var headers: [HTTPRequest.Field]
    /// Bytes of the answer's body.
    public var bodyByteCount: Int

    public init(
        output: JSONObject, statusCode: Int, requestID: String, headers: [HTTPRequest.Field], bodyByteCount: Int
    ) {
        self.output = output
        self.statusCode = statusCode
        self.requestID = requestID
        self.headers = headers
        self.bodyByteCount = bodyByteCount
    }
}
