import JSON

/// A registered task definition.
struct ScriptedDefinition: Sendable {
    struct Container: Sendable {
        var name: String
        var image: String
        var cpu: String
    }

    let family: String
    let revision: Int
    let arn: String
    /// Where it runs unless the call says: EC2 or FARGATE.
    let compatibility: String
    let cpu: String?
    let memory: String?
    let containers: [Container]
    /// As DescribeTaskDefinition shows it.
    let json: JSONValue

    /// - Throws: `ClientException`, as RegisterTaskDefinition does.
    init(_ input: JSONObject, revision: Int, arnPrefix: String) throws(ScriptedRefusal) {
        guard let family = input["family"]?.string, !family.isEmpty else {
            throw ScriptedRefusal("ClientException", "Family must be specified.")
        }
        let given = input["containerDefinitions"]?.array ?? []
        guard !given.isEmpty else { throw ScriptedRefusal("ClientException", "Container list cannot be empty.") }
        var containers: [Container] = []
        for value in given {
            guard let name = value["name"]?.string, !name.isEmpty else {
                throw ScriptedRefusal("ClientException", "Container.name should not be null or empty.")
            }
            containers.append(
                Container(
                    name: name, image: value["image"]?.string ?? "", cpu: value["cpu"]?.number?.text ?? "0"))
        }
        self.family = family
        self.revision = revision
        self.containers = containers
        arn = "\(arnPrefix):task-definition/\(family):\(revision)"
        compatibility = input["requiresCompatibilities"]?[0]?.string ?? "EC2"
        cpu = input["cpu"]?.string
        memory = input["memory"]?.string
        var shown = input
        shown["tags"] = nil
        shown["taskDefinitionArn"] = .string(arn)
        shown["revision"] = .integer(revision)
        shown["status"] = "ACTIVE"
        shown["compatibilities"] = input["requiresCompatibilities"] ?? ["EC2"]
        json = .object(shown)
    }
}
