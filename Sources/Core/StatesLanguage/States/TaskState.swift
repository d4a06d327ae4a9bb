/// Has a worker, a service or a person do something.
public struct TaskState: Sendable {
    /// As written.
    public let resource: String
    public let target: TaskResource
    public let processing: WorkProcessing
    public let timeoutSeconds: NumberField?
    public let heartbeatSeconds: NumberField?
    /// `Credentials.RoleArn`.
    public let credentialsRoleArn: TextField?
    public let transition: Transition

    public init(
        resource: String, target: TaskResource, processing: WorkProcessing, timeoutSeconds: NumberField?,
        heartbeatSeconds: NumberField?, credentialsRoleArn: TextField?, transition: Transition
    ) {
        self.resource = resource
        self.target = target
        self.processing = processing
        self.timeoutSeconds = timeoutSeconds
        self.heartbeatSeconds = heartbeatSeconds
        self.credentialsRoleArn = credentialsRoleArn
        self.transition = transition
    }
}
