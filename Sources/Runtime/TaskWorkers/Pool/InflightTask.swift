public import Engine
import JSON

/// What stands on `inflight` for a task that a pool's worker has taken: the intent, the handle once there is one, and the wish to
/// stop it. A new owner of the partition goes on from it.
public struct InflightTask: Sendable, Equatable {
    public var request: TaskRequest
    /// The service's answer to the submission (for ECS: that of RunTask, with the tasks' ARNs); nil before there is one.
    public var submission: String?
    /// When the intent was put on the log, in epoch milliseconds: no service was asked before.
    public var intentAt: Int64
    /// Nobody wants the task any more, and what was started is not stopped yet.
    public var isUnwanted: Bool
    /// Why no service has it yet, in words for operators; nil: nothing is known to hold it up.
    public var waitsFor: String?

    public init(request: TaskRequest, submission: String? = nil, intentAt: Int64, isUnwanted: Bool = false) {
        self.request = request
        self.submission = submission
        self.intentAt = intentAt
        self.isUnwanted = isUnwanted
    }

    /// JSON. A bare intent is the task request's own.
    func encoded() -> [UInt8] {
        let intent = TaskRecord.request(request).encoded()
        guard submission != nil || isUnwanted || waitsFor != nil, let value = try? JSONParser.parse(intent) else {
            return intent
        }
        if submission == nil, !isUnwanted, let waitsFor, case .object(var record) = value {
            // The intent as it was: a worker of the release before reads it so.
            record["waitsFor"] = .string(waitsFor)
            record["intentAt"] = .integer(intentAt)
            return JSONWriter.bytes(.object(record))
        }
        var record: JSONObject = [
            "task": isUnwanted ? "unwanted" : "submitted", "request": value, "intentAt": .integer(intentAt),
        ]
        if let submission { record["submission"] = .string(submission) }
        return JSONWriter.bytes(.object(record))
    }

    /// - Parameter timestamp: of the record, in epoch milliseconds.
    /// - Throws: `CodecError` for what is no record of ours.
    init(decoding bytes: [UInt8], timestamp: Int64) throws(CodecError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw CodecError(message: "the record in flight is not valid JSON: \(error)")
        }
        var intent = bytes
        isUnwanted = value["task"]?.string == "unwanted"
        intentAt = value["intentAt"]?.number?.int64 ?? timestamp
        if isUnwanted || value["task"]?.string == "submitted", let request = value["request"] {
            intent = JSONWriter.bytes(request)
            submission = value["submission"]?.string
        }
        waitsFor = value["waitsFor"]?.string
        guard case .request(let request) = try TaskRecord(decoding: intent) else {
            throw CodecError(message: "a record in flight holds something else than a task request")
        }
        self.request = request
    }
}
