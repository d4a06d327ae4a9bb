import AWSClient

/// How a task ends that can't be done: the error name and cause of its history.
struct TaskFailure: Error, Sendable, Equatable {
    var error: String
    var cause: String

    init(error: String, cause: String) {
        self.error = error
        self.cause = cause
    }

    /// Codes that no service models: they become the service's own exception. Source: AWS, "Common errors".
    private static let common: Set<String> = [
        "AccessDenied", "AccessDeniedException", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature",
        "InternalError", "InvalidClientTokenId", "InvalidParameterValue", "InvalidSignatureException",
        "MissingAuthenticationToken", "MissingParameter", "NotAuthorized", "OptInRequired", "RequestExpired",
        "ServiceUnavailable", "SignatureDoesNotMatch", "UnknownError", "UnrecognizedClientException",
        "ValidationError", "ValidationException",
    ]

    /// Of an optimized integration, in the words of version 1 of the Java SDK.
    /// - Parameters: prefix: of error names, `DynamoDB`. label: in causes, `AmazonDynamoDBv2`. unmodelled: `AmazonDynamoDBException`.
    init(_ failure: ServiceFailure, prefix: String, label: String, unmodelled: String) {
        guard failure.origin == .service else {
            self.init(error: "\(prefix).\(failure.code)", cause: failure.message)
            return
        }
        let name =
            Self.common.contains(failure.code)
            ? unmodelled : failure.code.hasSuffix("Exception") ? failure.code : "\(failure.code)Exception"
        self.init(
            error: "\(prefix).\(name)",
            cause: "\(failure.message) (Service: \(label); Status Code: \(failure.statusCode); "
                + "Error Code: \(failure.code); Request ID: \(failure.requestID); Proxy: null)")
    }

    /// Of `aws-sdk`, in the words of version 2 of the Java SDK.
    /// - Parameter model: nil where the service is unknown.
    init(_ failure: ServiceFailure, model: ServiceModel?, service: String) {
        let prefix = SDKName.member(model?.serviceID ?? service)
        guard failure.origin == .service else {
            self.init(error: "\(prefix).\(failure.code)", cause: failure.message)
            return
        }
        let modelled = model?.exceptionName(code: failure.code)
        let name = modelled.map { $0.hasSuffix("Exception") ? $0 : "\($0)Exception" } ?? "\(prefix)Exception"
        let extended = failure.extendedRequestID.map { ", Extended Request ID: \($0)" } ?? ""
        self.init(
            error: "\(prefix).\(name)",
            cause: "\(failure.message) (Service: \(prefix), Status Code: \(failure.statusCode), "
                + "Request ID: \(failure.requestID)\(extended)) (SDK Attempt Count: \(failure.attemptCount))")
    }
}
