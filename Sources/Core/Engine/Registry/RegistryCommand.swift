public import JSON

/// What is asked of a state machine (with its versions, aliases and tags) or of an activity. One entity, one ARN, one writer.
public struct RegistryCommand: Sendable, Equatable {
    public enum Action: String, Sendable, CaseIterable {
        /// `name`, `type`, `settings`, and as given `tags`, `publish`, `versionDescription`.
        case createStateMachine
        /// `settings` (only what changes), and as given `publish`, `versionDescription`.
        case updateStateMachine
        case deleteStateMachine
        /// As given `revisionId`, `description`.
        case publishVersion
        /// `version`: its number.
        case deleteVersion
        /// `name`, `routing`, as given `description`.
        case createAlias
        /// `name`, and what changes of `routing` and `description`.
        case updateAlias
        /// `name`.
        case deleteAlias
        /// `tags`: an array of `{key, value}`.
        case tag
        /// `keys`: an array of texts.
        case untag
        /// `name`, as given `tags` and `encryptionConfiguration`.
        case createActivity
        case deleteActivity
    }

    /// Of the state machine or activity.
    public var arn: String
    public var action: Action
    /// The members that the action names. Their shapes were checked where they entered the system.
    public var arguments: JSONObject
    public var replyTo: ReplyAddress?

    public init(arn: String, action: Action, arguments: JSONObject = JSONObject(), replyTo: ReplyAddress? = nil) {
        self.arn = arn
        self.action = action
        self.arguments = arguments
        self.replyTo = replyTo
    }
}

/// Why a command on the registry changed nothing: the AWS error's name and its text.
public struct RegistryRejection: Error, Sendable, Equatable {
    public var code: String
    public var message: String

    public init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }
}
