import AWSClient
import Engine
import JSON

/// `batch:submitJob.sync`.
///
/// Batch knows no client token. So that a job is found again whose submission is not on the log, it gets a parameter with the task's id;
/// parameters that no placeholder names change nothing about a job, whatever its kind. It is not shown in the task's output.
struct BatchJob: ServiceJob {
    let task: ServiceTask
    /// Waits for the job's end; else (a plain call) nothing is marked.
    let isWatched: Bool

    /// Maps whose keys are the user's.
    private static let kept: Set<String> = ["Parameters", "Tags", "Options", "Labels", "Limits", "Requests"]
    static let mark: JSONString = "SteplogTask"
    /// A clock there and the clock here.
    private static let skewMilliseconds: Int64 = 60_000
    /// DescribeJobs takes so many ids. Source: Batch API, DescribeJobs.
    private static let describedMax = 100

    func submit() throws(TaskFailure) -> (handle: String, output: JSONValue) {
        var parameters = task.parameters
        // The name of the API's `eksProperties` and others begins small; so do all members'.
        parameters["JobName"] = .string(name)
        if isWatched {
            var own = parameters["Parameters"]?.object ?? JSONObject()
            own[Self.mark] = .string(task.request.taskID)
            parameters["Parameters"] = .object(own)
        }
        let answer = try call("SubmitJob", ServiceOutput.decapitalized(.object(parameters), keeping: Self.kept))
        return (answer.output["jobId"]?.string ?? "", ServiceOutput.optimized(answer))
    }

    func handle(inSubmission output: JSONValue) -> String? { output["JobId"]?.string }

    /// Looks through the queue's jobs of this name that were made since.
    func adopt(
        since intentAt: Int64, isTaken: (String) -> Bool
    ) throws(TaskFailure) -> (handle: String, output: JSONValue)? {
        var next: JSONValue?
        repeat {
            var input: JSONObject = [
                "jobQueue": task.parameters["JobQueue"] ?? .null,
                "filters": [["name": "JOB_NAME", "values": [.string(name)]]],
            ]
            if let next { input["nextToken"] = next }
            let page = try call("ListJobs", .object(input)).output
            let recent = (page["jobSummaryList"]?.array ?? []).filter {
                ($0["createdAt"]?.number?.int64 ?? .max) >= intentAt - Self.skewMilliseconds
            }
            for job in try described(recent.compactMap { $0["jobId"]?.string }) {
                guard job["parameters"]?[Self.mark]?.string == task.request.taskID, let id = job["jobId"]?.string else {
                    continue
                }
                let output: JSONObject = [
                    "JobArn": job["jobArn"] ?? .null, "JobId": .string(id), "JobName": job["jobName"] ?? .string(name),
                ]
                return (id, .object(output))
            }
            next = page["nextToken"]
        } while next?.string?.isEmpty == false
        return nil
    }

    private func described(_ ids: [String]) throws(TaskFailure) -> [JSONValue] {
        var jobs: [JSONValue] = []
        for start in stride(from: 0, to: ids.count, by: Self.describedMax) {
            let part = ids[start..<min(start + Self.describedMax, ids.count)]
            jobs += try call("DescribeJobs", ["jobs": .array(part.map { .string($0) })]).output["jobs"]?.array ?? []
        }
        return jobs
    }

    private var name: String { task.parameters["JobName"]?.string ?? task.request.taskID }

    func result(_ handle: String) throws(TaskFailure) -> JSONValue? {
        let answer = try call("DescribeJobs", ["jobs": [.string(handle)]])
        guard var job = answer.output["jobs"]?[0]?.object else { return nil }
        let status = job["status"]?.string
        guard status == "SUCCEEDED" || status == "FAILED" else { return nil }
        if case .object(var parameters)? = job["parameters"] {
            parameters[Self.mark] = nil
            job["parameters"] = .object(parameters)
        }
        let description = ServiceOutput.capitalized(.object(job))
        guard status == "SUCCEEDED" else {
            throw TaskFailure(error: "States.TaskFailed", cause: JSONWriter.text(description))
        }
        return description
    }

    func stop(_ handle: String) {
        _ = try? call(
            "TerminateJob", ["jobId": .string(handle), "reason": "The execution that managed this job was aborted"])
    }

    private func call(_ operation: String, _ input: JSONValue) throws(TaskFailure) -> ServiceAnswer {
        do throws(ServiceFailure) {
            // A second SubmitJob would be a second job: there is no token for it.
            return try task.client.call(
                service: "batch", operation: operation, input: input,
                context: task.context(attemptsMax: operation == "SubmitJob" ? 1 : nil))
        } catch {
            throw TaskFailure(error, prefix: "Batch", label: "AWSBatch", unmodelled: "AWSBatchException")
        }
    }
}
