import AccessPolicy
import JSON

/// The action and the resources that an operation needs. Source: Service Authorization Reference, AWS Step Functions;
/// a version or an alias is asked for by its machine's ARN and `states:StateMachineQualifier`.
enum OperationAccess {
    /// Where a request names its resource.
    private enum Target {
        /// A machine, perhaps with a qualifier.
        case machine(member: String)
        case resource(member: String)
        /// Not yet there: its name is in the request.
        case named(type: String)
        /// The machine of the versions that an alias leads to.
        case routing
        /// All of a type, for lists.
        case every(type: String)
        case none
    }

    private static func target(_ operation: String) -> Target {
        switch operation {
        case "CreateStateMachine": .named(type: "stateMachine")
        case "CreateActivity": .named(type: "activity")
        case "CreateStateMachineAlias": .routing
        case "DeleteStateMachineVersion": .machine(member: "stateMachineVersionArn")
        case "DescribeStateMachineAlias", "UpdateStateMachineAlias", "DeleteStateMachineAlias":
            .machine(member: "stateMachineAliasArn")
        case "DescribeStateMachine", "UpdateStateMachine", "DeleteStateMachine", "PublishStateMachineVersion",
            "ListStateMachineVersions", "ListStateMachineAliases", "StartExecution", "StartSyncExecution":
            .machine(member: "stateMachineArn")
        case "DescribeExecution", "GetExecutionHistory", "StopExecution", "RedriveExecution", "ListMapRuns",
            "DescribeStateMachineForExecution":
            .resource(member: "executionArn")
        case "DescribeMapRun", "UpdateMapRun": .resource(member: "mapRunArn")
        case "DescribeActivity", "DeleteActivity", "GetActivityTask": .resource(member: "activityArn")
        case "TagResource", "UntagResource", "ListTagsForResource": .resource(member: "resourceArn")
        case "ListStateMachines": .every(type: "stateMachine")
        case "ListActivities": .every(type: "activity")
        default: .none
        }
    }

    /// All of these must be allowed.
    static func requests(_ operation: String, _ request: APIRequest, account: String) -> [AccessRequest] {
        let (resource, qualifier) = resource(operation, request, account: account)
        var actions = [operation]
        if ["CreateStateMachine", "UpdateStateMachine"].contains(operation), request.value("publish")?.bool == true {
            actions.append("PublishStateMachineVersion")
        }
        if operation == "TestState", request.value("revealSecrets")?.bool == true { actions.append("RevealSecrets") }
        let tags = request.value("tags")?.array ?? []
        if operation.hasPrefix("Create"), !tags.isEmpty { actions.append("TagResource") }
        var requests = actions.map { action in
            var access = AccessRequest(action: "states:\(action)", resource: resource)
            if let qualifier { access.set("states:StateMachineQualifier", [qualifier]) }
            for tag in tags {
                guard let key = tag["key"]?.string else { continue }
                access.set("aws:RequestTag/\(key)", [tag["value"]?.string ?? ""])
            }
            let keys = tags.compactMap { $0["key"]?.string }
            let removed = (request.value("tagKeys")?.array ?? []).compactMap(\.string)
            if !keys.isEmpty || !removed.isEmpty { access.set("aws:TagKeys", keys + removed) }
            return access
        }
        if let role = passedRole(operation, request) { requests.append(role) }
        return requests
    }

    /// Who gives a machine a role gives it what the role may do. Source: IAM User Guide, granting a user permissions to
    /// pass a role to a service.
    private static func passedRole(_ operation: String, _ request: APIRequest) -> AccessRequest? {
        guard ["CreateStateMachine", "UpdateStateMachine", "TestState"].contains(operation),
            let role = request.value("roleArn")?.string
        else { return nil }
        var access = AccessRequest(action: "iam:PassRole", resource: role)
        access.set("iam:PassedToService", ["states.amazonaws.com"])
        return access
    }

    private static func resource(
        _ operation: String, _ request: APIRequest, account: String
    ) -> (arn: String, qualifier: String?) {
        func text(_ member: String) -> String { request.value(member)?.string ?? "*" }
        switch target(operation) {
        case .machine(let member): return unqualified(text(member))
        case .resource(let member): return (text(member), nil)
        case .named(let type):
            return ("arn:aws:states:\(request.region):\(account):\(type):\(request.value("name")?.string ?? "")", nil)
        case .routing:
            let first = request.value("routingConfiguration")?[0]?["stateMachineVersionArn"]?.string
            return (unqualified(first ?? "*").arn, nil)
        case .every(let type): return ("arn:aws:states:\(request.region):\(account):\(type):*", nil)
        case .none:
            // Of a machine's executions, or of a Map Run's.
            guard operation == "ListExecutions" else { return ("*", nil) }
            return request.value("mapRunArn") == nil ? unqualified(text("stateMachineArn")) : (text("mapRunArn"), nil)
        }
    }

    /// A machine's ARN and what stands behind it; a test case behind `#` is no part of either.
    private static func unqualified(_ text: String) -> (arn: String, qualifier: String?) {
        let plain = text.split(separator: "#", maxSplits: 1).first.map(String.init) ?? text
        let parts = plain.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 8 else { return (plain, nil) }
        return (parts[..<7].joined(separator: ":"), String(parts[7]))
    }
}
