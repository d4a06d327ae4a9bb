import JSON

/// An ECS task definition: the JSON that `aws ecs register-task-definition --cli-input-json` takes.
struct TaskDefinition: Sendable, Equatable {
    var family: String
    /// From 1.
    var revision: Int64
    var containers: [ContainerDefinition]
    var cpu: String?
    var memory: String?
    var requiresCompatibilities: [String]
    /// `awsvpc`, `bridge`, `host`, `none`.
    var networkMode: String?
    var volumes: [TaskVolume]

    /// - Parameters:
    ///   - value: the definition, or what describe-task-definition shows (`{"taskDefinition": …}`).
    ///   - family: the family where the definition names none.
    ///   - revision: the revision where the definition names none.
    init(_ value: JSONValue, family defaultFamily: String, revision defaultRevision: Int64) throws(JSONFields.Problem) {
        let fields = try JSONFields(value["taskDefinition"] ?? value)
        family = try fields.string("family") ?? defaultFamily
        revision = try fields.integer("revision") ?? defaultRevision
        cpu = try fields.digits("cpu")
        memory = try fields.digits("memory")
        requiresCompatibilities = try fields.strings("requiresCompatibilities") ?? []
        networkMode = try fields.string("networkMode")
        volumes = []
        for volume in try fields.objects("volumes") { volumes.append(try TaskVolume(volume)) }
        containers = []
        for container in try fields.objects("containerDefinitions") {
            containers.append(try ContainerDefinition(container))
        }
        try check(fields)
    }

    /// What register-task-definition refuses about several containers together.
    private func check(_ fields: JSONFields) throws(JSONFields.Problem) {
        guard !containers.isEmpty else {
            throw fields.problem("containerDefinitions", "is missing: at least one container is needed")
        }
        for (index, container) in containers.enumerated() {
            let path = "containerDefinitions[\(index)]"
            guard !containers[..<index].contains(where: { $0.name == container.name }) else {
                throw JSONFields.Problem(
                    path: path, message: "a container named \"\(container.name)\" is there already")
            }
            if let point = container.options.mountPoints.first(where: { point in
                !volumes.contains { $0.name == point.volume }
            }) {
                throw JSONFields.Problem(path: "\(path).mountPoints", message: "no volume is named \"\(point.volume)\"")
            }
            for source in container.options.volumesFrom
            where !containers.contains(where: { $0.name == source.container }) {
                throw JSONFields.Problem(
                    path: "\(path).volumesFrom", message: "no container is named \"\(source.container)\"")
            }
            for dependency in container.dependsOn {
                guard let other = containers.first(where: { $0.name == dependency.containerName }) else {
                    let known = containers.map(\.name).joined(separator: ", ")
                    let message = "no container is named \"\(dependency.containerName)\"; there are: \(known)"
                    throw JSONFields.Problem(path: "\(path).dependsOn", message: message)
                }
                if dependency.condition == .healthy, other.healthCheck?.arguments == nil {
                    let message = "\"\(other.name)\" has no healthCheck, so it can't become HEALTHY"
                    throw JSONFields.Problem(path: "\(path).dependsOn", message: message)
                }
                let waitsForEnd = dependency.condition == .complete || dependency.condition == .success
                if waitsForEnd, other.isEssential {
                    let message = "\"\(other.name)\" is essential: its end stops the task; set its essential to false"
                    throw JSONFields.Problem(path: "\(path).dependsOn", message: message)
                }
            }
        }
        guard containers.contains(where: \.isEssential) else {
            throw fields.problem("containerDefinitions", "at least one container must be essential")
        }
        try checkOrder()
    }

    /// Containers that wait for each other in a circle would never start.
    private func checkOrder() throws(JSONFields.Problem) {
        var started: [String] = []
        while started.count < containers.count {
            let next = containers.filter { container in
                !started.contains(container.name)
                    && container.dependsOn.allSatisfy { started.contains($0.containerName) }
            }
            guard !next.isEmpty else {
                let names = containers.map(\.name).filter { !started.contains($0) }.joined(separator: ", ")
                throw JSONFields.Problem(path: "containerDefinitions", message: "dependsOn goes in a circle: \(names)")
            }
            started += next.map(\.name)
        }
    }
}
