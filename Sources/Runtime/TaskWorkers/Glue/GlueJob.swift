import AWSClient
import JSON

/// `glue:startJobRun.sync`.
struct GlueJob: ServiceJob {
    let task: ServiceTask

    func submit() throws(TaskFailure) -> (handle: String, output: JSONValue) {
        _ = try task.required("JobName")
        let answer = try call("StartJobRun", task.parameters)
        return (answer.output["JobRunId"]?.string ?? "", ServiceOutput.optimized(answer))
    }

    func result(_ handle: String) throws(TaskFailure) -> JSONValue? {
        let answer = try call(
            "GetJobRun", ["JobName": task.parameters["JobName"] ?? .null, "RunId": .string(handle)])
        guard let run = answer.output["JobRun"]?.object else { return nil }
        let description = ServiceOutput.sorted(run)
        switch run["JobRunState"]?.string {
        case "SUCCEEDED": return description
        case "FAILED", "STOPPED", "TIMEOUT", "ERROR", "EXPIRED":
            throw TaskFailure(error: "States.TaskFailed", cause: JSONWriter.text(description))
        default: return nil
        }
    }

    func stop(_ handle: String) {
        _ = try? call(
            "BatchStopJobRun", ["JobName": task.parameters["JobName"] ?? .null, "JobRunIds": [.string(handle)]])
    }

    private func call(_ operation: String, _ input: JSONObject) throws(TaskFailure) -> ServiceAnswer {
        do throws(ServiceFailure) {
            return try task.client.call(
                service: "glue", operation: operation, input: .object(input),
                context: task.context(attemptsMax: operation == "StartJobRun" ? 1 : nil))
        } catch {
            throw TaskFailure(error, prefix: "Glue", label: "AWSGlue", unmodelled: "AWSGlueException")
        }
    }
}
