import JSON

/// A container to make in an engine.
struct ContainerCreation: Sendable, Equatable {
    /// Its name there, which only this container of this task has: that it can be given once is what keeps it from starting twice.
    var name: String
    /// The request, without the environment.
    var body: JSONValue
}

/// One process that a supervisor starts and watches, with everything resolved.
struct ContainerPlan: Sendable, Equatable {
    /// Also the name of its log, `NAME.log`.
    var name: String
    var image: String
    /// The program and its arguments.
    var arguments: [String]
    /// All of the environment; the supervisor adds the metadata address.
    var environment: [NameValue]
    var workingDirectory: String?
    /// A file of the task's directory that is its standard input; nil for none.
    var inputFile: String?
    /// A file of the task's directory for its standard output; nil for its log.
    var outputFile: String?
    var isEssential: Bool
    var dependsOn: [ContainerDependency]
    var healthCheck: HealthCheck?
    var startTimeoutSeconds: Int64?
    var stopTimeoutSeconds: Int64
    /// The container to make in an engine, which `arguments` then do not matter to; nil: a process.
    var creation: ContainerCreation?

    /// ECS waits 30 s between SIGTERM and SIGKILL unless the definition says otherwise.
    static let stopTimeoutSecondsDefault: Int64 = 30

    /// The file of the task's directory that receives what it prints.
    var logFile: String { "\(name).log" }

    var json: JSONValue {
        [
            "name": .string(name), "image": .string(image), "arguments": .array(arguments.map { .string($0) }),
            "environment": .array(environment.map { .array([.string($0.name), .string($0.value)]) }),
            "workingDirectory": workingDirectory.map { .string($0) } ?? .null,
            "inputFile": inputFile.map { .string($0) } ?? .null, "outputFile": outputFile.map { .string($0) } ?? .null,
            "essential": .bool(isEssential),
            "dependsOn": .array(
                dependsOn.map {
                    ["containerName": .string($0.containerName), "condition": .string($0.condition.rawValue)]
                }),
            "healthCheck": healthCheck?.json ?? .null,
            "startTimeout": startTimeoutSeconds.map { .integer($0) } ?? .null,
            "stopTimeout": .integer(stopTimeoutSeconds),
            "creation": creation.map { ["name": .string($0.name), "body": $0.body] } ?? .null,
        ]
    }
}

extension ContainerPlan {
    init(_ fields: JSONFields) throws(JSONFields.Problem) {
        name = try fields.requiredString("name")
        image = try fields.string("image") ?? ""
        arguments = try fields.strings("arguments") ?? []
        environment = []
        for pair in fields.value("environment")?.array ?? [] {
            environment.append(NameValue(name: pair[0]?.string ?? "", value: pair[1]?.string ?? ""))
        }
        workingDirectory = try fields.string("workingDirectory")
        inputFile = try fields.string("inputFile")
        outputFile = try fields.string("outputFile")
        isEssential = try fields.bool("essential") ?? true
        dependsOn = []
        for dependency in try fields.objects("dependsOn") {
            dependsOn.append(try ContainerDependency.decode(dependency))
        }
        healthCheck = try HealthCheck.decode(fields.value("healthCheck"), path: fields.path(of: "healthCheck"))
        startTimeoutSeconds = try fields.seconds("startTimeout")
        stopTimeoutSeconds = try fields.seconds("stopTimeout") ?? Self.stopTimeoutSecondsDefault
        if let value = fields.value("creation") {
            let creation = try JSONFields(value, path: fields.path(of: "creation"))
            self.creation = ContainerCreation(
                name: try creation.requiredString("name"), body: creation.value("body") ?? [:])
        }
    }
}
