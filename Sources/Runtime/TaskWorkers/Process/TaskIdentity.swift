/// The ARNs of a task, which follow from its launch id.
struct TaskIdentity {
    /// The name of the task's directory.
    var launchID: String
    var region: String
    var accountID: String
    /// As the parameters name it: a name or an ARN.
    var cluster: String

    /// 32 hexadecimal digits.
    var taskID: String { TaskHash(launchID).hexadecimal }

    var clusterName: String { cluster.split(separator: "/").last.map(String.init) ?? cluster }

    var clusterArn: String {
        cluster.hasPrefix("arn:") ? cluster : "arn:aws:ecs:\(region):\(accountID):cluster/\(cluster)"
    }

    var taskArn: String { "arn:aws:ecs:\(region):\(accountID):task/\(clusterName)/\(taskID)" }

    func containerArn(_ name: String) -> String {
        "arn:aws:ecs:\(region):\(accountID):container/\(clusterName)/\(taskID)/\(TaskHash("\(launchID)/\(name)").uuid)"
    }

    func taskDefinitionArn(_ definition: TaskDefinition) -> String {
        "arn:aws:ecs:\(region):\(accountID):task-definition/\(definition.family):\(definition.revision)"
    }
}
