import JSON

/// What a supervisor must know to run its task's containers in an engine: part of the task's plan.
struct ContainerSettings: Sendable, Equatable {
    /// The engine's socket.
    var socket: String
    var pull: ContainerConfiguration.Pull
    /// Volumes to make for the task, by their names in the engine.
    var volumes: [String]
    /// Of everything that is made for the task.
    var labels: [NameValue]
    /// Containers reach the loopback address of this machine, and so the task metadata endpoint.
    var reachesLoopback: Bool

    /// Says in the engine which task a container or volume is of: `TASKS DIRECTORY/LAUNCH ID`.
    static let taskLabel = "steplog.task"

    var labelsJSON: JSONValue {
        var object = JSONObject()
        for label in labels { object[JSONString(label.name)] = .string(label.value) }
        return .object(object)
    }

    var json: JSONValue {
        [
            "socket": .string(socket), "pull": .string(pull.rawValue), "volumes": .array(volumes.map { .string($0) }),
            "labels": labelsJSON, "reachesLoopback": .bool(reachesLoopback),
        ]
    }

    static func decode(_ value: JSONValue?) throws(JSONFields.Problem) -> ContainerSettings? {
        guard let value else { return nil }
        let fields = try JSONFields(value, path: "container")
        let named = try JSONFields(fields.value("labels") ?? [:], path: fields.path(of: "labels"))
        var labels: [NameValue] = []
        for member in named.object.members {
            labels.append(NameValue(name: member.key.text, value: member.value.string ?? ""))
        }
        return ContainerSettings(
            socket: try fields.requiredString("socket"),
            pull: ContainerConfiguration.Pull(rawValue: try fields.string("pull") ?? "") ?? .missing,
            volumes: try fields.strings("volumes") ?? [], labels: labels,
            reachesLoopback: try fields.bool("reachesLoopback") ?? true)
    }
}
