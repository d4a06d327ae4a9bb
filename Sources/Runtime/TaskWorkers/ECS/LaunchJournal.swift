import Glibc
import JSON
import Synchronization

/// A ledger in a file: a line an entry, written anew when it is opened. It outlives the process; the machine's crash may cost the
/// last lines, and then the launch is repeated under the same client token.
public final class LaunchJournal: LaunchLedger {
    private let path: String
    private let file = Mutex<OwnedDescriptor?>(nil)

    /// - Parameter path: of the file; its folder is made.
    public init(path: String) { self.path = path }

    public func open() throws -> [String: LaunchRecord] {
        var records: [String: LaunchRecord] = [:]
        if File.exists(path) {
            for line in try File.read(path, countMax: Self.bytesMax).split(separator: UInt8(ascii: "\n")) {
                // A line that was cut off by a death says nothing that was relied on.
                guard let value = try? JSONParser.parse(Array(line)), let entry = Self.entry(value) else { continue }
                records[entry.taskID] = LaunchRecord.adding(entry, to: records[entry.taskID])
            }
        } else if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try File.makeDirectories(String(path[..<slash]))
        }
        var lines: [UInt8] = []
        for (taskID, record) in records.sorted(by: { $0.key < $1.key }) {
            for entry in Self.entries(taskID, record) { lines += Self.line(entry) }
        }
        try File.writeAtomically(lines, to: path, durable: true)
        let opened = try File.open(path, O_WRONLY | O_APPEND)
        file.withLock { $0 = opened }
        return records
    }

    public func write(_ entry: LaunchEntry) throws {
        let line = Self.line(entry)
        try file.withLock { try $0?.write(line) }
    }

    private static let bytesMax = 4 << 30

    // MARK: - Lines

    private static func entries(_ taskID: String, _ record: LaunchRecord) -> [LaunchEntry] {
        var entries: [LaunchEntry] = [
            .intent(taskID: taskID, cluster: record.cluster, body: record.body, at: record.at)
        ]
        if !record.arns.isEmpty {
            entries.append(.handle(taskID: taskID, arns: record.arns, submitted: record.submitted))
        }
        if !record.logs.isEmpty { entries.append(.logs(taskID: taskID, streams: record.logs)) }
        if let reason = record.stopReason { entries.append(.stop(taskID: taskID, reason: reason)) }
        return entries
    }

    private static func line(_ entry: LaunchEntry) -> [UInt8] {
        let value: JSONValue =
            switch entry {
            case .intent(let id, let cluster, let body, let at):
                ["intent": .string(id), "cluster": .string(cluster), "body": .string(body), "at": .integer(at)]
            case .handle(let id, let arns, let submitted):
                [
                    "handle": .string(id), "arns": .array(arns.map { .string($0) }),
                    "submitted": .string(submitted),
                ]
            case .logs(let id, let streams):
                [
                    "logs": .string(id),
                    "streams": .array(
                        streams.map {
                            [
                                "container": .string($0.container), "group": .string($0.group),
                                "stream": .string($0.stream), "region": .string($0.region),
                            ]
                        }),
                ]
            case .stop(let id, let reason): ["stop": .string(id), "reason": .string(reason)]
            case .ended(let id): ["ended": .string(id)]
            }
        return JSONWriter.bytes(value) + [UInt8(ascii: "\n")]
    }

    private static func entry(_ value: JSONValue) -> LaunchEntry? {
        func text(_ key: JSONString) -> String { value[key]?.string ?? "" }
        if let id = value["intent"]?.string {
            return .intent(
                taskID: id, cluster: text("cluster"), body: text("body"), at: value["at"]?.number?.int64 ?? 0)
        }
        if let id = value["handle"]?.string {
            let arns = (value["arns"]?.array ?? []).compactMap(\.string)
            return .handle(taskID: id, arns: arns, submitted: text("submitted"))
        }
        if let id = value["logs"]?.string {
            let streams = (value["streams"]?.array ?? []).map {
                LogStream(
                    container: $0["container"]?.string ?? "", group: $0["group"]?.string ?? "",
                    stream: $0["stream"]?.string ?? "", region: $0["region"]?.string ?? "")
            }
            return .logs(taskID: id, streams: streams)
        }
        if let id = value["stop"]?.string { return .stop(taskID: id, reason: text("reason")) }
        if let id = value["ended"]?.string { return .ended(taskID: id) }
        return nil
    }
}
