/// What a failed RunTask call means for its task.
enum LaunchTrouble: Sendable, Equatable {
    /// Nothing was launched: the service asks for patience. Some throttles come as InvalidParameterException.
    case throttled
    /// The call may have launched: no answer, or an error of the service.
    case unanswered
    /// Its client token has launched these tasks.
    case conflict([String])
    /// Nothing was launched, nor will be.
    case refused

    init(_ error: ECSCallError) {
        let isThrottle =
            Self.throttleCodes.contains(error.code) || error.statusCode == 429
            || Self.throttleWords.contains { error.message.contains($0) }
        if isThrottle {
            self = .throttled
        } else if error.statusCode == 0 || error.statusCode >= 500 || error.code == "ServerException" {
            self = .unanswered
        } else if error.code == "ConflictException" {
            self = .conflict([])
        } else {
            self = .refused
        }
    }

    private static let throttleCodes: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException", "RequestThrottled",
        "RequestLimitExceeded", "RequestThrottledException",
    ]
    private static let throttleWords = ["Rate exceeded", "ErrorCode: Throttling", "RequestLimitExceeded"]
}

extension ServiceError {
    /// An answer of the ECS API as Step Functions names it: errors that its model lacks are AmazonECSException.
    static func ecs(_ error: ECSCallError) -> ServiceError {
        let name = modelled.contains(error.code) ? error.code : "AmazonECSException"
        return ServiceError(
            name: "ECS.\(name)", message: error.message,
            suffix: Suffix(service: "AmazonECS", statusCode: error.statusCode, errorCode: error.code))
    }

    /// Source: RunTask's errors in ECS's model; reference/ecs.md §1.3.
    private static let modelled: Set<String> = [
        "AccessDeniedException", "BlockedException", "ClientException", "ClusterNotFoundException",
        "ConflictException", "InvalidParameterException", "PlatformUnknownException",
        "PlatformTaskDefinitionIncompatibilityException", "ServerException", "UnsupportedFeatureException",
    ]
}
