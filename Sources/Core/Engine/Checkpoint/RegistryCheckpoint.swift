import JSON

/// The folded state of a state machine or an activity as JSON, deleted ones included: their sequence goes on.
public enum RegistryCheckpoint {
    /// The newest form, and the one that is written.
    static let form: Int64 = 1

    static func encode(sequence: Int64, machine: RegisteredMachine?, activity: RegisteredActivity?) -> [UInt8] {
        var object: JSONObject = ["form": .integer(form), "sequence": .integer(sequence)]
        if let machine { object["machine"] = json(machine) }
        if let activity {
            var member: JSONObject = [
                "name": .string(activity.name), "createdAt": .integer(activity.createdAt),
                "tags": .array(activity.tags),
            ]
            member["encryption"] = activity.encryption
            object["activity"] = .object(member)
        }
        return JSONWriter.bytes(.object(object))
    }

    /// Versions name their settings by place, since most have those of the machine as it is or was.
    private static func json(_ machine: RegisteredMachine) -> JSONValue {
        var settings = [machine.settings]
        var versions: [JSONValue] = []
        for version in machine.versions {
            let place = settings.firstIndex(of: version.settings) ?? settings.count
            if place == settings.count { settings.append(version.settings) }
            var member: JSONObject = [
                "number": .integer(version.number), "createdAt": .integer(version.createdAt),
                "revision": .string(version.revisionName), "settings": .integer(place),
            ]
            member["description"] = version.description.map { .string($0) }
            versions.append(.object(member))
        }
        let aliases = machine.aliases.map { alias in
            var member: JSONObject = [
                "name": .string(alias.name), "routing": .array(alias.routing), "createdAt": .integer(alias.createdAt),
                "updatedAt": .integer(alias.updatedAt),
            ]
            member["description"] = alias.description.map { .string($0) }
            return JSONValue.object(member)
        }
        var object: JSONObject = [
            "name": .string(machine.name), "type": .string(machine.type), "createdAt": .integer(machine.createdAt),
            "nextVersion": .integer(machine.nextVersion), "tags": .array(machine.tags),
            "settings": .array(settings.map { .object($0.members) }), "versions": .array(versions),
            "aliases": .array(aliases),
        ]
        object["updatedAt"] = machine.updatedAt.map { .integer($0) }
        object["revision"] = machine.revisionID.map { .string($0) }
        return .object(object)
    }

    /// - Throws: `CodecError` for damaged bytes or a form of a newer release.
    static func decode(
        _ bytes: [UInt8], arn: String
    ) throws(CodecError) -> (sequence: Int64, machine: RegisteredMachine?, activity: RegisteredActivity?) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw CodecError(message: "the checkpoint of \(arn) is not valid JSON: \(error)")
        }
        let record = try MemberReader(value, "checkpoint")
        let written = try record.int64("form")
        guard written == form else {
            throw CodecError(
                message: "the checkpoint of \(arn) has form \(written); this release reads forms up to \(form), "
                    + "a newer one may have written it")
        }
        var activity: RegisteredActivity?
        if let member = try record.optionalObject("activity") {
            activity = RegisteredActivity(
                arn: arn, name: try member.string("name"), createdAt: try member.int64("createdAt"),
                encryption: value["activity"]?["encryption"], tags: value["activity"]?["tags"]?.array ?? [])
        }
        var machine: RegisteredMachine?
        if let member = value["machine"] { machine = try self.machine(member, arn) }
        return (try record.int64("sequence"), machine, activity)
    }

    private static func machine(_ value: JSONValue, _ arn: String) throws(CodecError) -> RegisteredMachine {
        let record = try MemberReader(value, "machine")
        let settings = (value["settings"]?.array ?? []).map { MachineSettings($0.object ?? JSONObject()) }
        guard let current = settings.first else {
            throw CodecError(message: "the checkpoint of \(arn) has no settings")
        }
        var machine = RegisteredMachine(
            arn: arn, name: try record.string("name"), type: try record.string("type"),
            createdAt: try record.int64("createdAt"), settings: current, tags: value["tags"]?.array ?? [])
        machine.updatedAt = try record.optionalInt64("updatedAt")
        machine.revisionID = try record.optionalString("revision")
        machine.nextVersion = Int(try record.int64("nextVersion"))
        for version in value["versions"]?.array ?? [] {
            let member = try MemberReader(version, "version")
            let place = Int(try member.int64("settings"))
            guard settings.indices.contains(place) else {
                throw CodecError(message: "the checkpoint of \(arn) has no settings \(place)")
            }
            machine.versions.append(
                MachineVersion(
                    number: Int(try member.int64("number")), description: try member.optionalString("description"),
                    createdAt: try member.int64("createdAt"), settings: settings[place],
                    revisionName: try member.string("revision")))
        }
        for alias in value["aliases"]?.array ?? [] {
            let member = try MemberReader(alias, "alias")
            machine.aliases.append(
                MachineAlias(
                    name: try member.string("name"), description: try member.optionalString("description"),
                    routing: alias["routing"]?.array ?? [], createdAt: try member.int64("createdAt"),
                    updatedAt: try member.int64("updatedAt")))
        }
        return machine
    }
}

extension Registry {
    /// The state of one entity, for `restore`.
    public func checkpoint(of arn: String) -> [UInt8] {
        RegistryCheckpoint.encode(sequence: sequence(of: arn), machine: machines[arn], activity: activities[arn])
    }
}
