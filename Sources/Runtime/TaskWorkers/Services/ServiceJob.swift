import AWSClient
import JSON

/// What a service takes, and ends later (`.sync`): submitted, asked after, stopped when nobody wants it any more.
protocol ServiceJob: Sendable {
    /// - Returns: the job's handle, and what the service answered.
    func submit() throws(TaskFailure) -> (handle: String, output: JSONValue)
    /// - Returns: the result; nil while it goes on.
    func result(_ handle: String) throws(TaskFailure) -> JSONValue?
    /// Best effort, as AWS's.
    func stop(_ handle: String)
}
