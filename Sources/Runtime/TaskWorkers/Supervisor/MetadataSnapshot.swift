import Glibc
import JSON

/// What the task metadata endpoint tells about a task at one moment.
///
/// Source: ECS task metadata endpoint version 4; what this machine has no notion of (networks, images' digests) is left out.
struct MetadataSnapshot: Sendable {
    struct Container: Sendable {
        var process: pid_t?
        var knownStatus: String
        var createdAt: Int64?
        var exitCode: Int32?
        var finishedAt: Int64?
        var health: TaskLifecycle.Health
    }

    let plan: TaskPlan
    let createdAt: Int64
    var desiredStatus = "RUNNING"
    var containers: [Container]

    init(_ plan: TaskPlan, createdAt: Int64) {
        self.plan = plan
        self.createdAt = createdAt
        containers = plan.containers.map { _ in Container(knownStatus: "PENDING", health: .unknown) }
    }

    mutating func update(_ lifecycle: TaskLifecycle, processes: [pid_t?], epochOffset: Int64) {
        desiredStatus = lifecycle.stop == nil ? "RUNNING" : "STOPPED"
        for index in containers.indices {
            containers[index].process = processes[index]
            containers[index].health = lifecycle.health[index]
            switch lifecycle.phases[index] {
            case .waiting, .starting: break
            case .running(let since), .stopping(let since, _, _):
                containers[index].knownStatus = "RUNNING"
                containers[index].createdAt = since + epochOffset
            case .ended(let exitCode, _):
                containers[index].knownStatus = "STOPPED"
                containers[index].exitCode = exitCode
                let now = SystemClock.monotonicMilliseconds + epochOffset
                containers[index].finishedAt = containers[index].finishedAt ?? now
            }
        }
    }

    // MARK: - Documents

    /// `${ECS_CONTAINER_METADATA_URI_V4}`
    func container(_ index: Int) -> JSONValue {
        let described = plan.task["Containers"]?[index]
        let container = containers[index]
        let name = plan.containers[index].name
        let (family, revision) = familyAndRevision
        func text(_ value: JSONValue?) -> JSONValue { .string(value?.string ?? "") }
        var document: JSONObject = [
            "DockerId": .string(RuntimeID.text(plan, index)), "Name": .string(name), "DockerName": .string(name),
            "Image": .string(plan.containers[index].image), "ImageID": "",
            "Labels": [
                "com.amazonaws.ecs.cluster": text(plan.task["ClusterArn"]),
                "com.amazonaws.ecs.container-name": .string(name),
                "com.amazonaws.ecs.task-arn": text(plan.task["TaskArn"]),
                "com.amazonaws.ecs.task-definition-family": .string(family),
                "com.amazonaws.ecs.task-definition-version": .string(revision),
            ],
            "DesiredStatus": .string(desiredStatus), "KnownStatus": .string(container.knownStatus),
            "Limits": Self.limits(cpu: described?["Cpu"], memory: described?["Memory"], cpuUnits: 1),
            "Type": "NORMAL", "LogDriver": "json-file", "ContainerARN": text(described?["ContainerArn"]),
            "Networks": [],
        ]
        if let createdAt = container.createdAt {
            document["CreatedAt"] = Self.time(createdAt)
            document["StartedAt"] = Self.time(createdAt)
        }
        if let finishedAt = container.finishedAt { document["FinishedAt"] = Self.time(finishedAt) }
        if let exitCode = container.exitCode { document["ExitCode"] = .integer(exitCode) }
        if plan.containers[index].healthCheck != nil {
            let status =
                container.health == .healthy ? "HEALTHY" : container.health == .unhealthy ? "UNHEALTHY" : "UNKNOWN"
            document["Health"] = ["status": .string(status)]
        }
        return .object(document)
    }

    /// `${ECS_CONTAINER_METADATA_URI_V4}/task`
    func task() -> JSONValue {
        let (family, revision) = familyAndRevision
        let isRunning = containers.contains { $0.knownStatus == "RUNNING" }
        let isStopped = containers.allSatisfy { $0.knownStatus == "STOPPED" }
        return [
            "Cluster": plan.task["ClusterArn"] ?? "", "TaskARN": plan.task["TaskArn"] ?? "", "Family": .string(family),
            "Revision": .string(revision), "DesiredStatus": .string(desiredStatus),
            "KnownStatus": isRunning ? "RUNNING" : isStopped ? "STOPPED" : "PENDING",
            "Limits": Self.limits(cpu: plan.task["Cpu"], memory: plan.task["Memory"], cpuUnits: 1024),
            "PullStartedAt": Self.time(createdAt), "PullStoppedAt": Self.time(createdAt),
            "AvailabilityZone": plan.task["AvailabilityZone"] ?? "", "LaunchType": plan.task["LaunchType"] ?? "",
            "Containers": .array(containers.indices.map { container($0) }),
        ]
    }

    /// `${ECS_CONTAINER_METADATA_URI_V4}/stats`: CPU and memory of the container's first process; null while it does not run.
    func stats(_ index: Int) -> JSONValue {
        guard containers[index].knownStatus == "RUNNING", let process = containers[index].process,
            let usage = ProcessUsage(process)
        else { return .null }
        return [
            "read": Self.time(SystemClock.epochMilliseconds), "name": .string(plan.containers[index].name),
            "id": .string(RuntimeID.text(plan, index)), "pids_stats": ["current": .integer(usage.threads)],
            "cpu_stats": [
                "cpu_usage": ["total_usage": .integer(usage.cpuNanoseconds)],
                "online_cpus": .integer(sysconf(Int32(_SC_NPROCESSORS_ONLN))),
            ],
            "memory_stats": ["usage": .integer(usage.residentBytes)],
        ]
    }

    /// `${ECS_CONTAINER_METADATA_URI_V4}/task/stats`
    func allStats() -> JSONValue {
        var all = JSONObject()
        for index in containers.indices { all[JSONString(RuntimeID.text(plan, index))] = stats(index) }
        return .object(all)
    }

    private var familyAndRevision: (family: String, revision: String) {
        let name = plan.task["TaskDefinitionArn"]?.string?.split(separator: "/").last ?? ""
        let parts = name.split(separator: ":")
        return (parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "")
    }

    private static func limits(cpu: JSONValue?, memory: JSONValue?, cpuUnits: Double) -> JSONValue {
        var limits = JSONObject()
        if let cpu = cpu?.string.flatMap({ Double($0) }) { limits["CPU"] = .double(cpu / cpuUnits) }
        if let memory = memory?.string.flatMap({ Int64($0) }) { limits["Memory"] = .integer(memory) }
        return .object(limits)
    }

    private static func time(_ epochMilliseconds: Int64) -> JSONValue {
        .string(CalendarTime(epochMilliseconds: epochMilliseconds).iso8601)
    }
}
