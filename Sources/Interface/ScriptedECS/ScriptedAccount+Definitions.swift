import JSON

extension ScriptedAccount {
    mutating func register(_ input: JSONObject) throws(ScriptedRefusal) -> ScriptedDefinition {
        let family = input["family"]?.string ?? ""
        let definition = try ScriptedDefinition(
            input, revision: definitions[family, default: []].count + 1, arnPrefix: arnPrefix)
        definitions[family, default: []].append(definition)
        return definition
    }

    /// `family`, `family:revision` or an ARN. - Throws: ClientException.
    func definition(_ name: String) throws(ScriptedRefusal) -> ScriptedDefinition {
        let words = (name.split(separator: "/").last ?? "").split(separator: ":").map(String.init)
        let revisions = definitions[words.first ?? ""] ?? []
        let wanted = words.count > 1 ? Int(words[1]) ?? 0 : revisions.count
        guard revisions.indices.contains(wanted - 1) else {
            throw ScriptedRefusal("ClientException", "TaskDefinition not found.")
        }
        return revisions[wanted - 1]
    }

    mutating func createCluster(_ input: JSONObject) -> JSONValue {
        let name = input["clusterName"]?.string ?? "default"
        clusters.insert(name)
        return ["cluster": cluster(name)]
    }

    func describeClusters(_ input: JSONObject) -> JSONValue {
        let names = input["clusters"]?.array?.compactMap(\.string) ?? ["default"]
        var found: [JSONValue] = []
        var missing: [JSONValue] = []
        for given in names {
            let name = given.split(separator: "/").last.map(String.init) ?? given
            if clusters.contains(name) {
                found.append(cluster(name))
            } else {
                missing.append(["arn": .string("\(arnPrefix):cluster/\(name)"), "reason": "MISSING"])
            }
        }
        return ["clusters": .array(found), "failures": .array(missing)]
    }

    private func cluster(_ name: String) -> JSONValue {
        let living = (order[name] ?? []).compactMap { tasks[$0] }.filter { !$0.isStopped }
        let running = living.count { $0.status == "RUNNING" }
        return [
            "clusterArn": .string("\(arnPrefix):cluster/\(name)"), "clusterName": .string(name), "status": "ACTIVE",
            "registeredContainerInstancesCount": 0, "runningTasksCount": .integer(running),
            "pendingTasksCount": .integer(living.count - running), "activeServicesCount": 0, "statistics": [],
            "tags": [], "settings": [], "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
            "defaultCapacityProviderStrategy": [],
        ]
    }

    /// CloudWatch Logs of a task's container: the lines of its lifecycle. Streams are named `prefix/container/task id`.
    func logEvents(_ input: JSONObject) throws(ScriptedRefusal) -> JSONValue {
        let stream = input["logStreamName"]?.string ?? ""
        guard let id = stream.split(separator: "/").last, let task = tasks[String(id)] else {
            throw ScriptedRefusal("ResourceNotFoundException", "The specified log stream does not exist.")
        }
        let countMax = Int(input["limit"]?.number?.int64 ?? 10_000)
        let lines = task.lifecycle.logLines.suffix(max(0, countMax))
        let events = lines.enumerated().map { index, line -> JSONValue in
            let at = task.createdAt + Int64(index)
            return ["timestamp": .integer(at), "message": .string(line), "ingestionTime": .integer(at)]
        }
        return [
            "events": .array(events), "nextForwardToken": .string("f/\(events.count)"), "nextBackwardToken": "b/0",
        ]
    }
}
