import JSON

/// The parameters of `ecs:runTask`, PascalCase as a state machine gives them.
struct RunTaskParameters: Sendable, Equatable {
    var taskDefinition: String
    /// Name or ARN; `default` where none is given.
    var cluster: String
    var count: Int
    var launchType: String?
    var platformVersion: String?
    var group: String?
    var startedBy: String?
    var enablesExecuteCommand: Bool
    var tags: JSONValue
    var containers: [ContainerOverride]
    /// `Overrides` as given; null without.
    var overrides: JSONValue

    /// - Parameter text: JSON.
    /// - Throws: `ECS.InvalidParameterException`, with the member that is wrong.
    init(_ text: String) throws(ServiceError) {
        do {
            try self.init(fields: JSONFields(JSONParser.parse(text)))
        } catch {
            throw .ecs("InvalidParameterException", "\(error)")
        }
    }

    private init(fields: JSONFields) throws(JSONFields.Problem) {
        taskDefinition = try fields.requiredString("TaskDefinition")
        cluster = try fields.string("Cluster") ?? "default"
        let count = try fields.integer("Count") ?? 1
        // Source: RunTask, at most 10 tasks a call.
        guard (1...10).contains(count) else { throw fields.problem("Count", "must be from 1 to 10") }
        self.count = Int(count)
        launchType = try fields.string("LaunchType")
        platformVersion = try fields.string("PlatformVersion")
        group = try fields.string("Group")
        startedBy = try fields.string("StartedBy")
        enablesExecuteCommand = try fields.bool("EnableExecuteCommand") ?? false
        tags = fields.value("Tags") ?? []
        overrides = fields.value("Overrides") ?? .null
        containers = []
        guard !overrides.isNull else { return }
        let overrideFields = try JSONFields(overrides, path: "Overrides")
        for override in try overrideFields.objects("ContainerOverrides") {
            containers.append(try ContainerOverride(override))
        }
    }
}
