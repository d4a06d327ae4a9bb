/// Why a call has no result. Holds nothing that the request said.
public struct ServiceFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where the call ended.
    public enum Origin: Sendable, Equatable {
        /// The service answered with an error.
        case service
        /// No answer: no connection, no credentials, time over. The service may have done what was asked.
        case connection
        /// The request could not be made: unknown service, operation or member.
        case request
    }

    public var origin: Origin
    /// The service's code without its namespace, e.g. `ClientException`; for no answer `SdkClientException`.
    public var code: String
    public var message: String
    /// Of HTTP; 0 without an answer.
    public var statusCode: Int
    public var requestID: String
    /// Whether the client would send it again: throttling, 5xx, lost connections. Its own attempts are used up then.
    public var isRetryable: Bool
    /// How often the request was sent.
    public var attemptCount: Int
    /// S3's second id of a request.
    public var extendedRequestID: String?

    public init(
        origin: Origin, code: String, message: String, statusCode: Int = 0, requestID: String = "",
        isRetryable: Bool = false, attemptCount: Int = 1, extendedRequestID: String? = nil
    ) {
        self.origin = origin
        self.code = code
        self.message = message
        self.statusCode = statusCode
        self.requestID = requestID
        self.isRetryable = isRetryable
        self.attemptCount = attemptCount
        self.extendedRequestID = extendedRequestID
    }

    public var description: String { "\(code): \(message)" }

    static func request(_ message: String) -> ServiceFailure {
        ServiceFailure(origin: .request, code: "ValidationException", message: message)
    }
}
