import JSON

/// What RunTask changes about one container.
struct ContainerOverride: Sendable, Equatable {
    var name: String
    var command: [String]?
    var environment: [NameValue]
    var environmentFiles: [String]
    var cpu: Int64?
    var memory: Int64?
    var memoryReservation: Int64?

    init(_ fields: JSONFields) throws(JSONFields.Problem) {
        name = try fields.requiredString("Name")
        command = try fields.strings("Command")
        environment = try fields.pairs("Environment", name: "Name", value: "Value")
        environmentFiles = try fields.pairs("EnvironmentFiles", name: "Value", value: "Type").map(\.name)
        cpu = try fields.integer("Cpu")
        memory = try fields.integer("Memory")
        memoryReservation = try fields.integer("MemoryReservation")
    }
}
