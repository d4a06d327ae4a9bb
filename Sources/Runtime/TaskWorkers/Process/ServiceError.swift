/// A refusal by a service, named and worded as Step Functions passes it on.
struct ServiceError: Error, Sendable, Equatable {
    /// The ASL error name, e.g. `ECS.ClientException`.
    var name: String
    /// The cause, before the service's own suffix.
    var message: String
    /// What AWS appends to the message: service, status code, error code; nil for none.
    var suffix: Suffix?

    struct Suffix: Sendable, Equatable {
        var service: String
        var statusCode: Int
        var errorCode: String
    }

    /// An error of the ECS API. Source: reference/ecs.md §1.3 (captured texts).
    static func ecs(_ code: String, _ message: String) -> ServiceError {
        ServiceError(
            name: "ECS.\(code)", message: message,
            suffix: Suffix(service: "AmazonECS", statusCode: 400, errorCode: code))
    }

    /// An error of the Lambda API. Source: recorded `Lambda.ResourceNotFoundException`.
    static func lambda(_ code: String, _ message: String, statusCode: Int) -> ServiceError {
        ServiceError(
            name: "Lambda.\(code)", message: message,
            suffix: Suffix(service: "AWSLambda", statusCode: statusCode, errorCode: code))
    }

    /// The cause as Step Functions shows it.
    func cause(requestID: String) -> String {
        guard let suffix else { return message }
        return "\(message) (Service: \(suffix.service); Status Code: \(suffix.statusCode); "
            + "Error Code: \(suffix.errorCode); Request ID: \(requestID); Proxy: null)"
    }
}
