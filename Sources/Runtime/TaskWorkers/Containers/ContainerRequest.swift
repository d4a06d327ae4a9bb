import JSON

/// The body of `POST /containers/create` for a container of an ECS task definition; its environment is added when it starts.
///
/// Source: Docker Engine API, ContainerCreate; ECS ContainerDefinition for what each field means.
struct ContainerRequest {
    let definition: TaskDefinition
    let container: ContainerDefinition
    let override: ContainerOverride?
    /// Of RunTask's `Overrides`, which go before the definition's.
    let taskCPU: String?
    let taskMemory: String?
    let configuration: ContainerConfiguration
    /// The names of the task's own volumes in the engine, by those in the definition.
    let volumeNames: [NameValue]
    let labels: [NameValue]
    /// How many processors this machine has: more can't be promised.
    let processorCount: Int64

    var body: JSONValue {
        let options = container.options
        var body: JSONObject = ["Image": .string(container.image)]
        if !container.entryPoint.isEmpty { body["Entrypoint"] = Self.texts(container.entryPoint) }
        let command = override?.command ?? container.command
        if !command.isEmpty { body["Cmd"] = Self.texts(command) }
        if let user = options.user { body["User"] = .string(user) }
        if let directory = container.workingDirectory, !directory.isEmpty { body["WorkingDir"] = .string(directory) }
        var names = JSONObject()
        for label in options.labels + labels { names[JSONString(label.name)] = .string(label.value) }
        body["Labels"] = .object(names)
        body["HostConfig"] = .object(hostConfiguration(options))
        return .object(body)
    }

    /// The network: the definition's `none`, else the configured one. Addresses of a VPC are not to be had here.
    var network: String { definition.networkMode == "none" ? "none" : configuration.network }

    private func hostConfiguration(_ options: ContainerOptions) -> JSONObject {
        var host: JSONObject = ["NetworkMode": .string(network), "LogConfig": ["Type": "json-file", "Config": [:]]]
        let binds = configuration.mounts + mounts(of: container)
        if !binds.isEmpty { host["Binds"] = Self.texts(binds) }
        if let bytes = memoryBytes { host["Memory"] = .integer(bytes) }
        if let mebibytes = override?.memoryReservation ?? container.memoryReservation.flatMap({ Int64($0) }),
            mebibytes > 0
        {
            host["MemoryReservation"] = .integer(mebibytes << 20)
        }
        let shares = override?.cpu ?? Int64(container.cpu) ?? 0
        // Fewer than 2 mean 2. Source: ECS ContainerDefinition, cpu.
        host["CpuShares"] = .integer(max(2, shares))
        if let nanoseconds = nanoCPUs { host["NanoCpus"] = .integer(nanoseconds) }
        if !options.limits.isEmpty {
            host["Ulimits"] = .array(
                options.limits.map {
                    ["Name": .string($0.name), "Soft": .integer($0.soft), "Hard": .integer($0.hard)]
                })
        }
        if options.isReadOnly { host["ReadonlyRootfs"] = true }
        if options.isPrivileged { host["Privileged"] = true }
        if options.hasInitProcess { host["Init"] = true }
        if let mebibytes = options.sharedMemoryMebibytes { host["ShmSize"] = .integer(mebibytes << 20) }
        if !options.capabilitiesAdded.isEmpty { host["CapAdd"] = Self.texts(options.capabilitiesAdded) }
        if !options.capabilitiesDropped.isEmpty { host["CapDrop"] = Self.texts(options.capabilitiesDropped) }
        if !options.extraHosts.isEmpty { host["ExtraHosts"] = Self.texts(options.extraHosts) }
        return host
    }

    /// The hard limit: the container's, else the task's, which no container of it can exceed.
    var memoryBytes: Int64? {
        let own = override?.memory ?? container.memory.flatMap { Int64($0) }
        guard let mebibytes = own ?? (taskMemory ?? definition.memory).flatMap(Self.mebibytes), mebibytes > 0 else {
            return nil
        }
        return mebibytes << 20
    }

    /// The task's limit on processors, in billionths of one. On a container without it: as much as there is.
    private var nanoCPUs: Int64? {
        guard let units = (taskCPU ?? definition.cpu).flatMap(Self.units), units > 0 else { return nil }
        return min(min(units, 1 << 20) * 1_000_000_000 / 1024, processorCount * 1_000_000_000)
    }

    /// `SOURCE:PATH[:ro]` for each mount point; those of `volumesFrom` come first.
    private func mounts(of container: ContainerDefinition) -> [String] {
        var binds: [String] = []
        for source in container.options.volumesFrom {
            guard let other = definition.containers.first(where: { $0.name == source.container }) else { continue }
            binds += other.options.mountPoints.compactMap { bind($0, isReadOnly: source.isReadOnly || $0.isReadOnly) }
        }
        return binds + container.options.mountPoints.compactMap { bind($0, isReadOnly: $0.isReadOnly) }
    }

    private func bind(_ point: ContainerOptions.MountPoint, isReadOnly: Bool) -> String? {
        guard let volume = definition.volumes.first(where: { $0.name == point.volume }) else { return nil }
        let end = isReadOnly ? ":ro" : ""
        switch volume.place {
        case .host(let path): return "\(path):\(point.path)\(end)"
        case .task:
            return volumeNames.first { $0.name == volume.name }.map { "\($0.value):\(point.path)\(end)" }
        case .elsewhere: return nil
        }
    }

    private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    /// `512`, `1 GB`, `0.5GB`. Source: ECS task definition, memory.
    static func mebibytes(_ text: String) -> Int64? {
        let compact = text.filter { $0 != " " }.uppercased()
        if compact.hasSuffix("GB") { return whole(Double(compact.dropLast(2)), 1024) }
        return Int64(compact.hasSuffix("MB") ? compact.dropLast(2) : compact[...])
    }

    /// `256`, `.25 vCPU`. Source: ECS task definition, cpu.
    static func units(_ text: String) -> Int64? {
        let compact = text.filter { $0 != " " }.lowercased()
        if compact.hasSuffix("vcpu") { return whole(Double("0\(compact.dropLast(4))"), 1024) }
        return Int64(compact)
    }

    private static func whole(_ number: Double?, _ factor: Double) -> Int64? {
        number.flatMap { Int64(exactly: ($0 * factor).rounded(.down)) }
    }
}
