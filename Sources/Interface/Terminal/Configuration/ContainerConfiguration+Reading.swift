import TaskWorkers

extension ContainerConfiguration {
    static let keys = ["socket", "pull", "network", "mounts"]

    /// Reads the section `ecs.container`. - Throws: with the place, for a value of another type or form.
    mutating func read(_ fields: ConfigurationFields) throws(BadInput) {
        if let path = try fields.string("socket") {
            guard path.hasPrefix("/") || path.hasPrefix("unix:///") else {
                throw fields.problem(
                    "socket", "must be the absolute path of a Unix socket, such as /run/podman/podman.sock")
            }
            socket = path
        }
        if let word = try fields.string("pull") {
            guard let known = Pull(rawValue: word) else {
                throw fields.problem("pull", "must be missing, always or never")
            }
            pull = known
        }
        network = try fields.string("network") ?? network
        mounts = try fields.strings("mounts") ?? mounts
        for mount in mounts {
            let parts = mount.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2 || parts.count == 3, parts[0].hasPrefix("/"), parts[1].hasPrefix("/") else {
                throw fields.problem("mounts", "\"\(mount)\" must be of the form /HERE:/THERE or /HERE:/THERE:ro")
            }
        }
    }
}
