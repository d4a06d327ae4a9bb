import AWSClient
import JSON

/// `glue:startJobRun.sync`.
///
/// Glue knows no client token, and nothing can be added to a run that its script would not see. A run whose start is not on the log is
/// found by its job, its arguments and its time.
struct GlueJob: ServiceJob {
    let task: ServiceTask

    func submit() throws(TaskFailure) -> (handle: String, output: JSONValue) {
        _ = try task.required("JobName")
        let answer = try call("StartJobRun", task.parameters)
        return (answer.output["JobRunId"]?.string ?? "", ServiceOutput.optimized(answer))
    }

    func handle(inSubmission output: JSONValue) -> String? { output["JobRunId"]?.string }

    /// The oldest run of the job that began since, has this task's arguments, and is no other task's. Pages begin with the latest.
    func adopt(
        since intentAt: Int64, isTaken: (String) -> Bool
    ) throws(TaskFailure) -> (handle: String, output: JSONValue)? {
        let since = Double(intentAt - Self.skewMilliseconds) / 1000
        let wanted = task.parameters["Arguments"]?.object ?? JSONObject()
        var found: String?
        var next: JSONValue?
        pages: repeat {
            var input: JSONObject = ["JobName": task.parameters["JobName"] ?? .null]
            if let next { input["NextToken"] = next }
            let page = try call("GetJobRuns", input).output
            for run in page["JobRuns"]?.array ?? [] {
                guard let started = run["StartedOn"]?.number?.double, started >= since else { break pages }
                guard let id = run["Id"]?.string, !isTaken(id), (run["Attempt"]?.number?.int64 ?? 0) == 0,
                    ServiceOutput.sorted(run["Arguments"]?.object ?? JSONObject()) == ServiceOutput.sorted(wanted)
                else { continue }
                found = id
            }
            next = page["NextToken"]
        } while next?.string?.isEmpty == false
        return found.map { ($0, ["JobRunId": .string($0)]) }
    }

    /// A clock there and the clock here.
    private static let skewMilliseconds: Int64 = 5_000

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
