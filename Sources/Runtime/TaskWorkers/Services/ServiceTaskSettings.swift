/// How tasks that call services are done.
public struct ServiceTaskSettings: Sendable, Equatable {
    /// Where services are called that no ARN or address places.
    public var region: String
    /// Call as the role of the state machine; else as whom the credential chain finds. A task's `Credentials` hold either way.
    public var assumesStateMachineRoles: Bool
    /// Whether AWS, or what stands for it, was configured: else only Step Functions is called, where that is Steplog itself.
    public var callsServices: Bool
    /// The address of Steplog's own API, which answers for Step Functions; nil: it does not.
    public var ownStepFunctions: String?
    /// Lambda functions of this machine, by name or ARN: they are left to the local runner.
    public var localFunctions: Set<String>

    public init(
        region: String, assumesStateMachineRoles: Bool = false, callsServices: Bool = true,
        ownStepFunctions: String? = nil, localFunctions: Set<String> = []
    ) {
        self.region = region
        self.assumesStateMachineRoles = assumesStateMachineRoles
        self.callsServices = callsServices
        self.ownStepFunctions = ownStepFunctions
        self.localFunctions = localFunctions
    }
}
