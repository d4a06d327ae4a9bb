import JSON

extension Registry {
    /// Turns a command into events, which the caller folds with `evolve` and puts on the log. None: all is as asked already.
    /// - Throws: `RegistryRejection`, in AWS's words where they are recorded (surface § 1.3, § 1.6).
    public func decide(_ command: RegistryCommand, _ moment: Moment) throws(RegistryRejection) -> [RegistryEvent] {
        var decision = RegistryDecision(arn: command.arn, sequence: sequence(of: command.arn), time: moment.time)
        let arguments = command.arguments
        switch command.action {
        case .createStateMachine: try createMachine(arguments, &decision)
        case .updateStateMachine: try updateMachine(arguments, moment, &decision)
        case .deleteStateMachine: if machines[command.arn] != nil { decision.emit(.stateMachineDeleted) }
        case .publishVersion: try publishVersion(arguments, &decision)
        case .deleteVersion: try deleteVersion(arguments, &decision)
        case .createAlias: try createAlias(arguments, &decision)
        case .updateAlias: try updateAlias(arguments, &decision)
        case .deleteAlias:
            let name = arguments["name"]?.string ?? ""
            if machines[command.arn]?.alias(name) != nil { decision.emit(.aliasDeleted, ["name": .string(name)]) }
        case .tag, .untag: try changeTags(command, &decision)
        case .createActivity: try createActivity(arguments, &decision)
        case .deleteActivity: if activities[command.arn] != nil { decision.emit(.activityDeleted) }
        }
        return decision.events
    }

    private func machine(_ arn: String) throws(RegistryRejection) -> RegisteredMachine {
        guard let machine = machines[arn] else {
            throw RegistryRejection("StateMachineDoesNotExist", "State Machine Does Not Exist: '\(arn)'")
        }
        return machine
    }

    // MARK: - Machines and versions

    private func createMachine(_ arguments: JSONObject, _ decision: inout RegistryDecision) throws(RegistryRejection) {
        let settings = MachineSettings(arguments["settings"]?.object ?? JSONObject())
        let publishes = arguments["publish"]?.bool ?? false
        let description = arguments["versionDescription"]
        if let existing = machines[decision.arn] {
            let isPublished = existing.versions.first.map { $0.description == description?.string } ?? false
            guard existing.type == arguments["type"]?.string, existing.settings.isSameCreation(as: settings),
                publishes == isPublished
            else {
                throw RegistryRejection("StateMachineAlreadyExists", "State Machine Already Exists: '\(decision.arn)'")
            }
            return
        }
        let tags = arguments["tags"]?.array ?? []
        try Self.checkCount(of: tags)
        decision.emit(
            .stateMachineCreated,
            [
                "name": arguments["name"] ?? .null, "type": arguments["type"] ?? .null,
                "settings": .object(settings.members),
                "tags": .array(Self.merged([], tags)),
            ])
        if publishes { decision.publish(1, description) }
    }

    private func updateMachine(
        _ arguments: JSONObject, _ moment: Moment, _ decision: inout RegistryDecision
    ) throws(RegistryRejection) {
        let machine = try machine(decision.arn)
        let settings = machine.settings.updated(by: arguments["settings"]?.object ?? JSONObject())
        let isChanged = settings != machine.settings
        if isChanged {
            var bits = SeededBits(seed: moment.seed)
            decision.emit(
                .stateMachineUpdated,
                ["settings": .object(settings.members), "revisionId": .string(UUIDText.make(from: &bits))])
        }
        guard arguments["publish"]?.bool ?? false, isChanged || machine.currentVersion == nil else { return }
        decision.publish(machine.nextVersion, arguments["versionDescription"])
    }

    private func publishVersion(_ arguments: JSONObject, _ decision: inout RegistryDecision) throws(RegistryRejection) {
        let machine = try machine(decision.arn)
        if let asked = arguments["revisionId"]?.string, asked != machine.revisionName {
            throw RegistryRejection(
                "ConflictException",
                "Failed to publish the State Machine version for revision \(asked). "
                    + "The current State Machine revision is \(machine.revisionName).")
        }
        guard machine.currentVersion == nil else { return }
        decision.publish(machine.nextVersion, arguments["description"])
    }

    private func deleteVersion(_ arguments: JSONObject, _ decision: inout RegistryDecision) throws(RegistryRejection) {
        let number = Int(arguments["version"]?.number?.int64 ?? 0)
        guard let machine = machines[decision.arn], machine.version(number) != nil else { return }
        let referencing = machine.aliases.filter { $0.versionArns.contains("\(decision.arn):\(number)") }.map(\.name)
        guard referencing.isEmpty else {
            throw RegistryRejection(
                "ConflictException",
                "Version to be deleted must not be referenced by an alias. "
                    + "Current list of aliases referencing this version: [\(referencing.joined(separator: ", "))]")
        }
        decision.emit(.versionDeleted, ["version": .integer(number)])
    }

    // MARK: - Aliases

    private func checkRouting(_ machine: RegisteredMachine, _ routing: JSONValue?) throws(RegistryRejection) {
        for route in routing?.array ?? [] {
            let number = route["stateMachineVersionArn"]?.string?.split(separator: ":").last.flatMap { Int($0) } ?? 0
            guard machine.version(number) != nil else { throw .missingReference }
        }
    }

    private func createAlias(_ arguments: JSONObject, _ decision: inout RegistryDecision) throws(RegistryRejection) {
        guard let machine = machines[decision.arn] else { throw .missingReference }
        if let existing = machine.alias(arguments["name"]?.string ?? "") {
            guard existing.routing == arguments["routing"]?.array,
                existing.description == arguments["description"]?.string
            else {
                throw RegistryRejection(
                    "ConflictException",
                    "Failed to create alias because an alias with the same name and a different routing configuration already exists."
                )
            }
            return
        }
        try checkRouting(machine, arguments["routing"])
        decision.emit(.aliasCreated, arguments)
    }

    private func updateAlias(_ arguments: JSONObject, _ decision: inout RegistryDecision) throws(RegistryRejection) {
        guard let machine = machines[decision.arn], let alias = machine.alias(arguments["name"]?.string ?? "") else {
            throw .missingReference
        }
        try checkRouting(machine, arguments["routing"])
        var details: JSONObject = [
            "name": .string(alias.name), "routing": arguments["routing"] ?? .array(alias.routing),
        ]
        details["description"] = arguments["description"] ?? alias.description.map { .string($0) }
        decision.emit(.aliasUpdated, details)
    }

    // MARK: - Activities and tags

    private func createActivity(_ arguments: JSONObject, _ decision: inout RegistryDecision) throws(RegistryRejection) {
        if let existing = activities[decision.arn] {
            guard existing.encryption == arguments["encryptionConfiguration"] else {
                throw RegistryRejection("ActivityAlreadyExists", "Activity Already Exists: '\(decision.arn)'")
            }
            return
        }
        var details = arguments
        try Self.checkCount(of: arguments["tags"]?.array ?? [])
        details["tags"] = .array(Self.merged([], arguments["tags"]?.array ?? []))
        decision.emit(.activityCreated, details)
    }

    private func changeTags(_ command: RegistryCommand, _ decision: inout RegistryDecision) throws(RegistryRejection) {
        guard let current = machines[command.arn]?.tags ?? activities[command.arn]?.tags else {
            throw RegistryRejection("ResourceNotFound", "Resource not found: '\(command.arn)'")
        }
        var tags = current
        if command.action == .tag {
            tags = Self.merged(current, command.arguments["tags"]?.array ?? [])
            try Self.checkCount(of: tags)
        } else {
            let keys = command.arguments["keys"]?.array ?? []
            tags.removeAll { tag in tag["key"].map { keys.contains($0) } ?? false }
        }
        if tags != current { decision.emit(.tagsChanged, ["tags": .array(tags)]) }
    }

    /// - Returns: `tags` with `more` behind them; a key that is there keeps its place and takes the new value.
    private static func merged(_ tags: [JSONValue], _ more: [JSONValue]) -> [JSONValue] {
        var result = tags
        for tag in more {
            if let index = result.firstIndex(where: { $0["key"] == tag["key"] }) {
                result[index] = tag
            } else {
                result.append(tag)
            }
        }
        return result
    }

    /// Source: surface § 1.2: 50 tags a resource.
    private static func checkCount(of tags: [JSONValue]) throws(RegistryRejection) {
        if tags.count > 50 {
            throw RegistryRejection("TooManyTags", "A resource can have 50 tags at most; \(tags.count) were given.")
        }
    }
}

extension RegistryRejection {
    static let missingReference = RegistryRejection(
        "ResourceNotFound", "Request references a resource that does not exist.")
}

/// The events of one decision on one entity, as they come about.
private struct RegistryDecision {
    let arn: String
    var sequence: Int64
    let time: Int64
    var events: [RegistryEvent] = []

    mutating func emit(_ kind: RegistryEvent.Kind, _ details: JSONObject = JSONObject()) {
        sequence += 1
        events.append(RegistryEvent(arn: arn, sequence: sequence, timestamp: time, kind: kind, details: details))
    }

    mutating func publish(_ number: Int, _ description: JSONValue?) {
        var details: JSONObject = ["version": .integer(number)]
        details["description"] = description
        emit(.versionPublished, details)
    }
}

/// Random UUIDs (version 4) from a moment's bits.
enum UUIDText {
    static func make(from bits: inout SeededBits) -> String {
        var words = [bits.next(), bits.next()]
        words[0] = words[0] & ~0xF000 | 0x4000
        words[1] = words[1] & ~(0xC000 << 48) | 0x8000 << 48
        let digits = words.map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }.joined()
        var result = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { result += "-" }
            result.append(digit)
        }
        return result
    }
}
