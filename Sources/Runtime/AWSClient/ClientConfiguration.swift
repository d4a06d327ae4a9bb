/// What a client is told beside what it finds in the environment.
public struct ClientConfiguration: Sendable, Equatable {
    /// Variables: `AWS_…`, `HOME`, `VIRTUAL_ENV`.
    public var environment: [String: String]
    /// nil: `AWS_PROFILE`, else `default`.
    public var profile: String?
    /// An endpoint for all services; goes before those of the environment.
    public var endpointURL: String?
    /// Endpoints by service id (`SQS`, `DYNAMODB`, `SFN`); go before all others.
    public var endpointURLs: [String: String]
    /// Where models are, in botocore's layout; nil: in the usual places.
    public var modelsDirectory: String?
    /// nil: `AWS_USE_FIPS_ENDPOINT`.
    public var usesFIPS: Bool?
    /// nil: `AWS_MAX_ATTEMPTS`, else 3.
    public var attemptsMax: Int?

    public init(
        environment: [String: String], profile: String? = nil, endpointURL: String? = nil,
        endpointURLs: [String: String] = [:], modelsDirectory: String? = nil, usesFIPS: Bool? = nil,
        attemptsMax: Int? = nil
    ) {
        self.environment = environment
        self.profile = profile
        self.endpointURL = endpointURL
        self.endpointURLs = endpointURLs
        self.modelsDirectory = modelsDirectory
        self.usesFIPS = usesFIPS
        self.attemptsMax = attemptsMax
    }
}
