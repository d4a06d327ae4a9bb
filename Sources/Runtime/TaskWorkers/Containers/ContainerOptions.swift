import JSON

/// What a container definition says that only containers have, and processes of this machine have not.
///
/// Source: ECS ContainerDefinition.
struct ContainerOptions: Sendable, Equatable {
    /// A volume of the task at a place in the container.
    struct MountPoint: Sendable, Equatable {
        var volume: String
        var path: String
        var isReadOnly: Bool
    }

    /// A container whose mount points are taken over.
    struct VolumeSource: Sendable, Equatable {
        var container: String
        var isReadOnly: Bool
    }

    /// A limit of the kernel on each process.
    struct Limit: Sendable, Equatable {
        var name: String
        var soft: Int64
        var hard: Int64
    }

    /// `user`, `user:group`, or their numbers.
    var user: String?
    var mountPoints: [MountPoint]
    var volumesFrom: [VolumeSource]
    var limits: [Limit]
    var isReadOnly: Bool
    var isPrivileged: Bool
    /// Runs under an init process that reaps what nobody waits for.
    var hasInitProcess: Bool
    var sharedMemoryMebibytes: Int64?
    var capabilitiesAdded: [String]
    var capabilitiesDropped: [String]
    var labels: [NameValue]
    /// `NAME:ADDRESS`.
    var extraHosts: [String]

    init(_ fields: JSONFields) throws(JSONFields.Problem) {
        user = try fields.string("user")
        mountPoints = []
        for point in try fields.objects("mountPoints") {
            mountPoints.append(
                MountPoint(
                    volume: try point.requiredString("sourceVolume"), path: try point.requiredString("containerPath"),
                    isReadOnly: try point.bool("readOnly") ?? false))
        }
        volumesFrom = []
        for source in try fields.objects("volumesFrom") {
            volumesFrom.append(
                VolumeSource(
                    container: try source.requiredString("sourceContainer"),
                    isReadOnly: try source.bool("readOnly") ?? false))
        }
        limits = []
        for limit in try fields.objects("ulimits") {
            limits.append(
                Limit(
                    name: try limit.requiredString("name"), soft: try limit.integer("softLimit") ?? 0,
                    hard: try limit.integer("hardLimit") ?? 0))
        }
        isReadOnly = try fields.bool("readonlyRootFilesystem") ?? false
        isPrivileged = try fields.bool("privileged") ?? false
        let linux = try JSONFields(fields.value("linuxParameters") ?? [:], path: fields.path(of: "linuxParameters"))
        hasInitProcess = try linux.bool("initProcessEnabled") ?? false
        sharedMemoryMebibytes = try linux.integer("sharedMemorySize")
        let capabilities = try JSONFields(linux.value("capabilities") ?? [:], path: linux.path(of: "capabilities"))
        capabilitiesAdded = try capabilities.strings("add") ?? []
        capabilitiesDropped = try capabilities.strings("drop") ?? []
        labels = []
        let named = try JSONFields(fields.value("dockerLabels") ?? [:], path: fields.path(of: "dockerLabels"))
        for member in named.object.members {
            labels.append(NameValue(name: member.key.text, value: try named.string(member.key.text) ?? ""))
        }
        extraHosts = try fields.pairs("extraHosts", name: "hostname", value: "ipAddress").map {
            "\($0.name):\($0.value)"
        }
    }
}
