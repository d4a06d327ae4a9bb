/// What somebody wants to do: one action on one resource, and the circumstances that conditions ask about.
public struct AccessRequest: Sendable, Equatable {
    /// `states:StartExecution`.
    public var action: String
    /// An ARN, or `*` where the action is on no resource.
    public var resource: String
    private var values: [String: [String]] = [:]

    public init(action: String, resource: String) {
        self.action = action
        self.resource = resource
    }

    /// Sets a condition key: `aws:SourceIp`, `aws:RequestTag/team`. Names of keys have no case; those of tags keep theirs.
    public mutating func set(_ key: String, _ values: [String]) { self.values[Self.folded(key)] = values }

    /// The values of a condition key; nil when the request has no such key.
    public func value(_ key: String) -> [String]? { values[Self.folded(key)] }

    private static func folded(_ key: String) -> String { key.lowercased() }
}

/// What comes of a request. Source: IAM User Guide, policy evaluation logic: a Deny wins, and what no Allow names is denied.
public enum AccessDecision: Sendable, Equatable {
    case allowed
    /// No statement allows it.
    case deniedImplicitly
    /// A statement with the effect Deny applies.
    case deniedExplicitly
}

extension AccessRequest {
    /// Judges the request by identity-based policies.
    public func decide(by policies: [PolicyDocument]) -> AccessDecision {
        var decision = AccessDecision.deniedImplicitly
        for policy in policies {
            for statement in policy.statements where statement.applies(to: self) {
                switch statement.effect {
                case .deny: return .deniedExplicitly
                case .allow: decision = .allowed
                }
            }
        }
        return decision
    }
}
