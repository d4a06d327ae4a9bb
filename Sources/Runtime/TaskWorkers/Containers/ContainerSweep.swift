import ContainerAPI

/// Removes the containers of tasks that are over: a supervisor that was killed after it wrote the result did not come to that.
///
/// Containers of other directories of tasks, and of tasks without a result, are none of its business.
struct ContainerSweep: Sendable {
    let configuration: ContainerConfiguration
    let tasksDirectory: String

    /// - Returns: how many were removed.
    @discardableResult
    func run() -> Int {
        let client = ContainerClient(
            socket: ContainerSocket.path(
                configured: configuration.socket, dockerHost: ProcessEnvironment.value("DOCKER_HOST")))
        var count = 0
        do throws(ContainerFailure) {
            for (id, labels) in try client.containers(label: ContainerSettings.taskLabel) {
                guard let directory = labels[ContainerSettings.taskLabel], directory.hasPrefix("\(tasksDirectory)/"),
                    File.exists(TaskDirectory(path: directory).result)
                else { continue }
                try client.remove(id)
                count += 1
            }
        } catch {
            // Nobody waits for it, and the next start tries again; a task that needs the engine says what is wrong with it.
            Supervisor.complain("containers of former tasks could not be looked for: \(error)")
        }
        return count
    }
}
