import JSON

extension ScriptedAccount {
    /// The cluster that a call names: `default` without a name. - Throws: ClusterNotFoundException.
    func clusterName(_ value: JSONValue?) throws(ScriptedRefusal) -> String {
        let name = value?.string?.split(separator: "/").last.map(String.init) ?? "default"
        guard clusters.contains(name) else { throw ScriptedRefusal("ClusterNotFoundException", "Cluster not found.") }
        return name
    }

    /// The task of a cluster that an ARN or id names; nil where DescribeTasks would not show it.
    private func task(_ name: String, in cluster: String, _ now: Int64) -> ScriptedTask? {
        let id = name.split(separator: "/").last.map(String.init) ?? name
        guard let task = tasks[id], task.clusterArn.hasSuffix(":cluster/\(cluster)"), now >= task.missingUntil,
            now - (task.stoppedAt ?? now) <= script.stoppedMilliseconds
        else { return nil }
        return task
    }

    mutating func describeTasks(_ input: JSONObject, _ now: Int64) throws(ScriptedRefusal) -> JSONValue {
        guard describeTasksBucket.takes(now: now) else {
            counts.throttles += 1
            throw ScriptedRefusal("ThrottlingException", "Rate exceeded.")
        }
        let cluster = try clusterName(input["cluster"])
        let names = (input["tasks"]?.array ?? []).compactMap(\.string)
        guard !names.isEmpty else { throw ScriptedRefusal("InvalidParameterException", "Tasks cannot be empty.") }
        guard names.count <= 100 else {
            throw ScriptedRefusal("InvalidParameterException", "Tasks cannot be more than 100.")
        }
        counts.describedTasks += names.count
        let includesTags = input["include"]?.array?.contains { $0.string == "TAGS" } ?? false
        var found: [JSONValue] = []
        var missing: [JSONValue] = []
        for name in names {
            if let task = task(name, in: cluster, now) {
                found.append(task.json(.api, includesTags: includesTags))
            } else {
                let arn = name.hasPrefix("arn:") ? name : "\(arnPrefix):task/\(cluster)/\(name)"
                missing.append(["arn": .string(arn), "reason": "MISSING"])
            }
        }
        return ["tasks": .array(found), "failures": .array(missing)]
    }

    mutating func stopTask(_ input: JSONObject, _ now: Int64) throws(ScriptedRefusal) -> JSONValue {
        guard stopTaskBucket.takes(now: now) else {
            counts.throttles += 1
            throw ScriptedRefusal("ThrottlingException", "Rate exceeded.")
        }
        let cluster = try clusterName(input["cluster"])
        let name = input["task"]?.string ?? ""
        let id = name.split(separator: "/").last.map(String.init) ?? name
        guard var task = tasks[id], task.clusterArn.hasSuffix(":cluster/\(cluster)") else {
            throw ScriptedRefusal("InvalidParameterException", "The referenced task was not found.")
        }
        if !task.isStopping {
            var random = ScriptRandom(seed: script.seed, purpose: "stop", key: id)
            task.stop(at: now, reason: input["reason"]?.string, &random)
            tasks[id] = task
            if let next = task.nextStepAt { due.insert(Due(at: next, what: .step(id, task.generation))) }
            advance(to: now)
        }
        return ["task": tasks[id]?.json(.api) ?? .null]
    }

    /// `startedBy` may be the only filter beside the cluster. Source: reference/ecs.md §2, ListTasks.
    mutating func listTasks(_ input: JSONObject) throws(ScriptedRefusal) -> JSONValue {
        let cluster = try clusterName(input["cluster"])
        let startedBy = input["startedBy"]?.string
        if startedBy != nil, input["desiredStatus"] != nil || input["family"] != nil {
            throw ScriptedRefusal("InvalidParameterException", "startedBy cannot be combined with other filters.")
        }
        let countMax = Int(input["maxResults"]?.number?.int64 ?? 100)
        guard (1...100).contains(countMax) else {
            throw ScriptedRefusal("InvalidParameterException", "maxResults should be between 1 and 100.")
        }
        let start = Int(input["nextToken"]?.string ?? "0") ?? 0
        guard start >= 0 else { throw ScriptedRefusal("InvalidParameterException", "Invalid token.") }
        let wantsStopped = input["desiredStatus"]?.string == "STOPPED"
        let family = input["family"]?.string
        var arns: [JSONValue] = []
        let ids = order[cluster] ?? []
        var index = start
        while index < ids.count, arns.count < countMax {
            if let task = tasks[ids[index]], task.isStopping == wantsStopped,
                startedBy == nil || task.request["startedBy"]?.string == startedBy,
                family == nil || task.definition.family == family
            {
                arns.append(.string(task.arn))
            }
            index += 1
        }
        var answer: JSONObject = ["taskArns": .array(arns)]
        if index < ids.count { answer["nextToken"] = .string(String(index)) }
        return .object(answer)
    }
}
