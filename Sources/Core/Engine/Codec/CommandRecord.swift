import JSON

/// A command as it stands on `commands`, under the key of its entity.
public struct CommandRecord: Sendable, Equatable {
    /// The execution it is for.
    public var executionArn: String
    public var command: Command
    /// The definition behind `StartExecution.definitionHash`, where the sender can't know that the engine has it.
    public var definition: String?
    public var replyTo: ReplyAddress?

    public init(executionArn: String, command: Command, definition: String? = nil, replyTo: ReplyAddress? = nil) {
        self.executionArn = executionArn
        self.command = command
        self.definition = definition
        self.replyTo = replyTo
    }
}

/// Who wants to know a command's outcome.
public struct ReplyAddress: Sendable, Equatable {
    /// A partition of `replies`.
    public var partition: Int
    /// The request's id.
    public var id: String

    public init(partition: Int, id: String) {
        self.partition = partition
        self.id = id
    }
}

extension CommandRecord {
    /// JSON for the record's value.
    public func encoded() -> [UInt8] {
        var writer = MemberWriter(appendingTo: [])
        writer.open()
        writer.string("command", command.name)
        writer.string("executionArn", executionArn)
        switch command {
        case .startExecution(let start):
            writer.string("name", start.name)
            writer.string("stateMachineArn", start.stateMachineArn)
            writer.string("stateMachineVersionArn", start.stateMachineVersionArn)
            writer.string("stateMachineAliasArn", start.stateMachineAliasArn)
            writer.string("roleArn", start.roleArn)
            writer.string("definitionHash", start.definitionHash)
            writer.string("input", start.input)
            writer.string("traceHeader", start.traceHeader)
            writer.string("testCase", start.testCase)
        case .stopExecution(let error, let cause):
            writer.string("error", error)
            writer.string("cause", cause)
        case .reportTask(let taskID, let report):
            writer.string("taskId", taskID)
            report.write(to: &writer)
        case .redriveExecution(let clientToken): writer.string("clientToken", clientToken)
        }
        writer.string("definition", definition)
        if let replyTo {
            writer.object("replyTo")
            writer.integer("partition", replyTo.partition)
            writer.string("id", replyTo.id)
            writer.close()
        }
        writer.close()
        return writer.bytes
    }

    /// - Throws: `CodecError` for what is no command of ours.
    public init(decoding bytes: [UInt8]) throws(CodecError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw CodecError(message: "the command is not valid JSON: \(error)")
        }
        let record = try MemberReader(value, "command")
        executionArn = try record.string("executionArn")
        definition = try record.optionalString("definition")
        if let address = try record.optionalObject("replyTo") {
            replyTo = ReplyAddress(partition: Int(try address.int64("partition")), id: try address.string("id"))
        }
        switch try record.string("command") {
        case "startExecution":
            command = .startExecution(
                StartExecution(
                    executionArn: executionArn, name: try record.string("name"),
                    stateMachineArn: try record.string("stateMachineArn"),
                    stateMachineVersionArn: try record.optionalString("stateMachineVersionArn"),
                    stateMachineAliasArn: try record.optionalString("stateMachineAliasArn"),
                    roleArn: try record.string("roleArn"),
                    definitionHash: try record.string("definitionHash"), input: try record.string("input"),
                    traceHeader: try record.optionalString("traceHeader"),
                    testCase: try record.optionalString("testCase")))
        case "stopExecution":
            command = .stopExecution(
                error: try record.optionalString("error"), cause: try record.optionalString("cause"))
        case "reportTask":
            command = .reportTask(taskID: try record.string("taskId"), try TaskReport(record))
        case "redriveExecution":
            command = .redriveExecution(clientToken: try record.optionalString("clientToken"))
        case let other:
            throw CodecError(message: "\"\(other)\" is no command that this release knows")
        }
    }
}

extension Command {
    /// As the wire form names it.
    public var name: String {
        switch self {
        case .startExecution: "startExecution"
        case .stopExecution: "stopExecution"
        case .reportTask: "reportTask"
        case .redriveExecution: "redriveExecution"
        }
    }
}

extension TaskReport {
    func write(to writer: inout MemberWriter) {
        switch self {
        case .started: writer.string("report", "started")
        case .claimed(let workerName, let deadline):
            writer.string("report", "claimed")
            writer.string("workerName", workerName)
            if let deadline { writer.integer("deadline", deadline) }
        case .submitted(let output):
            writer.string("report", "submitted")
            writer.string("output", output)
        case .heartbeat: writer.string("report", "heartbeat")
        case .succeeded(let output):
            writer.string("report", "succeeded")
            writer.string("output", output)
        case .failed(let error, let cause):
            writer.string("report", "failed")
            writer.string("error", error)
            writer.string("cause", cause)
        }
    }

    init(_ record: MemberReader) throws(CodecError) {
        switch try record.string("report") {
        case "started": self = .started
        case "claimed":
            self = .claimed(
                workerName: try record.optionalString("workerName"), deadline: try record.optionalInt64("deadline"))
        case "submitted": self = .submitted(output: try record.string("output"))
        case "heartbeat": self = .heartbeat
        case "succeeded": self = .succeeded(output: try record.string("output"))
        case "failed":
            self = .failed(error: try record.optionalString("error"), cause: try record.optionalString("cause"))
        case let other: throw CodecError(message: "\"\(other)\" is no report about a task")
        }
    }
}
