public import JSON

/// What a task asks of the Steplog that runs it: one JSON line on the control socket.
public struct ControlRequest: Sendable, Equatable {
    public enum Action: Sendable, Equatable {
        case sendTaskSuccess(output: String)
        case sendTaskFailure(error: String?, cause: String?)
        case sendTaskHeartbeat
    }

    /// The same for every attempt to deliver one request, so that it is decided once.
    public var id: String
    public var taskToken: String
    public var action: Action

    public init(id: String, taskToken: String, action: Action) {
        self.id = id
        self.taskToken = taskToken
        self.action = action
    }

    public var json: JSONValue {
        var object = JSONObject(minimumCapacity: 5)
        object["id"] = .string(id)
        object["taskToken"] = .string(taskToken)
        switch action {
        case .sendTaskSuccess(let output):
            object["action"] = "SendTaskSuccess"
            object["output"] = .string(output)
        case .sendTaskFailure(let error, let cause):
            object["action"] = "SendTaskFailure"
            if let error { object["error"] = .string(error) }
            if let cause { object["cause"] = .string(cause) }
        case .sendTaskHeartbeat: object["action"] = "SendTaskHeartbeat"
        }
        return .object(object)
    }

    /// nil for what is no request.
    public init?(_ value: JSONValue) {
        guard let id = value["id"]?.string, let token = value["taskToken"]?.string else { return nil }
        switch value["action"]?.string {
        case "SendTaskSuccess":
            guard let output = value["output"]?.string else { return nil }
            action = .sendTaskSuccess(output: output)
        case "SendTaskFailure": action = .sendTaskFailure(error: value["error"]?.string, cause: value["cause"]?.string)
        case "SendTaskHeartbeat": action = .sendTaskHeartbeat
        default: return nil
        }
        self.id = id
        taskToken = token
    }
}

/// The answer: one JSON line, `{}` or `{"error", "message"}` with the name of AWS's error.
public enum ControlAnswer: Sendable, Equatable {
    case accepted
    case refused(error: String, message: String)

    public var json: JSONValue {
        switch self {
        case .accepted: .object(JSONObject())
        case .refused(let error, let message): ["error": .string(error), "message": .string(message)]
        }
    }

    public init(_ value: JSONValue) {
        if let error = value["error"]?.string {
            self = .refused(error: error, message: value["message"]?.string ?? "")
        } else {
            self = .accepted
        }
    }
}
