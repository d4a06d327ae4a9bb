public import AWSClient
public import JSON

/// The services of AWS, or of what speaks like them, through the process's client: endpoints, credentials and assumed roles are its own.
///
/// A call is sent once: who calls has retries and token buckets of its own.
public struct AWSCalls: ECSCalls {
    private let client: ServiceClient
    private let region: String

    /// SQS keeps a poll open for 20 seconds.
    private static let timeoutSeconds = 35
    /// One name for all calls, so that a role is assumed once an hour and not once a task.
    private static let sessionName = "steplog"

    /// - Parameter region: where ECS, its queue of events and its logs are.
    public init(_ client: ServiceClient, region: String) {
        self.client = client
        self.region = region
    }

    public func call(
        _ service: String, _ operation: String, _ input: JSONObject, role: String?
    ) throws(ECSCallError) -> ECSCallAnswer {
        let context = CallContext(
            region: region, roleArn: role, roleSessionName: Self.sessionName, timeoutSeconds: Self.timeoutSeconds,
            attemptsMax: 1)
        do throws(ServiceFailure) {
            let answer = try client.call(
                service: service, operation: operation, input: .object(input), context: context)
            return ECSCallAnswer(
                output: answer.output, requestID: answer.requestID, bodyByteCount: answer.bodyByteCount)
        } catch {
            // What could not be sent at all was not done either: no answer means something else.
            let status = error.origin == .request ? Self.badRequest : error.statusCode
            throw ECSCallError(
                code: error.code, message: error.message, statusCode: status, requestID: error.requestID)
        }
    }

    private static let badRequest = 400
}
