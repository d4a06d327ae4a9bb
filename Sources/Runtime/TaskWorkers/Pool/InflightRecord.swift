import Engine
import JSON

/// What stands on `inflight` for a task that a pool's worker has taken: the intent, and the handle once there is one.
struct InflightRecord: Sendable, Equatable {
    var request: TaskRequest
    /// The service's answer to the submission (for ECS: that of RunTask, with the tasks' ARNs); nil before there is one.
    var submission: String?

    /// JSON. Without a handle it is the task request's own.
    func encoded() -> [UInt8] {
        let intent = TaskRecord.request(request).encoded()
        guard let submission, let value = try? JSONParser.parse(intent) else { return intent }
        let record: JSONObject = ["task": "submitted", "request": value, "submission": .string(submission)]
        return JSONWriter.bytes(.object(record))
    }

    /// - Throws: `CodecError` for what is no record of ours.
    init(decoding bytes: [UInt8]) throws(CodecError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw CodecError(message: "the record in flight is not valid JSON: \(error)")
        }
        var intent = bytes
        if value["task"]?.string == "submitted", let request = value["request"] {
            intent = JSONWriter.bytes(request)
            submission = value["submission"]?.string
        }
        guard case .request(let request) = try TaskRecord(decoding: intent) else {
            throw CodecError(message: "a record in flight holds something else than a task request")
        }
        self.request = request
    }

    init(request: TaskRequest, submission: String? = nil) {
        self.request = request
        self.submission = submission
    }
}
