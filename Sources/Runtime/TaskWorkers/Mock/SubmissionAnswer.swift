import Digests
import Engine
import JSON
import StatesLanguage

/// What a service answers when it takes a job (`.sync`, `.waitForTaskToken`), made up where a mock stands in for it: the format of
/// mocks has only what comes of the job. Ids follow from the task's, so that they are the same however often it is mocked.
struct SubmissionAnswer {
    private let request: TaskRequest
    private let parameters: JSONObject
    private let epochMilliseconds: Int64

    init(_ request: TaskRequest, epochMilliseconds: Int64) {
        self.request = request
        self.epochMilliseconds = epochMilliseconds
        parameters = (try? JSONParser.parse(request.input))?.object ?? JSONObject()
    }

    /// JSON text, the members in alphabetical order.
    /// - Parameter result: what comes of the job, where it succeeds.
    /// Source: recorded `callback`, `services/test_ecs_task_service`; surface § 2.4.
    func text(result: JSONValue?) -> String {
        guard case .service(let service, let action, _)? = TaskResource(arn: request.resource) else { return "{}" }
        switch (service, action) {
        case ("sqs", "sendMessage"): return sqsMessage
        case ("sns", "publish"): return snsPublication
        case ("states", "startExecution"): return startedExecution
        case ("ecs", "runTask"): return runTask(result)
        default: return answer([:], contentLength: 2, contentType: "application/x-amz-json-1.1", showsConnection: true)
        }
    }

    // MARK: - Services

    private var sqsMessage: String {
        let body = parameters["MessageBody"].map { $0.string ?? JSONWriter.text($0) } ?? ""
        var members: JSONObject = [
            "MD5OfMessageBody": .string(Digest.hexadecimal(Digest.md5(Array(body.utf8)))), "MessageId": .string(id),
        ]
        if isFirstInFirstOut("QueueUrl") { members.append("SequenceNumber", .string(Self.sequenceNumber)) }
        return answer(
            members, contentLength: JSONWriter.bytes(.object(members)).count,
            contentType: "application/x-amz-json-1.0", showsConnection: true)
    }

    /// Bytes of the XML that SNS answers, whose ids are all of one length; and of the line that a topic with an order adds.
    private static let publicationBytes = 294
    private static let sequenceBytes = 58
    private static let sequenceNumber = "10000000000000000000"

    private var snsPublication: String {
        var members: JSONObject = ["MessageId": .string(id)]
        let isOrdered = isFirstInFirstOut("TopicArn")
        if isOrdered { members.append("SequenceNumber", .string(Self.sequenceNumber)) }
        return answer(
            members, contentLength: Self.publicationBytes + (isOrdered ? Self.sequenceBytes : 0),
            contentType: "text/xml", showsConnection: true)
    }

    private var startedExecution: String {
        let machine = parameters["StateMachineArn"]?.string ?? request.stateMachineArn
        let parts = machine.split(separator: ":", omittingEmptySubsequences: false)
        let name = parameters["Name"]?.string ?? id
        let machineName = parts.count > 6 ? String(parts[6]) : machine
        let prefix = parts.prefix(5).joined(separator: ":")
        let arn = "\(prefix):execution:\(machineName):\(name)"
        let body = JSONWriter.bytes(["executionArn": .string(arn), "startDate": 0]).count - 1 + Self.startDateBytes
        return answer(
            ["ExecutionArn": .string(arn), "StartDate": .integer(epochMilliseconds)], contentLength: body,
            contentType: "application/x-amz-json-1.0", showsConnection: true)
    }

    /// Bytes of a time to the millisecond as the service writes it: `1.795351290123E9`.
    private static let startDateBytes = 16

    /// Made of the task as it ended.
    private func runTask(_ result: JSONValue?) -> String {
        let tasks = result.map { [LaunchedTask.of($0)] } ?? []
        return JSONWriter.text(
            TaskObject.answer(tasks, requestID: requestID, epochMilliseconds: epochMilliseconds))
    }

    // MARK: - Parts

    private var id: String { TaskHash(request.taskID).uuid }
    private var requestID: String { TaskHash("\(request.taskID) request").uuid }

    private func isFirstInFirstOut(_ parameter: JSONString) -> Bool {
        parameters[parameter]?.string?.hasSuffix(".fifo") ?? false
    }

    private func answer(
        _ members: JSONObject, contentLength: Int, contentType: String, showsConnection: Bool
    ) -> String {
        JSONWriter.text(
            TaskObject.answer(
                members, contentLength: contentLength, contentType: contentType, requestID: requestID,
                epochMilliseconds: epochMilliseconds, showsConnection: showsConnection))
    }
}
