public import JSON

/// The services that tasks in ECS need: `ecs`, `sqs` for state-change events, `logs` for what containers wrote.
public protocol ECSCalls: Sendable {
    /// Sends one request, once, and waits for the answer. From any thread.
    /// - Parameters:
    ///   - input: members as the service's API names them, e.g. `taskDefinition`.
    ///   - role: the role to call as; nil: the worker's own.
    func call(
        _ service: String, _ operation: String, _ input: JSONObject, role: String?
    ) throws(ECSCallError) -> ECSCallAnswer
}

/// What a call gave. Times are numbers of seconds since 1970.
public struct ECSCallAnswer: Sendable {
    public var output: JSONObject
    public var requestID: String
    /// Bytes of the answer's body.
    public var bodyByteCount: Int

    public init(output: JSONObject, requestID: String, bodyByteCount: Int) {
        self.output = output
        self.requestID = requestID
        self.bodyByteCount = bodyByteCount
    }
}

/// Why a call gave nothing.
public struct ECSCallError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The service's code without its namespace, e.g. `ClientException`.
    public var code: String
    public var message: String
    /// Of HTTP; 0 where no answer came, and the service may have done what was asked.
    public var statusCode: Int
    public var requestID: String

    public init(code: String, message: String, statusCode: Int, requestID: String = "") {
        self.code = code
        self.message = message
        self.statusCode = statusCode
        self.requestID = requestID
    }

    public var description: String { "\(code): \(message)" }
}
