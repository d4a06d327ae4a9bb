import ContainerAPI
import Glibc
import JSON

extension TaskPlanner {
    func runsInContainers(_ cluster: String) -> Bool {
        configuration.ecs.backend(ofCluster: cluster) == .container
    }

    /// What is common to the containers of a task.
    /// - Parameter marker: the task's directory, which no other task has.
    func containerSettings(_ definition: TaskDefinition, _ identity: TaskIdentity, marker: String) -> ContainerSettings
    {
        let container = configuration.ecs.container
        let labels = [
            NameValue(name: ContainerSettings.taskLabel, value: marker),
            NameValue(name: "com.amazonaws.ecs.cluster", value: identity.clusterArn),
            NameValue(name: "com.amazonaws.ecs.task-arn", value: identity.taskArn),
            NameValue(name: "com.amazonaws.ecs.task-definition-family", value: definition.family),
            NameValue(name: "com.amazonaws.ecs.task-definition-version", value: String(definition.revision)),
        ]
        return ContainerSettings(
            socket: ContainerSocket.path(
                configured: container.socket, dockerHost: ProcessEnvironment.value("DOCKER_HOST")),
            pull: container.pull, volumes: Self.volumeNames(definition, marker: marker).map(\.value), labels: labels,
            reachesLoopback: container.network == "host" && definition.networkMode != "none")
    }

    func creation(
        _ definition: TaskDefinition, _ container: ContainerDefinition, _ override: ContainerOverride?,
        _ parameters: RunTaskParameters, _ settings: ContainerSettings, marker: String
    ) -> ContainerCreation {
        let request = ContainerRequest(
            definition: definition, container: container, override: override,
            taskCPU: parameters.overrides["Cpu"]?.string, taskMemory: parameters.overrides["Memory"]?.string,
            configuration: configuration.ecs.container,
            volumeNames: Self.volumeNames(definition, marker: marker),
            labels: settings.labels
                + [NameValue(name: "com.amazonaws.ecs.container-name", value: container.name)],
            processorCount: Int64(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        return ContainerCreation(name: "\(Self.prefix(marker))-\(container.name)", body: request.body)
    }

    /// Why the task can't start: a volume that is not on this machine.
    static func unmountable(_ definition: TaskDefinition) -> String? {
        for volume in definition.volumes {
            guard case .elsewhere(let what) = volume.place else { continue }
            return ResourceInitializationError(
                "volume \(volume.name) is \(what), which containers of this machine can't mount; "
                    + "name a directory of it in host.sourcePath"
            ).stoppedReason
        }
        return nil
    }

    /// The names that a task's own volumes have in the engine.
    private static func volumeNames(_ definition: TaskDefinition, marker: String) -> [NameValue] {
        definition.volumes.filter { $0.place == .task }.map {
            NameValue(name: $0.name, value: "\(prefix(marker))-\($0.name)")
        }
    }

    /// What the names of all that is made for a task begin with.
    private static func prefix(_ marker: String) -> String { "steplog-\(TaskHash(marker).hexadecimal)" }
}
