/// What must have happened to another container before this one starts.
struct ContainerDependency: Sendable, Equatable {
    /// Source: ECS ContainerDependency; `START` and `SUCCESS` are how the API spells them.
    enum Condition: String, Sendable, CaseIterable {
        case start = "START"
        case complete = "COMPLETE"
        case success = "SUCCESS"
        case healthy = "HEALTHY"
    }

    var containerName: String
    var condition: Condition

    static func decode(_ fields: JSONFields) throws(JSONFields.Problem) -> ContainerDependency {
        let text = try fields.requiredString("condition")
        guard let condition = Condition(rawValue: text) else {
            throw fields.problem("condition", "\"\(text)\" is not one of START, COMPLETE, SUCCESS, HEALTHY")
        }
        return ContainerDependency(containerName: try fields.requiredString("containerName"), condition: condition)
    }
}
