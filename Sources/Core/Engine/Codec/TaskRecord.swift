import JSON

/// What stands on `tasks.<pool>` under a task's id: its request, or the word that it has ended otherwise.
public enum TaskRecord: Sendable, Equatable {
    case request(TaskRequest)
    /// Nobody wants its result any more: it is to be stopped.
    case cancel(taskID: String, executionArn: String)
    /// Its token has ended it: what it does goes on, and is nobody's business any more.
    case release(taskID: String, executionArn: String)

    /// JSON for the record's value.
    public func encoded() -> [UInt8] {
        var writer = MemberWriter(appendingTo: [])
        writer.open()
        switch self {
        case .cancel(let taskID, let executionArn):
            writer.string("task", "cancel")
            writer.string("taskId", taskID)
            writer.string("executionArn", executionArn)
        case .release(let taskID, let executionArn):
            writer.string("task", "release")
            writer.string("taskId", taskID)
            writer.string("executionArn", executionArn)
        case .request(let request):
            writer.string("task", "request")
            request.write(to: &writer)
        }
        writer.close()
        return writer.bytes
    }

    /// - Throws: `CodecError` for what is no task record of ours.
    public init(decoding bytes: [UInt8]) throws(CodecError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw CodecError(message: "the task record is not valid JSON: \(error)")
        }
        let record = try MemberReader(value, "task record")
        switch try record.string("task") {
        case "cancel":
            self = .cancel(taskID: try record.string("taskId"), executionArn: try record.string("executionArn"))
        case "release":
            self = .release(taskID: try record.string("taskId"), executionArn: try record.string("executionArn"))
        case "request": self = .request(try TaskRequest(record))
        case let other: throw CodecError(message: "\"\(other)\" is no kind of task record")
        }
    }
}

extension TaskRequest {
    fileprivate func write(to writer: inout MemberWriter) {
        writer.string("taskId", taskID)
        writer.string("executionArn", executionArn)
        writer.string("stateMachineArn", stateMachineArn)
        writer.string("roleArn", roleArn)
        writer.string("credentialsRoleArn", credentialsRoleArn)
        writer.string("stateName", stateName)
        writer.string("resource", resource)
        writer.string("input", input)
        writer.string("taskToken", taskToken)
        writer.integer("timeoutSeconds", timeoutSeconds)
        writer.integer("heartbeatSeconds", heartbeatSeconds)
        writer.integer("invocation", invocation)
        writer.string("testCase", testCase)
    }

    fileprivate init(_ record: MemberReader) throws(CodecError) {
        self.init(
            taskID: try record.string("taskId"), executionArn: try record.string("executionArn"),
            stateMachineArn: try record.string("stateMachineArn"), roleArn: try record.string("roleArn"),
            credentialsRoleArn: try record.optionalString("credentialsRoleArn"),
            stateName: try record.string("stateName"),
            resource: try record.string("resource"), input: try record.string("input"),
            taskToken: try record.optionalString("taskToken"),
            timeoutSeconds: try record.optionalInt64("timeoutSeconds"),
            heartbeatSeconds: try record.optionalInt64("heartbeatSeconds"),
            invocation: Int(try record.int64("invocation")), testCase: try record.optionalString("testCase"))
    }
}
