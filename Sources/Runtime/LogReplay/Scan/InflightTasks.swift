import EventLog
public import JSON
import PartitionProcessor
import StatesLanguage

/// What workers have written down of the tasks that they watch.
public struct InflightTasks {
    private var values: [String: (bytes: [UInt8], timestamp: Int64)] = [:]

    /// - Throws: `EventLogError`.
    public init(_ scan: EventScan) throws {
        let prefix = scan.names.inflight(pool: "")
        for topic in try scan.log.topics() where topic.hasPrefix(prefix) {
            for partition in 0..<(try scan.log.topic(topic)?.partitions ?? 0) {
                try scan.log.readToEnd(TopicPartition(topic, partition)) { record in
                    guard let key = record.key else { return }
                    values[String(decoding: key, as: UTF8.self)] = record.value.map { (Array($0), record.timestamp) }
                }
            }
        }
    }

    /// What is written down of a task: since when a worker has it, what that waits for, and what the service gave it.
    ///
    ///     {"taken":"2026-11-22T12:00:00.000Z","waitsFor":"capacity: RESOURCE:CPU"}
    ///     {"taken":"…","ecsTasks":[{"taskArn":"arn:aws:ecs:…","lastStatus":"PROVISIONING"}]}
    ///
    /// - Returns: nil when no worker has it, or what is there can't be read.
    public func note(of taskID: String) -> JSONObject? {
        guard let (bytes, timestamp) = values[taskID], case .object(let record)? = try? JSONParser.parse(bytes) else {
            return nil
        }
        let takenAt = record["intentAt"]?.number?.int64 ?? timestamp
        var note: JSONObject = ["taken": .string(Timestamp(epochMilliseconds: takenAt).text)]
        if record["task"]?.string == "unwanted" { note["isUnwanted"] = true }
        if let waitsFor = record["waitsFor"] { note["waitsFor"] = waitsFor }
        guard let text = record["submission"]?.string, let answer = try? JSONParser.parse(text) else { return note }
        let tasks = (answer["Tasks"]?.array ?? []).compactMap { task -> JSONValue? in
            guard let arn = task["TaskArn"] else { return nil }
            return ["taskArn": arn, "lastStatus": task["LastStatus"] ?? "UNKNOWN"]
        }
        if !tasks.isEmpty { note["ecsTasks"] = .array(tasks) }
        if let child = answer["ExecutionArn"] { note["executionArn"] = child }
        return note
    }
}
