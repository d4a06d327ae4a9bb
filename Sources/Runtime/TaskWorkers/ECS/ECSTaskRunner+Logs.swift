import JSON
import Synchronization

/// What a task definition says of its containers, as far as it matters at their end.
struct LogLocations: Sendable, Equatable {
    /// By container: group, prefix and region of the awslogs driver.
    struct Location: Sendable, Equatable {
        var container: String
        var group: String
        var prefix: String
        var region: String
    }

    var locations: [Location]
    var essential: Set<String>

    /// - Parameter definition: `taskDefinition` of DescribeTaskDefinition.
    init(_ definition: JSONValue, region: String) {
        locations = []
        essential = []
        for container in definition["containerDefinitions"]?.array ?? [] {
            let name = container["name"]?.string ?? ""
            if container["essential"]?.bool ?? true { essential.insert(name) }
            guard container["logConfiguration"]?["logDriver"]?.string == "awslogs",
                let options = container["logConfiguration"]?["options"],
                let group = options["awslogs-group"]?.string, let prefix = options["awslogs-stream-prefix"]?.string
            else { continue }
            locations.append(
                Location(
                    container: name, group: group, prefix: prefix, region: options["awslogs-region"]?.string ?? region))
        }
    }

    /// Source: reference/ecs.md §2: a stream is named `prefix/container/task id`.
    func streams(task: String) -> [LogStream] {
        locations.map {
            LogStream(
                container: $0.container, group: $0.group, stream: "\($0.prefix)/\($0.container)/\(task)",
                region: $0.region)
        }
    }
}

/// A container's stream in CloudWatch Logs.
public struct LogStream: Sendable, Equatable {
    public var container: String
    public var group: String
    public var stream: String
    public var region: String
}

extension ECSTaskRunner {
    /// Finds out where a task's containers log, and keeps it with the task.
    func resolveLogs(_ taskID: String, _ definitionArn: String, _ task: String, _ role: String?) {
        let streams = locations(definitionArn, role).streams(task: task)
        guard !streams.isEmpty else { return }
        state.withLock { $0.streams[taskID] = $0.fleet[taskID] == nil ? nil : streams }
    }

    /// What a task definition says; asked for once.
    func locations(_ definitionArn: String, _ role: String?) -> LogLocations {
        if let known = state.withLock({ $0.logs[definitionArn] }) { return known }
        var found = LogLocations(.null, region: configuration.region)
        do throws(ECSCallError) {
            let answer = try calls.call(
                "ecs", "DescribeTaskDefinition", ["taskDefinition": .string(definitionArn)], role: role)
            found = LogLocations(answer.output["taskDefinition"] ?? .null, region: configuration.region)
        } catch {
            note("The logs of \(definitionArn) can't be located: \(error)")
        }
        state.withLock { $0.logs[definitionArn] = found }
        return found
    }

    /// A failure's cause: AWS's, with a member that says in plain words what happened and shows the logs' last lines.
    func explained(
        _ failure: ECSVerdict.Failure, _ taskID: String, _ object: JSONValue, role: String?
    ) -> String {
        var logs: [JSONValue] = []
        for stream in logStreams(taskID: taskID) {
            var told: JSONObject = [
                "Container": .string(stream.container), "LogGroup": .string(stream.group),
                "LogStream": .string(stream.stream),
            ]
            do throws(ECSCallError) {
                let answer = try calls.call(
                    "logs", "GetLogEvents",
                    [
                        "logGroupName": .string(stream.group), "logStreamName": .string(stream.stream),
                        "limit": .integer(configuration.logLinesMax), "startFromHead": false,
                    ], role: role)
                let lines = (answer.output["events"]?.array ?? []).compactMap { $0["message"]?.string }
                told["LastLines"] = .array(lines.map { .string(String($0.prefix(Self.lineCharactersMax))) })
            } catch {
                told["LastLines"] = .null
                told["Reason"] = .string("The lines can't be read: \(error.code)")
            }
            logs.append(.object(told))
        }
        guard var cause = object.object else { return JSONWriter.text(object) }
        var explanation: JSONObject = ["Class": .string(failure.name), "Text": .string(failure.words)]
        if !logs.isEmpty { explanation["Logs"] = .array(logs) }
        cause["Steplog"] = .object(explanation)
        let text = JSONWriter.text(.object(cause))
        guard text.utf8.count > Self.causeBytesMax else { return text }
        explanation["Logs"] = nil
        cause["Steplog"] = .object(explanation)
        return JSONWriter.text(.object(cause))
    }

    private static let lineCharactersMax = 500
    /// Source: HistoryEvent, a cause has up to 32,768 characters.
    private static let causeBytesMax = 32_768
}
