public import Engine

/// Settings that a log does not name and that may be behind its decisions.
public struct DecisionProfile: Sendable {
    /// For people: `aws`, `steplog`, with `, waits skipped`.
    public var name: String
    public var settings: Decider.Settings

    public init(name: String, settings: Decider.Settings) {
        self.name = name
        self.settings = settings
    }

    /// What `dev`, `server` and `run` can have been started with, the likelier first. Tokens are not signed with any real key.
    /// - Parameter region: of tasks, where the log names none.
    public static func all(region: String) -> [DecisionProfile] {
        [false, true].flatMap { skipsWaits in
            [("aws", Limits.aws), ("steplog", .standard)].map { name, limits in
                DecisionProfile(
                    name: skipsWaits ? name + ", waits skipped" : name,
                    settings: Decider.Settings(
                        region: region, limits: limits, tokenKey: Array(repeating: 0, count: 32),
                        skipsWaits: skipsWaits))
            }
        }
    }
}
