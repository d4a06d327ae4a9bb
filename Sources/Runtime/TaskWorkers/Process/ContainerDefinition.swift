import JSON

/// One container of a task definition, as far as it can mean something on this machine.
struct ContainerDefinition: Sendable, Equatable {
    /// A secret that becomes an environment variable.
    struct Secret: Sendable, Equatable {
        var name: String
        /// The ARN or name of a secret or parameter.
        var valueFrom: String
    }

    var name: String
    var image: String
    var entryPoint: [String]
    var command: [String]
    var environment: [NameValue]
    /// ARNs of S3 objects, or paths.
    var environmentFiles: [String]
    var secrets: [Secret]
    var workingDirectory: String?
    var isEssential: Bool
    var dependsOn: [ContainerDependency]
    var healthCheck: HealthCheck?
    var startTimeoutSeconds: Int64?
    var stopTimeoutSeconds: Int64?
    var cpu: String
    var memory: String?
    var memoryReservation: String?
    /// What only containers have.
    var options: ContainerOptions

    init(_ fields: JSONFields) throws(JSONFields.Problem) {
        name = try fields.requiredString("name")
        guard name.utf8.allSatisfy(Self.isNameByte), name.utf8.count <= 255 else {
            throw fields.problem("name", "\"\(name)\" must be up to 255 letters, digits, _ and -")
        }
        image = try fields.string("image") ?? ""
        entryPoint = try fields.strings("entryPoint") ?? []
        command = try fields.strings("command") ?? []
        environment = try fields.pairs("environment", name: "name", value: "value")
        environmentFiles = try fields.pairs("environmentFiles", name: "value", value: "type").map(\.name)
        secrets = try fields.pairs("secrets", name: "name", value: "valueFrom")
            .map { Secret(name: $0.name, valueFrom: $0.value) }
        workingDirectory = try fields.string("workingDirectory")
        isEssential = try fields.bool("essential") ?? true
        dependsOn = []
        for dependency in try fields.objects("dependsOn") {
            dependsOn.append(try ContainerDependency.decode(dependency))
        }
        healthCheck = try HealthCheck.decode(fields.value("healthCheck"), path: fields.path(of: "healthCheck"))
        startTimeoutSeconds = try fields.seconds("startTimeout")
        stopTimeoutSeconds = try fields.seconds("stopTimeout")
        cpu = try fields.digits("cpu") ?? "0"
        memory = try fields.digits("memory")
        memoryReservation = try fields.digits("memoryReservation")
        options = try ContainerOptions(fields)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
