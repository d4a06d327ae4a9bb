import Engine
import JSON

/// A task request as it stands in a task's directory.
enum TaskRequestCoding {
    static func json(_ request: TaskRequest) -> JSONValue {
        func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        func optional(_ number: Int64?) -> JSONValue { number.map { .integer($0) } ?? .null }
        return [
            "taskID": .string(request.taskID), "executionArn": .string(request.executionArn),
            "stateMachineArn": .string(request.stateMachineArn), "roleArn": .string(request.roleArn),
            "credentialsRoleArn": optional(request.credentialsRoleArn), "stateName": .string(request.stateName),
            "resource": .string(request.resource), "input": .string(request.input),
            "taskToken": optional(request.taskToken),
            "timeoutSeconds": optional(request.timeoutSeconds), "heartbeatSeconds": optional(request.heartbeatSeconds),
            "invocation": .integer(request.invocation),
        ]
    }

    static func request(_ fields: JSONFields) throws(JSONFields.Problem) -> TaskRequest {
        TaskRequest(
            taskID: try fields.requiredString("taskID"), executionArn: try fields.string("executionArn") ?? "",
            stateMachineArn: try fields.string("stateMachineArn") ?? "", roleArn: try fields.string("roleArn") ?? "",
            credentialsRoleArn: try fields.string("credentialsRoleArn"),
            stateName: try fields.string("stateName") ?? "",
            resource: try fields.requiredString("resource"), input: try fields.string("input") ?? "",
            taskToken: try fields.string("taskToken"), timeoutSeconds: try fields.integer("timeoutSeconds"),
            heartbeatSeconds: try fields.integer("heartbeatSeconds"),
            invocation: Int(try fields.integer("invocation") ?? 0))
    }
}
