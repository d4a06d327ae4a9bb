/// Why a request has no good answer.
public enum ClientFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was configured can't be used.
    case settings(String)
    /// Nobody answers at the endpoint.
    case unreachable(endpoint: String, reason: String)
    /// What answered is not the API.
    case unexpected(String)
    /// The API refused.
    case refused(operation: String, code: String, message: String)

    public var description: String {
        switch self {
        case .settings(let message), .unexpected(let message): message
        case .unreachable(let endpoint, let reason):
            "No Step Functions API answers at \(endpoint): \(reason). \"steplog dev\" starts one on this machine; "
                + "where it is elsewhere, say so with --endpoint-url, AWS_ENDPOINT_URL or a profile's endpoint_url."
        case .refused(let operation, let code, let message):
            "An error occurred (\(code)) when calling \(operation): \(message)"
        }
    }
}
