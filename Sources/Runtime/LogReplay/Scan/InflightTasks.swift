import EventLog
import JSON
import PartitionProcessor

/// What workers have written down of the tasks that they watch.
public struct InflightTasks {
    private var values: [String: [UInt8]] = [:]

    /// - Throws: `EventLogError`.
    public init(_ scan: EventScan) throws {
        let prefix = scan.names.inflight(pool: "")
        for topic in try scan.log.topics() where topic.hasPrefix(prefix) {
            for partition in 0..<(try scan.log.topic(topic)?.partitions ?? 0) {
                try scan.log.readToEnd(TopicPartition(topic, partition)) { record in
                    guard let key = record.key else { return }
                    values[String(decoding: key, as: UTF8.self)] = record.value.map(Array.init)
                }
            }
        }
    }

    /// What the execution itself knows as well.
    private static let requested: Set<JSONString> = [
        "task", "taskId", "executionArn", "stateMachineArn", "roleArn", "credentialsRoleArn", "stateName", "resource",
        "input", "taskToken", "timeoutSeconds", "heartbeatSeconds", "invocation", "testCase",
    ]

    /// The record of a task as it stands there, without its request; nil when no worker has written more.
    public func text(of taskID: String) -> String? {
        guard let bytes = values[taskID], case .object(let object)? = try? JSONParser.parse(bytes) else { return nil }
        var shown = JSONObject()
        for member in object.members where !Self.requested.contains(member.key) {
            switch member.value {
            case .object, .array, .null: break
            case .string(let text) where text.utf8Count > 200: break
            case .string, .number, .bool: shown.append(member.key, member.value)
            }
        }
        return shown.isEmpty ? nil : JSONWriter.text(.object(shown))
    }
}
