import JSON

/// The state machines and activities of a partition (or, in a projection, of all), folded from their events.
/// Nothing but `evolve` changes it.
public struct Registry: Sendable {
    public private(set) var machines: [String: RegisteredMachine] = [:]
    public private(set) var activities: [String: RegisteredActivity] = [:]
    /// Of each entity's last event; those of deleted ones stay.
    private var sequences: [String: Int64] = [:]

    public init() {}

    /// Of the last event under an ARN; 0 before the first.
    public func sequence(of arn: String) -> Int64 { sequences[arn] ?? 0 }

    /// Takes over what `checkpoint(of:)` gave. - Throws: `CodecError` for damaged bytes or a form of a newer release.
    public mutating func restore(_ checkpoint: [UInt8], of arn: String) throws(CodecError) {
        let (sequence, machine, activity) = try RegistryCheckpoint.decode(checkpoint, arn: arn)
        sequences[arn] = sequence
        machines[arn] = machine
        activities[arn] = activity
    }

    /// Takes over what another one knows of an entity.
    public mutating func adopt(_ arn: String, from other: Registry) {
        sequences[arn] = other.sequences[arn]
        machines[arn] = other.machines[arn]
        activities[arn] = other.activities[arn]
    }

    /// Folds one event. Events are taken in order; one that was folded before changes nothing.
    public mutating func evolve(_ event: RegistryEvent) {
        guard event.sequence > sequence(of: event.arn) else { return }
        sequences[event.arn] = event.sequence
        let details = event.details
        switch event.kind {
        case .stateMachineCreated:
            machines[event.arn] = RegisteredMachine(
                arn: event.arn, name: details["name"]?.string ?? "", type: details["type"]?.string ?? "STANDARD",
                createdAt: event.timestamp, settings: MachineSettings(details["settings"]?.object ?? JSONObject()),
                tags: details["tags"]?.array ?? [])
        case .stateMachineDeleted: machines[event.arn] = nil
        case .activityCreated:
            activities[event.arn] = RegisteredActivity(
                arn: event.arn, name: details["name"]?.string ?? "", createdAt: event.timestamp,
                encryption: details["encryptionConfiguration"], tags: details["tags"]?.array ?? [])
        case .activityDeleted: activities[event.arn] = nil
        case .tagsChanged:
            machines[event.arn]?.tags = details["tags"]?.array ?? []
            activities[event.arn]?.tags = details["tags"]?.array ?? []
        case .stateMachineUpdated, .versionPublished, .versionDeleted, .aliasCreated, .aliasUpdated, .aliasDeleted:
            machines[event.arn]?.evolve(event)
        }
    }
}

extension RegisteredMachine {
    mutating func evolve(_ event: RegistryEvent) {
        let details = event.details
        let name = details["name"]?.string ?? ""
        switch event.kind {
        case .stateMachineUpdated:
            settings = MachineSettings(details["settings"]?.object ?? JSONObject())
            revisionID = details["revisionId"]?.string
            updatedAt = event.timestamp
        case .versionPublished:
            let number = Int(details["version"]?.number?.int64 ?? 0)
            versions.append(
                MachineVersion(
                    number: number, description: details["description"]?.string, createdAt: event.timestamp,
                    settings: settings,
                    revisionName: revisionName))
            nextVersion = number + 1
        case .versionDeleted:
            let number = Int(details["version"]?.number?.int64 ?? 0)
            versions.removeAll { $0.number == number }
        case .aliasCreated:
            aliases.append(
                MachineAlias(
                    name: name, description: details["description"]?.string, routing: details["routing"]?.array ?? [],
                    createdAt: event.timestamp, updatedAt: event.timestamp))
        case .aliasUpdated:
            guard let index = aliases.firstIndex(where: { $0.name == name }) else { return }
            aliases[index].description = details["description"]?.string
            aliases[index].routing = details["routing"]?.array ?? []
            aliases[index].updatedAt = event.timestamp
        case .aliasDeleted: aliases.removeAll { $0.name == name }
        case .stateMachineCreated, .stateMachineDeleted, .tagsChanged, .activityCreated, .activityDeleted: break
        }
    }
}
