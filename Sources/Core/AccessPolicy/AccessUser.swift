/// Who may use the API: a user or an assumed role, with its keys, its policies, and what conditions may ask of it.
public struct AccessUser: Sendable, Equatable {
    public let name: String
    /// `arn:aws:iam::ACCOUNT:user/NAME`, or another that the configuration gives.
    public let arn: String
    /// For `aws:PrincipalTag/KEY`.
    public let tags: [(key: String, value: String)]
    public let keys: [AccessKey]
    public let policies: [PolicyDocument]

    public init(
        name: String, arn: String, tags: [(key: String, value: String)], keys: [AccessKey], policies: [PolicyDocument]
    ) {
        self.name = name
        self.arn = arn
        self.tags = tags
        self.keys = keys
        self.policies = policies
    }

    public static func == (left: AccessUser, right: AccessUser) -> Bool {
        left.name == right.name && left.arn == right.arn && left.keys == right.keys && left.policies == right.policies
            && left.tags.elementsEqual(right.tags) { $0 == $1 }
    }
}

/// An access key: what a client signs its requests with.
public struct AccessKey: Sendable, Equatable {
    /// `AKIA…`, or any other name; of characters that need no quoting in a credential scope.
    public let id: String
    public let secret: String
    /// Temporary keys work only together with this token.
    public let sessionToken: String?
    /// Milliseconds since 1970 (UTC); nil: never.
    public let expiresAt: Int64?

    public init(id: String, secret: String, sessionToken: String?, expiresAt: Int64?) {
        self.id = id
        self.secret = secret
        self.sessionToken = sessionToken
        self.expiresAt = expiresAt
    }
}
