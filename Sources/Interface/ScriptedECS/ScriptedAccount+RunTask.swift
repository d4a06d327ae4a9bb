import JSON

extension ScriptedAccount {
    /// RunTask: throttles, then checks, then the client token, then capacity, then a launch.
    mutating func runTask(_ input: JSONObject, _ now: Int64) throws(ScriptedRefusal) -> JSONValue {
        if let group = input["group"]?.string, let end = ends.removeValue(forKey: group) {
            counts.handOffs.append(ScriptCounts.HandOff(at: now, milliseconds: now - end))
        }
        let token = input["clientToken"]?.string
        let key = token ?? "call \(launchNumber)"
        let number = tries[key, default: 0]
        if token != nil { tries[key] = number + 1 }
        var chance = ScriptRandom(seed: script.seed, purpose: "runTask", key: key, number: number)
        if !runTaskBucket.takes(now: now) || chance.happens(script.throttleProbability) {
            counts.throttles += 1
            throw throttle(&chance)
        }
        let definition = try definition(input["taskDefinition"]?.string ?? "")
        let cluster = try clusterName(input["cluster"])
        try check(input, definition)
        if let token, let used = try replay(token, cluster, input, now) { return used }
        if chance.happens(script.capacityFailureProbability) {
            counts.capacityFailures += 1
            let instance = "\(arnPrefix):container-instance/\(cluster)/\(chance.hexadecimal(32))"
            return ["tasks": [], "failures": [["arn": .string(instance), "reason": .string(script.capacityReason)]]]
        }
        let launched = launch(input, definition, cluster, now)
        counts.byStartedBy[input["startedBy"]?.string ?? "", default: 0] += 1
        if let token {
            counts.byClientToken["\(cluster)/\(token)", default: 0] += 1
            tokens["\(cluster)/\(token)"] = UsedToken(request: input, taskIDs: launched, createdAt: now)
        }
        if chance.happens(script.lostAnswerProbability) {
            counts.lostAnswers += 1
            throw ScriptedRefusal("ServerException", "Service Unavailable. Please try again later.", status: 500)
        }
        return ["tasks": shown(launched), "failures": []]
    }

    private func shown(_ ids: [String]) -> JSONValue { .array(ids.compactMap { tasks[$0]?.json(.api) }) }

    private func throttle(_ chance: inout ScriptRandom) -> ScriptedRefusal {
        guard chance.happens(script.disguisedShare) else {
            return ScriptedRefusal("ThrottlingException", "Rate exceeded.")
        }
        return ScriptedRefusal(
            "InvalidParameterException",
            "Error retrieving subnet information for [subnet-0123456789abcdef0]: Rate exceeded (ErrorCode: Throttling)")
    }

    private func check(_ input: JSONObject, _ definition: ScriptedDefinition) throws(ScriptedRefusal) {
        func refuse(_ message: String) -> ScriptedRefusal { ScriptedRefusal("InvalidParameterException", message) }
        let count = input["count"]?.number?.int64 ?? 1
        guard (1...10).contains(count) else { throw refuse("Count should be between 1 and 10.") }
        if let startedBy = input["startedBy"]?.string {
            let isAllowed =
                startedBy.utf8.count <= 128
                && startedBy.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_/ ".contains($0)) }
            guard isAllowed else { throw refuse("startedBy should contain up to 128 letters, digits, -, _ and /.") }
        }
        if let token = input["clientToken"]?.string {
            guard token.utf8.count <= 64, token.utf8.allSatisfy({ (33...126).contains($0) }) else {
                throw refuse("clientToken should contain up to 64 ASCII characters.")
            }
        }
        guard let overrides = input["overrides"] else { return }
        guard JSONWriter.bytes(overrides).count <= 8192 else {
            throw refuse("Container Overrides length must be at most 8192")
        }
        for override in overrides["containerOverrides"]?.array ?? [] {
            let name = override["name"]?.string ?? ""
            guard definition.containers.contains(where: { $0.name == name }) else {
                throw refuse("Override for container named \(name) is not a container in the TaskDefinition.")
            }
        }
    }

    /// The answer to a token that was used before; nil for a new or forgotten one.
    private mutating func replay(
        _ token: String, _ cluster: String, _ input: JSONObject, _ now: Int64
    ) throws(ScriptedRefusal) -> JSONValue? {
        guard let used = tokens["\(cluster)/\(token)"] else { return nil }
        let ends = used.taskIDs.map { tasks[$0]?.stoppedAt ?? .max }
        let isForgotten =
            now - used.createdAt > script.tokenMilliseconds
            || (ends.max() ?? .max) < now - script.tokenMillisecondsAfterStop
        guard !isForgotten else {
            tokens["\(cluster)/\(token)"] = nil
            return nil
        }
        guard used.request == input else {
            counts.conflicts += 1
            throw ScriptedRefusal(
                "ConflictException", "The request conflicts with a former one of the same clientToken.",
                resourceIDs: used.taskIDs.compactMap { tasks[$0]?.arn })
        }
        counts.replays += 1
        return ["tasks": shown(used.taskIDs), "failures": []]
    }

    private mutating func launch(
        _ input: JSONObject, _ definition: ScriptedDefinition, _ cluster: String, _ now: Int64
    ) -> [String] {
        var ids: [String] = []
        for _ in 0..<(input["count"]?.number?.int64 ?? 1) {
            launchNumber += 1
            let key = "\(input["clientToken"]?.string ?? "") \(launchNumber)"
            var random = ScriptRandom(seed: script.seed, purpose: "launch", key: key)
            let id = random.hexadecimal(32)
            // How it lives follows from the token alone, whatever was launched before.
            var life = ScriptRandom(
                seed: script.seed, purpose: "life", key: input["clientToken"]?.string ?? key, number: ids.count)
            var task = ScriptedTask(
                id: id, arn: "\(arnPrefix):task/\(cluster)/\(id)", clusterArn: "\(arnPrefix):cluster/\(cluster)",
                definition: definition, lifecycle: lifecycle(input, definition, &life), request: input, createdAt: now,
                random: &life)
            if life.happens(script.missingProbability) { task.missingUntil = now + script.missingMilliseconds }
            tasks[id] = task
            order[cluster, default: []].append(id)
            counts.launched += 1
            noteStep(id)
            ids.append(id)
        }
        return ids
    }

    private func lifecycle(
        _ input: JSONObject, _ definition: ScriptedDefinition, _ random: inout ScriptRandom
    ) -> Lifecycle {
        let overrides = input["overrides"]?["containerOverrides"]?.array ?? []
        let variables = overrides.flatMap { $0["environment"]?.array ?? [] }
        let asked = variables.first { $0["name"]?.string == "SCRIPTED_ECS" }?["value"]?.string
        if let named = script.lifecycles.first(where: { $0.name == asked ?? definition.family }) { return named }
        var rest = random.fraction() * script.lifecycles.reduce(0) { $0 + $1.weight }
        for lifecycle in script.lifecycles {
            rest -= lifecycle.weight
            if rest < 0 { return lifecycle }
        }
        return script.lifecycles.last ?? Lifecycle()
    }
}
