import JSON

/// ECS's task object as Step Functions shows it: PascalCase, members in alphabetical order, empty lists present, times in epoch
/// milliseconds. What has no meaning on this machine (attachments, image digests) is empty or absent.
///
/// Source: reference/ecs.md §1.2 (captured).
enum TaskObject {
    /// The task that RunTask answers with: accepted, nothing started yet.
    static func submitted(
        _ definition: TaskDefinition, _ parameters: RunTaskParameters, identity: TaskIdentity, createdAt: Int64
    ) -> JSONValue {
        let launchType = parameters.launchType ?? definition.requiresCompatibilities.first ?? "EC2"
        var task: JSONObject = [
            "Attachments": [],
            "Attributes": [["Name": "ecs.cpu-architecture", "Value": .string(architecture)]],
            "AvailabilityZone": .string("\(identity.region)a"),
            "ClusterArn": .string(identity.clusterArn),
            "Containers": .array(definition.containers.map { container($0, identity) }),
            "CreatedAt": .integer(createdAt),
            "DesiredStatus": "RUNNING",
            "EnableExecuteCommand": .bool(parameters.enablesExecuteCommand),
            "Group": .string(parameters.group ?? "family:\(definition.family)"),
            "InferenceAccelerators": [],
            "LastStatus": "PROVISIONING",
            "LaunchType": .string(launchType),
            "Overrides": overrides(definition, parameters),
            "Tags": parameters.tags,
            "TaskArn": .string(identity.taskArn),
            "TaskDefinitionArn": .string(identity.taskDefinitionArn(definition)),
            "Version": 1,
        ]
        if let cpu = parameters.overrides["Cpu"]?.string ?? definition.cpu { task["Cpu"] = .string(cpu) }
        if let memory = parameters.overrides["Memory"]?.string ?? definition.memory { task["Memory"] = .string(memory) }
        if launchType == "FARGATE" {
            task["EphemeralStorage"] = ["SizeInGiB": 20]
            task["FargateEphemeralStorage"] = ["SizeInGiB": 20]
            task["PlatformFamily"] = "Linux"
            task["PlatformVersion"] = .string(parameters.platformVersion ?? "1.4.0")
        }
        if let startedBy = parameters.startedBy { task["StartedBy"] = .string(startedBy) }
        return sorted(.object(task))
    }

    /// The same task when it has stopped: what `.sync` puts out, or puts into the cause of a failure. As on AWS, where it comes
    /// from an event and not from the API, it lacks PlatformFamily and FargateEphemeralStorage.
    static func stopped(_ submitted: JSONValue, _ end: TaskEnd) -> JSONValue {
        guard case .object(var task) = submitted else { return submitted }
        var containers: [JSONValue] = []
        for (index, value) in (task["Containers"]?.array ?? []).enumerated() {
            guard case .object(var container) = value, end.containers.indices.contains(index) else { continue }
            let outcome = end.containers[index]
            container["LastStatus"] = "STOPPED"
            container["ExitCode"] = outcome.exitCode.map { .integer($0) }
            container["Reason"] = outcome.reason.map { .string($0) }
            container["RuntimeId"] = outcome.runtimeID.map { .string($0) }
            containers.append(.object(container))
        }
        task["Containers"] = .array(containers)
        task["PlatformFamily"] = nil
        task["FargateEphemeralStorage"] = nil
        task["DesiredStatus"] = "STOPPED"
        task["LastStatus"] = "STOPPED"
        if let startedAt = end.startedAt {
            task["Connectivity"] = "CONNECTED"
            task["ConnectivityAt"] = .integer(end.preparedAt)
            task["PullStartedAt"] = .integer(end.preparedAt)
            task["PullStoppedAt"] = .integer(end.preparedAt)
            task["StartedAt"] = .integer(startedAt)
        }
        task["StoppingAt"] = .integer(end.stoppingAt)
        task["ExecutionStoppedAt"] = .integer(end.stoppedAt)
        task["StoppedAt"] = .integer(end.stoppedAt)
        task["StopCode"] = .string(end.stopCode.rawValue)
        task["StoppedReason"] = .string(end.stoppedReason)
        task["Version"] = 5
        return sorted(.object(task))
    }

    /// The answer of RunTask with what Java's SDK adds to it.
    static func answer(_ tasks: [JSONValue], requestID: String, epochMilliseconds: Int64) -> JSONValue {
        let body = JSONWriter.bytes(["failures": [], "tasks": .array(tasks)])
        return answer(
            ["Failures": [], "Tasks": .array(tasks)], contentLength: body.count,
            contentType: "application/x-amz-json-1.1",
            requestID: requestID, epochMilliseconds: epochMilliseconds)
    }

    /// `members` with SdkHttpMetadata and SdkResponseMetadata.
    /// - Parameter showsConnection: some services' answers have the header `connection`, others have not.
    static func answer(
        _ members: JSONObject, contentLength: Int, contentType: String, requestID: String, epochMilliseconds: Int64,
        showsConnection: Bool = false
    ) -> JSONValue {
        let date = CalendarTime(epochMilliseconds: epochMilliseconds).httpDate
        var headers: [(JSONString, String)] = [
            ("Content-Length", String(contentLength)), ("Content-Type", contentType), ("Date", date),
            ("x-amzn-RequestId", requestID),
        ]
        if showsConnection { headers.append(("connection", "keep-alive")) }
        var single = JSONObject()
        var lists = JSONObject()
        for (name, value) in headers {
            single[name] = .string(value)
            lists[name] = [.string(value)]
        }
        var answer = members
        answer["SdkHttpMetadata"] = [
            "AllHttpHeaders": .object(lists), "HttpHeaders": .object(single), "HttpStatusCode": 200,
        ]
        answer["SdkResponseMetadata"] = ["RequestId": .string(requestID)]
        return sorted(.object(answer))
    }

    private static var architecture: String {
        #if arch(arm64)
        "arm64"
        #else
        "x86_64"
        #endif
    }

    private static func container(_ definition: ContainerDefinition, _ identity: TaskIdentity) -> JSONValue {
        var container: JSONObject = [
            "ContainerArn": .string(identity.containerArn(definition.name)), "Cpu": .string(definition.cpu),
            "GpuIds": [],
            "Image": .string(definition.image), "LastStatus": "PENDING", "ManagedAgents": [],
            "Name": .string(definition.name),
            "NetworkBindings": [], "NetworkInterfaces": [], "TaskArn": .string(identity.taskArn),
        ]
        if let memory = definition.memory { container["Memory"] = .string(memory) }
        if let reservation = definition.memoryReservation { container["MemoryReservation"] = .string(reservation) }
        return .object(container)
    }

    private static func overrides(_ definition: TaskDefinition, _ parameters: RunTaskParameters) -> JSONValue {
        let given = parameters.overrides["ContainerOverrides"]?.array ?? []
        let containers = definition.containers.map { container -> JSONValue in
            var override: JSONObject = [
                "Command": [], "Environment": [], "EnvironmentFiles": [], "Name": .string(container.name),
                "ResourceRequirements": [],
            ]
            for member in given.first(where: { $0["Name"]?.string == container.name })?.object?.members ?? [] {
                override[member.key] = member.value
            }
            return .object(override)
        }
        var overrides: JSONObject = ["ContainerOverrides": .array(containers), "InferenceAcceleratorOverrides": []]
        for member in parameters.overrides.object?.members ?? [] where overrides[member.key] == nil {
            overrides[member.key] = member.value
        }
        return .object(overrides)
    }

    /// The same value, the members of all its objects ordered by name. Its depth is bounded by the parser's.
    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map(sorted))
        case .object(let object):
            var result = JSONObject(minimumCapacity: object.count)
            for member in object.members.sorted(by: { $0.key < $1.key }) {
                result.append(member.key, sorted(member.value))
            }
            return .object(result)
        case .null, .bool, .number, .string: return value
        }
    }
}
