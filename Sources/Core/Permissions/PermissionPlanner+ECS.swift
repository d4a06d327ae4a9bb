import JSON
import StatesLanguage

/// `ecs:runTask`. Source: Developer Guide § Manage Amazon ECS or Fargate tasks; Service Authorization Reference § ECS.
extension PermissionPlanner {
    mutating func addECS(_ arguments: Template?, isSync: Bool) {
        let cluster = clusterName(CallArgument(arguments, ["Cluster"]))
        let isInCluster: JSONObject = cluster.map { ["ArnEquals": ["ecs:cluster": .string($0.arn)]] } ?? [:]
        let definition = CallArgument(arguments, ["TaskDefinition"])

        let run = ["ecs:RunTask"]
        let target =
            taskDefinitionARN(definition, for: run)
            ?? wide(run, "ecs", "task-definition/*", definition, "TaskDefinition")
        plan.allow(run, on: [target], when: isInCluster)
        let tasks = cluster?.tasks ?? arn("ecs", "task/*")
        if isSync {
            plan.allow(["ecs:StopTask", "ecs:DescribeTasks"], on: [tasks], when: isInCluster)
            allowManagedRule("StepFunctionsGetEventsForECSTaskRule")
        }
        let tagging = ["Tags", "PropagateTags", "EnableECSManagedTags"]
        if tagging.contains(where: { !CallArgument(arguments, [$0]).isAbsent }), arguments != nil {
            plan.allow(["ecs:TagResource"], on: [tasks], when: ["StringEquals": ["ecs:CreateAction": "RunTask"]])
        }
        passRoles(of: definition, arguments)
    }

    /// The cluster's ARN and the pattern of its tasks' ARNs; nil when it is not known, which is remarked.
    private mutating func clusterName(_ argument: CallArgument) -> (arn: String, tasks: String)? {
        let actions = ["ecs:RunTask"]
        let argument = argument.isAbsent ? CallArgument.fixed("default") : argument
        let found = resource(argument, for: actions, service: "ecs") { $0.arn("ecs", "cluster/\($1)") }
        guard let found, let slash = found.range(of: ":cluster/") else {
            remark(actions, "every cluster", Self.reason(argument, "Cluster"))
            return nil
        }
        return (found, "\(found[..<slash.lowerBound]):task/\(found[slash.upperBound...])/*")
    }

    private mutating func taskDefinitionARN(_ argument: CallArgument, for actions: [String]) -> String? {
        let found = resource(argument, for: actions, service: "ecs") {
            $0.arn("ecs", "task-definition/\($1)")
        }
        guard let found, let slash = found.lastIndex(of: "/") else { return nil }
        guard !found[slash...].contains(":") else { return found }
        let every = "\(found):*"
        remark(actions, every, "TaskDefinition names no revision, so that each one may be run; write FAMILY:REVISION")
        return every
    }

    // MARK: - Roles

    /// Without a known role the grant is for every role, yet only for ECS to use.
    private mutating func passRoles(of definition: CallArgument, _ arguments: Template?) {
        let actions = ["iam:PassRole"]
        let isForTasks: JSONObject = ["StringEquals": ["iam:PassedToService": "ecs-tasks.amazonaws.com"]]
        let overrides = ["TaskRoleArn", "ExecutionRoleArn"].map { CallArgument(arguments, ["Overrides", $0]) }
        let known = taskDefinition(definition)
        var roles: [CallArgument] = []
        if let known {
            let own = ["taskRoleArn", "executionRoleArn"].map { known[JSONString($0)] }
            // An override takes the place of the definition's own role.
            for (override, role) in zip(overrides, own) {
                if !override.isAbsent { roles.append(override) } else if let role { roles.append(.fixed(role)) }
            }
        } else {
            roles = overrides.filter { !$0.isAbsent && arguments != nil }
            let every = arn("iam", "role/*", region: "")
            remark(actions, every, unknownRoles(definition))
            plan.allow(actions, on: [every], when: isForTasks)
        }
        for role in roles {
            let found = resource(role, for: actions, service: "iam", region: "") {
                $0.arn("iam", "role/\($1)", region: "")
            }
            plan.allow(
                actions, on: [found ?? wide(actions, "iam", "role/*", region: "", role, "a role")], when: isForTasks)
        }
        for volume in arguments?.member("VolumeConfigurations")?.elements ?? [] {
            let role = CallArgument(volume, ["ManagedEBSVolume", "RoleArn"])
            let found = resource(role, for: actions, service: "iam", region: "") { _, _ in nil }
            plan.allow(
                actions, on: [found ?? wide(actions, "iam", "role/*", region: "", role, "ManagedEBSVolume.RoleArn")],
                when: ["StringEquals": ["iam:PassedToService": "ecs.amazonaws.com"]])
        }
    }

    private func unknownRoles(_ definition: CallArgument) -> String {
        guard let text = definition.text else { return Self.reason(definition, "TaskDefinition") }
        return "the roles of the task definition \(text) are not known; give its file with --task-definitions DIR"
    }

    /// The file of the task definition that an argument names, by its family.
    private func taskDefinition(_ argument: CallArgument) -> JSONValue? {
        guard let text = argument.text, let name = text.split(separator: "/").last else { return nil }
        let family = name.split(separator: ":").first.map(String.init) ?? ""
        return settings.taskDefinitions[family]
    }
}

extension String {
    /// Where `part` stands first.
    fileprivate func range(of part: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }
}
