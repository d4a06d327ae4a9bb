import AWSClient
import Engine
import JSON

/// `states:startExecution`: an execution of another state machine, here or on AWS.
struct NestedExecution: ServiceJob {
    let task: ServiceTask
    /// `.sync:2` gives input and output parsed, `.sync` as text.
    let parsesPayloads: Bool

    /// The name follows from the task, so that the same start again is the same execution.
    func submit() throws(TaskFailure) -> (handle: String, output: JSONValue) {
        var input: JSONObject = [
            "stateMachineArn": .string(try task.required("StateMachineArn")),
            "name": task.parameters["Name"] ?? .string(TaskHash(task.request.taskID).uuid),
        ]
        if let given = task.parameters["Input"] {
            input["input"] = .string(given.string ?? JSONWriter.text(given))
        }
        if let header = task.parameters["TraceHeader"] { input["traceHeader"] = header }
        let answer = try call("StartExecution", input)
        guard let arn = answer.output["executionArn"]?.string else {
            throw TaskFailure(error: "StepFunctions.SdkClientException", cause: "StartExecution gave no executionArn")
        }
        return (arn, ServiceOutput.optimized(answer))
    }

    func handle(inSubmission output: JSONValue) -> String? { output["ExecutionArn"]?.string }

    /// Its name is what keeps it from being started twice.
    func adopt(
        since intentAt: Int64, isTaken: (String) -> Bool
    ) throws(TaskFailure) -> (handle: String, output: JSONValue)? { nil }

    func result(_ handle: String) throws(TaskFailure) -> JSONValue? {
        let execution = try call("DescribeExecution", ["executionArn": .string(handle)]).output
        let status = execution["status"]?.string ?? "RUNNING"
        guard status != "RUNNING", status != "PENDING_REDRIVE" else { return nil }
        let description = description(execution)
        guard status == "SUCCEEDED" else {
            throw TaskFailure(error: "States.TaskFailed", cause: JSONWriter.text(description))
        }
        return description
    }

    func stop(_ handle: String) {
        let cause =
            "The Task state in AWS Step Functions execution [\(task.request.executionArn)] which was managing this resource was aborted"
        _ = try? call("StopExecution", ["executionArn": .string(handle), "cause": .string(cause)])
    }

    /// The members that the recordings show, in their order.
    private func description(_ execution: JSONObject) -> JSONValue {
        let members = [
            "error", "cause", "executionArn", "input", "inputDetails", "name", "output", "outputDetails", "startDate",
            "stateMachineArn", "stateMachineAliasArn", "stateMachineVersionArn", "status", "stopDate", "traceHeader",
        ]
        var result = JSONObject()
        for name in members {
            guard let value = execution[JSONString(name)], !value.isNull else { continue }
            let key = JSONString(ServiceOutput.capital(name))
            switch name {
            case "startDate", "stopDate":
                result[key] = value.number.map { .integer(Int64(($0.double * 1000).rounded())) } ?? value
            case "inputDetails", "outputDetails": result[key] = ["Included": value["included"] ?? true]
            case "input" where parsesPayloads, "output" where parsesPayloads:
                result[key] = value.string.flatMap { try? JSONParser.parse($0) } ?? value
            default: result[key] = value
            }
        }
        return ServiceOutput.sorted(result)
    }

    private func call(_ operation: String, _ input: JSONObject) throws(TaskFailure) -> ServiceAnswer {
        let arn = (input["stateMachineArn"] ?? input["executionArn"])?.string
        do throws(ServiceFailure) {
            return try task.client.call(
                service: "sfn", operation: operation, input: .object(input),
                context: task.stepFunctionsContext(arn: arn))
        } catch {
            throw TaskFailure(
                error, prefix: "StepFunctions", label: "AWSStepFunctions", unmodelled: "AWSStepFunctionsException")
        }
    }
}
