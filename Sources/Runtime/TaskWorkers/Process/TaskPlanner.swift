import Engine
import JSON

/// Turns a request into plans that leave nothing open: definition, overrides, environment, secrets.
struct TaskPlanner: Sendable {
    let configuration: LocalTaskConfiguration

    /// The plans of `ecs:runTask`, one a task; the first is launched under the request's id, the next under `id.2` and so on.
    func plans(_ request: TaskRequest, isSync: Bool) throws(ServiceError) -> [TaskPlan] {
        var parameters = try RunTaskParameters(request.input)
        if isSync {
            guard parameters.count == 1 else {
                throw .ecs("InvalidParameterException", "Count is not supported with .sync")
            }
            parameters.startedBy = parameters.startedBy ?? "AWS Step Functions"
        }
        let store = TaskDefinitionStore(directory: configuration.taskDefinitionsDirectory)
        let definition = try store.find(parameters.taskDefinition)
        for override in parameters.containers where !definition.containers.contains(where: { $0.name == override.name })
        {
            throw .ecs(
                "InvalidParameterException",
                "Override for container named \(override.name) is not a container in the TaskDefinition.")
        }
        var plans: [TaskPlan] = []
        for number in 1...parameters.count {
            plans.append(plan(request, definition, parameters, launchID: Self.launchID(request.taskID, number)))
        }
        return plans
    }

    /// The name of a task's directory. `number` counts from 1.
    static func launchID(_ taskID: String, _ number: Int) -> String { number == 1 ? taskID : "\(taskID).\(number)" }

    /// The plan of a Lambda function that is a program.
    func plan(_ request: TaskRequest, command: [String], workingDirectory: String?, functionName: String) -> TaskPlan {
        var environment = baseEnvironment()
        environment.set("AWS_LAMBDA_FUNCTION_NAME", functionName)
        environment.set("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        let marker = markerValue(request.taskID)
        environment.set(TaskPlan.markerName, marker)
        let container = ContainerPlan(
            name: "function", image: "", arguments: command, environment: environment,
            workingDirectory: directory(workingDirectory), inputFile: "input", outputFile: "output", isEssential: true,
            dependsOn: [],
            stopTimeoutSeconds: ContainerPlan.stopTimeoutSecondsDefault)
        return TaskPlan(kind: .lambda, request: request, containers: [container], task: .null, markerValue: marker)
    }

    private func plan(
        _ request: TaskRequest, _ definition: TaskDefinition, _ parameters: RunTaskParameters, launchID: String
    ) -> TaskPlan {
        let identity = TaskIdentity(
            launchID: launchID, region: configuration.region, accountID: configuration.accountID,
            cluster: parameters.cluster)
        let marker = markerValue(launchID)
        let settings =
            runsInContainers(parameters.cluster)
            ? containerSettings(definition, identity, marker: marker) : nil
        var failure = settings == nil ? nil : Self.unmountable(definition)
        var containers: [ContainerPlan] = []
        for container in definition.containers {
            let override = parameters.containers.first { $0.name == container.name }
            var environment = baseEnvironment(isInherited: settings == nil)
            do throws(ResourceInitializationError) {
                environment.set(try self.environment(of: container, override))
            } catch {
                failure = failure ?? error.stoppedReason
            }
            environment.set(TaskPlan.markerName, marker)
            var plan = containerPlan(container, override, environment)
            if let settings {
                plan.creation = creation(definition, container, override, parameters, settings, marker: marker)
            }
            containers.append(plan)
        }
        let task = TaskObject.submitted(
            definition, parameters, identity: identity, createdAt: SystemClock.epochMilliseconds)
        return TaskPlan(
            kind: .ecs, request: request, containers: containers, task: task, startFailure: failure,
            markerValue: marker,
            container: settings)
    }

    private func containerPlan(
        _ container: ContainerDefinition, _ override: ContainerOverride?, _ environment: [NameValue]
    ) -> ContainerPlan {
        let prefix = configuration.imageCommands[container.image] ?? []
        return ContainerPlan(
            name: container.name, image: container.image,
            arguments: prefix + container.entryPoint + (override?.command ?? container.command),
            environment: environment,
            workingDirectory: directory(container.workingDirectory), isEssential: container.isEssential,
            dependsOn: container.dependsOn, healthCheck: container.healthCheck,
            startTimeoutSeconds: container.startTimeoutSeconds,
            stopTimeoutSeconds: container.stopTimeoutSeconds ?? ContainerPlan.stopTimeoutSecondsDefault)
    }

    /// Later ones win: files of the definition, its variables, secrets, files and variables of the override.
    private func environment(
        of container: ContainerDefinition, _ override: ContainerOverride?
    ) throws(ResourceInitializationError) -> [NameValue] {
        let files = configuration.environmentFilesDirectory ?? configuration.taskDefinitionsDirectory
        let secrets = SecretStore(directory: configuration.secretsDirectory)
        var environment: [NameValue] = []
        for file in container.environmentFiles { environment.set(try EnvironmentFile.read(file, in: files)) }
        environment.set(container.environment)
        for secret in container.secrets { environment.set(secret.name, try secrets.value(secret.valueFrom)) }
        for file in override?.environmentFiles ?? [] { environment.set(try EnvironmentFile.read(file, in: files)) }
        environment.set(override?.environment ?? [])
        return environment
    }

    /// - Parameter isInherited: with the variables that processes take over from Steplog; containers have their image's.
    private func baseEnvironment(isInherited: Bool = true) -> [NameValue] {
        var environment: [NameValue] = []
        for name in isInherited ? configuration.inheritedVariables : [] {
            if let value = ProcessEnvironment.value(name) { environment.set(name, value) }
        }
        environment.set("AWS_REGION", configuration.region)
        environment.set("AWS_DEFAULT_REGION", configuration.region)
        environment.set("AWS_EXECUTION_ENV", "AWS_ECS_EXTERNAL")
        for (name, value) in configuration.environment.sorted(by: { $0.key < $1.key }) { environment.set(name, value) }
        return environment
    }

    private func markerValue(_ launchID: String) -> String { "\(configuration.tasksDirectory)/\(launchID)" }

    /// A container's directory: absolute as it is, else below the configured one.
    private func directory(_ path: String?) -> String? {
        guard let path, !path.isEmpty else { return configuration.workingDirectory }
        guard !path.hasPrefix("/"), let base = configuration.workingDirectory else { return path }
        return "\(base)/\(path)"
    }
}
