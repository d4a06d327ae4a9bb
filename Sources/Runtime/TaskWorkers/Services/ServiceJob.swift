import AWSClient
import JSON

/// What a service takes, and ends later (`.sync`): submitted, asked after, stopped when nobody wants it any more.
protocol ServiceJob: Sendable {
    /// - Returns: the job's handle, and what the service answered.
    func submit() throws(TaskFailure) -> (handle: String, output: JSONValue)
    /// The handle in what `submit` gave as its output, which is on the log.
    func handle(inSubmission output: JSONValue) -> String?
    /// A job that a former process submitted for this task, perhaps, and of which nothing is on the log but the intent.
    /// - Parameters:
    ///   - intentAt: it was submitted later than this, in epoch milliseconds.
    ///   - isTaken: whether a handle is another task's.
    /// - Returns: its handle, and what stands for the service's answer; nil when there is none: it is to be submitted.
    func adopt(
        since intentAt: Int64, isTaken: (String) -> Bool
    ) throws(TaskFailure) -> (handle: String, output: JSONValue)?
    /// - Returns: the result; nil while it goes on.
    func result(_ handle: String) throws(TaskFailure) -> JSONValue?
    /// Best effort, as AWS's.
    func stop(_ handle: String)
}
