import JSON

/// A volume of a task definition.
///
/// Source: ECS Volume.
struct TaskVolume: Sendable, Equatable {
    /// Where its files are.
    enum Place: Sendable, Equatable {
        /// A directory of this machine, which outlives the task.
        case host(String)
        /// Made for the task and removed with it.
        case task
        /// Something that is not on this machine; the text names it.
        case elsewhere(String)
    }

    var name: String
    var place: Place

    init(_ fields: JSONFields) throws(JSONFields.Problem) {
        name = try fields.requiredString("name")
        let host = try JSONFields(fields.value("host") ?? [:], path: fields.path(of: "host"))
        let docker = try JSONFields(
            fields.value("dockerVolumeConfiguration") ?? [:], path: fields.path(of: "dockerVolumeConfiguration"))
        if let path = try host.string("sourcePath") {
            guard path.hasPrefix("/"), !path.contains(":") else {
                throw host.problem("sourcePath", "\"\(path)\" must be absolute and without a colon")
            }
            place = .host(path)
        } else if fields.value("efsVolumeConfiguration") != nil {
            place = .elsewhere("an EFS file system")
        } else if fields.value("fsxWindowsFileServerVolumeConfiguration") != nil {
            place = .elsewhere("an FSx file system")
        } else if try fields.bool("configuredAtLaunch") ?? false {
            place = .elsewhere("an EBS volume")
        } else if try docker.string("scope") == "shared" {
            place = .elsewhere("a Docker volume that outlives tasks")
        } else {
            place = .task
        }
    }
}
