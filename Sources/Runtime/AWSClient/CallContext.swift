/// In whose name and where a call is made.
public struct CallContext: Sendable, Equatable {
    /// e.g. `eu-west-1`.
    public var region: String
    /// The role to call as; nil: as whom the credential chain finds.
    public var roleArn: String?
    /// What the assumed role's session is called in CloudTrail, 2 to 64 letters, digits and `+=,.@-`.
    public var roleSessionName: String
    /// How long the service may be silent. Lambda functions take up to 900 s.
    public var timeoutSeconds: Int
    /// Where to call instead of where the service is; nil: as configured.
    public var endpointURL: String?
    /// How often a request may be sent in all; nil: as configured. 1: once, e.g. where a repetition could do something twice.
    public var attemptsMax: Int?

    public init(
        region: String, roleArn: String? = nil, roleSessionName: String = "steplog", timeoutSeconds: Int = 60,
        endpointURL: String? = nil, attemptsMax: Int? = nil
    ) {
        self.endpointURL = endpointURL
        self.region = region
        self.roleArn = roleArn
        self.roleSessionName = roleSessionName
        self.timeoutSeconds = timeoutSeconds
        self.attemptsMax = attemptsMax
    }
}
