import JSON

/// What a task's directory holds when the task is over: the file `result.json`.
struct TaskResult: Sendable, Equatable {
    var stopCode: TaskEnd.StopCode
    var stoppedReason: String
    /// In the order of the plan.
    var containers: [TaskEnd.Container]
    /// ECS's task object; null for Lambda.
    var task: JSONValue

    init(_ plan: TaskPlan, _ end: TaskEnd) {
        stopCode = end.stopCode
        stoppedReason = end.stoppedReason
        containers = end.containers
        task = plan.task.isNull ? .null : TaskObject.stopped(plan.task, end)
    }

    var bytes: [UInt8] {
        let containers = containers.map { container -> JSONValue in
            [
                "exitCode": container.exitCode.map { .integer($0) } ?? .null,
                "reason": container.reason.map { .string($0) } ?? .null,
                "runtimeId": container.runtimeID.map { .string($0) } ?? .null,
            ]
        }
        return JSONWriter.bytes([
            "stopCode": .string(stopCode.rawValue), "stoppedReason": .string(stoppedReason),
            "containers": .array(containers),
            "task": task,
        ])
    }

    init(_ bytes: [UInt8]) throws {
        let fields = try JSONFields(JSONParser.parse(bytes))
        let code = try fields.requiredString("stopCode")
        guard let stopCode = TaskEnd.StopCode(rawValue: code) else {
            throw fields.problem("stopCode", "\"\(code)\" is unknown")
        }
        self.stopCode = stopCode
        stoppedReason = try fields.string("stoppedReason") ?? ""
        containers = []
        for container in try fields.objects("containers") {
            let exitCode = try container.integer("exitCode").map { Int32(clamping: $0) }
            containers.append(
                TaskEnd.Container(
                    exitCode: exitCode, reason: try container.string("reason"),
                    runtimeID: try container.string("runtimeId")))
        }
        task = fields.value("task") ?? .null
    }

    /// Whether `.sync` succeeds: an essential container's exit stopped the task, and every container that ran exited with 0.
    ///
    /// Step Functions counts non-essential containers too.
    /// - Parameter plan: where given, only its essential containers count.
    func isSuccess(essentialOnlyOf plan: TaskPlan?) -> Bool {
        guard stopCode == .essentialContainerExited else { return false }
        for (index, container) in containers.enumerated() {
            if let plan, plan.containers.indices.contains(index), !plan.containers[index].isEssential { continue }
            if let code = container.exitCode, code != 0 { return false }
        }
        return true
    }
}
