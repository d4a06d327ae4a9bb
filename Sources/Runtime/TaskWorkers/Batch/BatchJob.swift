import AWSClient
import Engine
import JSON

/// `batch:submitJob.sync`.
struct BatchJob: ServiceJob {
    let task: ServiceTask

    /// Maps whose keys are the user's.
    private static let kept: Set<String> = ["Parameters", "Tags", "Options", "Labels", "Limits", "Requests"]

    func submit() throws(TaskFailure) -> (handle: String, output: JSONValue) {
        var parameters = task.parameters
        // The name of the API's `eksProperties` and others begins small; so do all members'.
        if parameters["JobName"] == nil { parameters["JobName"] = .string(task.request.taskID) }
        let answer = try call("SubmitJob", ServiceOutput.decapitalized(.object(parameters), keeping: Self.kept))
        return (answer.output["jobId"]?.string ?? "", ServiceOutput.optimized(answer))
    }

    func result(_ handle: String) throws(TaskFailure) -> JSONValue? {
        let answer = try call("DescribeJobs", ["jobs": [.string(handle)]])
        guard let job = answer.output["jobs"]?[0] else { return nil }
        let status = job["status"]?.string
        guard status == "SUCCEEDED" || status == "FAILED" else { return nil }
        let description = ServiceOutput.capitalized(job)
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
