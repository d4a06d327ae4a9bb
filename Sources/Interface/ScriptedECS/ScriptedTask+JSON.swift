import JSON

extension ScriptedTask {
    /// How moments are written: DescribeTasks has epoch seconds, events have ISO 8601.
    enum Form {
        case api
        case event

        func moment(_ epochMilliseconds: Int64) -> JSONValue {
            switch self {
            case .api: .double(Double(epochMilliseconds) / 1000)
            case .event: .string(ScriptTime.iso8601(epochMilliseconds))
            }
        }
    }

    /// The task as the API (now) or an event (at `step`) shows it.
    func json(_ form: Form, at step: Int? = nil, includesTags: Bool = false) -> JSONValue {
        let step = step ?? current
        let launchType = request["launchType"]?.string ?? definition.compatibility
        var task: JSONObject = [
            "attachments": attachments(form, launchType, step),
            "attributes": [["name": "ecs.cpu-architecture", "value": "x86_64"]],
            "availabilityZone": .string("\(region)a"),
            "clusterArn": .string(clusterArn),
            "containers": .array(
                lifecycle.end == .failedWithoutContainers && steps[step].isStopping
                    ? [] : definition.containers.map { container($0, at: step) }),
            "createdAt": form.moment(createdAt),
            "desiredStatus": steps[step].isStopping ? "STOPPED" : "RUNNING",
            "enableExecuteCommand": .bool(request["enableExecuteCommand"]?.bool ?? false),
            "group": .string(request["group"]?.string ?? "family:\(definition.family)"),
            "lastStatus": .string(steps[step].status),
            "launchType": .string(launchType),
            "overrides": overrides,
            "taskArn": .string(arn),
            "taskDefinitionArn": .string(definition.arn),
            "version": .integer(step + 1),
        ]
        if let startedBy = request["startedBy"] { task["startedBy"] = startedBy }
        if let cpu = definition.cpu { task["cpu"] = .string(cpu) }
        if let memory = definition.memory { task["memory"] = .string(memory) }
        if launchType == "FARGATE" {
            task["ephemeralStorage"] = ["sizeInGiB": 20]
            task["platformVersion"] = "1.4.0"
        }
        if let started = moment(of: "RUNNING", at: step) {
            task["connectivity"] = "CONNECTED"
            task["connectivityAt"] = form.moment(moment(of: "PENDING", at: step) ?? createdAt)
            task["pullStartedAt"] = form.moment(moment(of: "PENDING", at: step) ?? createdAt)
            task["pullStoppedAt"] = form.moment(started)
            task["startedAt"] = form.moment(started)
        }
        if let code = stopCode(at: step) {
            task["stopCode"] = .string(code)
            task["stoppedReason"] = .string(stoppedReason)
        }
        if let stopping = moment(of: "DEPROVISIONING", at: step) {
            task["stoppingAt"] = form.moment(stopping)
            task["executionStoppedAt"] = form.moment(stopping)
        }
        if let stopped = moment(of: "STOPPED", at: step) { task["stoppedAt"] = form.moment(stopped) }
        switch form {
        case .api:
            task["healthStatus"] = "UNKNOWN"
            task["inferenceAccelerators"] = []
            task["tags"] = includesTags ? request["tags"] ?? [] : []
            if launchType == "FARGATE" {
                task["fargateEphemeralStorage"] = ["sizeInGiB": 20]
                task["platformFamily"] = "Linux"
            }
        case .event: task["updatedAt"] = form.moment(steps[step].at)
        }
        return .object(task)
    }

    private var region: String { arn.split(separator: ":").dropFirst(3).first.map(String.init) ?? "" }

    private func attachments(_ form: Form, _ launchType: String, _ step: Int) -> JSONValue {
        guard launchType == "FARGATE" else { return [] }
        let type: JSONValue = form == .api ? "ElasticNetworkInterface" : "eni"
        let status: JSONValue = steps[step].status == "STOPPED" ? "DELETED" : step == 0 ? "PRECREATED" : "ATTACHED"
        return [
            [
                "details": [["name": "subnetId", "value": "subnet-0123456789abcdef0"]],
                "id": .string("\(id.prefix(8))-0000-4000-a000-\(id.suffix(12))"), "status": status, "type": type,
            ]
        ]
    }

    private func container(_ container: ScriptedDefinition.Container, at step: Int) -> JSONValue {
        var object: JSONObject = [
            "containerArn": .string(
                "\(clusterArn.replacingFirst("cluster/", with: "container/"))/\(id)/\(container.name)"),
            "cpu": .string(container.cpu), "image": .string(container.image), "name": .string(container.name),
            "networkInterfaces": [], "taskArn": .string(arn),
        ]
        if hasStoppedContainers(at: step) {
            object["lastStatus"] = "STOPPED"
            object["reason"] = lifecycle.reasons[container.name].map { .string($0) }
        } else {
            object["lastStatus"] = steps[step].status == "RUNNING" ? "RUNNING" : "PENDING"
        }
        if let code = exitCode(of: container.name, at: step) { object["exitCode"] = .integer(code) }
        if moment(of: "RUNNING", at: step) != nil { object["runtimeId"] = .string("\(id)-0000000001") }
        return .object(object)
    }

    private var overrides: JSONValue {
        var overrides = request["overrides"]?.object ?? JSONObject()
        let given = overrides["containerOverrides"]?.array ?? []
        overrides["containerOverrides"] = .array(
            definition.containers.map { container in
                given.first { $0["name"]?.string == container.name } ?? ["name": .string(container.name)]
            })
        return .object(overrides)
    }
}

extension String {
    /// This text with the first `part` replaced.
    func replacingFirst(_ part: String, with other: String) -> String {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) {
                return String(self[..<start]) + other + self[index(start, offsetBy: part.count)...]
            }
            start = index(after: start)
        }
        return self
    }
}
