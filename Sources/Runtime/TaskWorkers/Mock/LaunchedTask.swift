import JSON

/// An ECS task as RunTask answers it, made of the same task as it ended: without what came later.
/// Source: recorded `services/test_ecs_task_service`; ECS API Reference, Task.
enum LaunchedTask {
    private static let later: [JSONString] = [
        "Connectivity", "ConnectivityAt", "ExecutionStoppedAt", "PullStartedAt", "PullStoppedAt", "StartedAt",
        "StopCode",
        "StoppedAt", "StoppedReason", "StoppingAt",
    ]
    private static let laterOfContainers: [JSONString] = ["ExitCode", "ImageDigest", "Reason", "RuntimeId"]

    /// - Parameter ended: members by Step Functions' names; anything that is no object stays as it is.
    static func of(_ ended: JSONValue) -> JSONValue {
        guard var task = ended.object else { return ended }
        for key in later { task[key] = nil }
        replace(&task, "LastStatus", "PROVISIONING")
        replace(&task, "DesiredStatus", "RUNNING")
        replace(&task, "Version", 1)
        each(&task, "Containers") { container in
            for key in laterOfContainers { container[key] = nil }
            replace(&container, "LastStatus", "PENDING")
            replace(&container, "NetworkBindings", [])
            replace(&container, "NetworkInterfaces", [])
        }
        each(&task, "Attachments") { attachment in
            replace(&attachment, "Status", "PRECREATED")
            guard attachment["Type"] == "eni" else { return }
            attachment["Type"] = "ElasticNetworkInterface"
            let known = attachment["Details"]?.array?.filter { $0["Name"] == "subnetId" }
            if let known { attachment["Details"] = .array(known) }
        }
        return .object(task)
    }

    /// A member that is there.
    private static func replace(_ object: inout JSONObject, _ key: JSONString, _ value: JSONValue) {
        if object[key] != nil { object[key] = value }
    }

    private static func each(_ task: inout JSONObject, _ key: JSONString, _ change: (inout JSONObject) -> Void) {
        guard let list = task[key]?.array else { return }
        task[key] = .array(
            list.map { item in
                guard var object = item.object else { return item }
                change(&object)
                return .object(object)
            })
    }
}
