import CommandGateway
import Engine
import JSON
import ReadModel

/// An error as AWS answers it: awsJson1_0's `__type` and `message` with an HTTP status. Source: surface § 1.1.
struct APIError: Error, Sendable, Equatable {
    /// Which of AWS's name spaces the name stands in.
    enum Space: String, Sendable {
        /// Exceptions of the service's model.
        case model = "com.amazonaws.swf.service.v2.model"
        /// Requests whose members break a constraint.
        case validation = "com.amazon.coral.validate"
        /// Requests that reach no operation.
        case service = "com.amazon.coral.service"
        /// Requests that may be made again later.
        case availability = "com.amazon.coral.availability"
    }

    var space: Space
    var name: String
    var message: String
    /// `reason` of a ValidationException.
    var reason: String?
    /// `resourceName` of ResourceNotFound and TooManyTags.
    var resourceName: String?

    init(_ name: String, _ message: String, space: Space = .model, reason: String? = nil, resourceName: String? = nil) {
        self.name = name
        self.message = message
        self.space = space
        self.reason = reason
        self.resourceName = resourceName
    }

    /// 400 for nearly all; AWS documents 409 for conflicts and 402 for quotas.
    var status: Int {
        switch name {
        case "ConflictException": 409
        case "ServiceQuotaExceededException": 402
        case "InternalFailure": 500
        case "ServiceUnavailable": 503
        default: 400
        }
    }

    var body: JSONValue {
        var object: JSONObject = ["__type": .string("\(space.rawValue)#\(name)"), "message": .string(message)]
        object["reason"] = reason.map { .string($0) }
        object["resourceName"] = resourceName.map { .string($0) }
        return .object(object)
    }
}

extension APIError {
    /// AWS's clients wait and make the request again.
    static func throttled(_ reason: String) -> APIError {
        APIError("ThrottlingException", "Rate exceeded: \(reason)", space: .availability)
    }

    /// For what another attempt may get over: the log is away, or something takes too long. nil for any other error.
    init?(unavailable error: any Error) {
        switch error {
        case GatewayError.unavailable(let reason), ReadModelError.logAway(let reason): self = .throttled(reason)
        case GatewayError.overloaded: self = .throttled("too many commands wait for the log")
        case GatewayError.closed: self = .throttled("the server is being stopped")
        case ReadModelError.late: self = .throttled("the read model has not caught up with the log")
        default: return nil
        }
    }

    static func invalidArn(_ detail: String) -> APIError { APIError("InvalidArn", "Invalid Arn: '\(detail)'") }
    static func invalidName(_ name: String) -> APIError { APIError("InvalidName", "Invalid Name: '\(name)'") }
    static func machineDoesNotExist(_ arn: String) -> APIError {
        APIError("StateMachineDoesNotExist", "State Machine Does Not Exist: '\(arn)'")
    }
    static func executionDoesNotExist(_ arn: String) -> APIError {
        APIError("ExecutionDoesNotExist", "Execution Does Not Exist: '\(arn)'")
    }
    static func activityDoesNotExist(_ arn: String) -> APIError {
        APIError("ActivityDoesNotExist", "Activity Does Not Exist: '\(arn)'")
    }
    static func resourceNotFound(_ arn: String) -> APIError {
        APIError("ResourceNotFound", "Resource not found: '\(arn)'", resourceName: arn)
    }
    static func validation(_ message: String, reason: String? = nil) -> APIError {
        APIError("ValidationException", message, reason: reason)
    }
    static let missingReference = APIError("ResourceNotFound", "Request references a resource that does not exist.")
    static let invalidToken = APIError("InvalidToken", "Invalid Token: 'Invalid token'")
    static let typeNotSupported = APIError(
        "StateMachineTypeNotSupported", "This operation is not supported by this type of state machine")
}
