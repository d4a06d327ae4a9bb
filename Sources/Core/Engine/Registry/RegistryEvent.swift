public import JSON

/// One thing that happened to a state machine or an activity.
public struct RegistryEvent: Sendable, Equatable {
    /// What happened; the details are named beside each.
    public enum Kind: String, Sendable, CaseIterable {
        /// `name`, `type`, `settings`, `tags`.
        case stateMachineCreated = "StateMachineCreated"
        /// `settings` (all of them, as they are now), `revisionId`.
        case stateMachineUpdated = "StateMachineUpdated"
        case stateMachineDeleted = "StateMachineDeleted"
        /// `version`, as given `description`.
        case versionPublished = "StateMachineVersionPublished"
        /// `version`.
        case versionDeleted = "StateMachineVersionDeleted"
        /// `name`, `routing`, as given `description`. The same for the next.
        case aliasCreated = "StateMachineAliasCreated"
        case aliasUpdated = "StateMachineAliasUpdated"
        /// `name`.
        case aliasDeleted = "StateMachineAliasDeleted"
        /// `tags`: all of them, as they are now.
        case tagsChanged = "TagsChanged"
        /// `name`, `tags`, as given `encryptionConfiguration`.
        case activityCreated = "ActivityCreated"
        case activityDeleted = "ActivityDeleted"
    }

    /// Of the state machine or activity.
    public var arn: String
    /// Counts the events under this ARN, from 1, without gaps; deletion does not start it anew.
    public var sequence: Int64
    /// Epoch milliseconds.
    public var timestamp: Int64
    public var kind: Kind
    public var details: JSONObject

    public init(arn: String, sequence: Int64, timestamp: Int64, kind: Kind, details: JSONObject) {
        self.arn = arn
        self.sequence = sequence
        self.timestamp = timestamp
        self.kind = kind
        self.details = details
    }
}
