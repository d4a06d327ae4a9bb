import JSON

/// A task as an event or DescribeTasks shows it, as far as the watch needs it.
struct ECSTaskState: Sendable {
    struct Container: Sendable, Equatable {
        var name: String
        var lastStatus: String
        var exitCode: Int64?
        var reason: String?
    }

    var arn: String
    var version: Int64
    var lastStatus: String
    var desiredStatus: String
    var startedBy: String?
    var taskDefinitionArn: String
    var stopCode: String?
    var stoppedReason: String?
    var containers: [Container]
    /// Everything, as it came.
    var json: JSONObject

    /// - Returns: nil for what is no task.
    init?(_ json: JSONObject) {
        guard let arn = json["taskArn"]?.string, let lastStatus = json["lastStatus"]?.string else { return nil }
        self.arn = arn
        self.lastStatus = lastStatus
        version = json["version"]?.number?.int64 ?? 0
        desiredStatus = json["desiredStatus"]?.string ?? ""
        startedBy = json["startedBy"]?.string
        taskDefinitionArn = json["taskDefinitionArn"]?.string ?? ""
        stopCode = json["stopCode"]?.string
        stoppedReason = json["stoppedReason"]?.string
        containers = (json["containers"]?.array ?? []).map {
            Container(
                name: $0["name"]?.string ?? "", lastStatus: $0["lastStatus"]?.string ?? "",
                exitCode: $0["exitCode"]?.number?.int64, reason: $0["reason"]?.string)
        }
        self.json = json
    }

    /// The task in the body of a queue's message; nil when it is about something else.
    init?(eventText: String) {
        guard let event = try? JSONParser.parse(eventText), event["detail-type"]?.string == "ECS Task State Change",
            let detail = event["detail"]?.object
        else { return nil }
        self.init(detail)
    }

    /// Whether nothing more will change. - Parameter early: the exit codes are enough, which are known at DEPROVISIONING.
    func isFinal(early: Bool) -> Bool {
        if lastStatus == "STOPPED" { return true }
        guard early, desiredStatus == "STOPPED", stopCode != nil, stopCode != "TerminationNotice" else { return false }
        return !containers.isEmpty && containers.allSatisfy { $0.lastStatus == "STOPPED" && $0.exitCode != nil }
    }

    /// Whether a container of it has run.
    var hasStarted: Bool { !["PROVISIONING", "PENDING", "ACTIVATING"].contains(lastStatus) }

    /// The last part of its ARN.
    static func id(ofArn arn: String) -> String { arn.split(separator: "/").last.map(String.init) ?? arn }
}
