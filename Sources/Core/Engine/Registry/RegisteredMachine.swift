public import JSON

/// A state machine with its versions and aliases, folded from its events.
public struct RegisteredMachine: Sendable, Equatable {
    public let arn: String
    public let name: String
    /// `STANDARD` or `EXPRESS`.
    public let type: String
    /// Epoch milliseconds.
    public let createdAt: Int64
    /// Epoch milliseconds, of the last update; nil before the first.
    public internal(set) var updatedAt: Int64?
    public internal(set) var settings: MachineSettings
    /// nil before the first update; AWS calls that revision `INITIAL`.
    public internal(set) var revisionID: String?
    /// Ascending.
    public internal(set) var versions: [MachineVersion] = []
    /// Numbers are not used again.
    var nextVersion = 1
    /// In the order of their creation.
    public internal(set) var aliases: [MachineAlias] = []
    public internal(set) var tags: [JSONValue]

    /// The revision as publishing names it.
    public var revisionName: String { revisionID ?? "INITIAL" }

    public func version(_ number: Int) -> MachineVersion? { versions.first { $0.number == number } }
    public func alias(_ name: String) -> MachineAlias? { aliases.first { $0.name == name } }
    /// The version that was published of the current revision.
    public var currentVersion: MachineVersion? { versions.last { $0.revisionName == revisionName } }
}

/// What CreateStateMachine sets and UpdateStateMachine changes.
public struct MachineSettings: Sendable, Equatable {
    /// `definition`, `roleArn`, `loggingConfiguration`, `tracingConfiguration`, `encryptionConfiguration`.
    public var members: JSONObject

    public init(_ members: JSONObject) { self.members = members }

    public var definition: String { members["definition"]?.string ?? "" }
    public var roleArn: String { members["roleArn"]?.string ?? "" }

    /// These settings with those of `changes` in their place.
    func updated(by changes: JSONObject) -> MachineSettings {
        var result = members
        for change in changes { result[change.key] = change.value }
        return MachineSettings(result)
    }

    /// Whether a second CreateStateMachine asks for the same; another role is not another machine. Source: surface § 1.3.
    func isSameCreation(as other: MachineSettings) -> Bool {
        var (left, right) = (members, other.members)
        left["roleArn"] = nil
        right["roleArn"] = nil
        return left == right
    }
}

/// A published version: the settings of a machine as they were.
public struct MachineVersion: Sendable, Equatable {
    public let number: Int
    public let description: String?
    /// Epoch milliseconds.
    public let createdAt: Int64
    public let settings: MachineSettings
    public let revisionName: String
}

/// A name for one or two versions.
public struct MachineAlias: Sendable, Equatable {
    public let name: String
    public internal(set) var description: String?
    /// Each `{stateMachineVersionArn, weight}`.
    public internal(set) var routing: [JSONValue]
    /// Epoch milliseconds.
    public let createdAt: Int64
    /// Epoch milliseconds.
    public internal(set) var updatedAt: Int64

    /// ARNs of the versions that it leads to.
    public var versionArns: [String] { routing.compactMap { $0["stateMachineVersionArn"]?.string } }
}

/// An activity: a name that workers poll for tasks.
public struct RegisteredActivity: Sendable, Equatable {
    public let arn: String
    public let name: String
    /// Epoch milliseconds.
    public let createdAt: Int64
    public let encryption: JSONValue?
    public internal(set) var tags: [JSONValue]
}
