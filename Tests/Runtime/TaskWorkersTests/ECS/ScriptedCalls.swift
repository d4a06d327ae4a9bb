import JSON
import ScriptedECS
import Synchronization
import TaskWorkers

/// Calls of a worker that end in a scripted account of this process, without HTTP in between.
final class ScriptedCalls: ECSCalls {
    private let account: Mutex<ScriptedAccount>
    private let speed: Double
    private let began = ContinuousClock.now

    init(_ script: String) throws {
        let read = try ECSScript(script)
        account = Mutex(try ScriptedAccount(read))
        speed = read.speed
    }

    /// Milliseconds of the script.
    var now: Int64 { 1_790_000_000_000 + Int64(Double((ContinuousClock.now - began) / .microseconds(1)) * speed / 1000) }

    /// What the script counted, without tokens.
    var told: String { JSONWriter.text(account.withLock { $0.told(isDetailed: false) }) }

    func counts() -> JSONValue { account.withLock { $0.told(isDetailed: true) } }

    func count(_ path: JSONString...) -> Int64 {
        path.reduce(counts()) { $0[$1] ?? .null }.number?.int64 ?? 0
    }

    /// Lets what is due by the script's clock happen, as a call would.
    private func waitForMessages(_ input: JSONObject) async {
        let deadline = ContinuousClock.now + .seconds(1)
        while ContinuousClock.now < deadline, !Task.isCancelled {
            if account.withLock({ $0.hasMessages(input, now: now) }) { return }
            try? await Task.sleep(for: .milliseconds(1))
        }
    }

    func call(
        _ service: String, _ operation: String, _ input: JSONObject, role: String?
    ) async throws(ECSCallError) -> ECSCallAnswer {
        let prefix = ["ecs": "AmazonEC2ContainerServiceV20141113", "sqs": "AmazonSQS", "logs": "Logs_20140328"][service]
        if operation == "ReceiveMessage" { await waitForMessages(input) }
        if Task.isCancelled { throw ECSCallError(code: "SdkClientException", message: "cancelled", statusCode: 0) }
        let answer = account.withLock {
            $0.answer("\(prefix ?? "").\(operation)", JSONWriter.bytes(.object(input)), now: now, base: "http://here")
        }
        if Task.isCancelled { throw ECSCallError(code: "SdkClientException", message: "cancelled", statusCode: 0) }
        guard answer.status == 200 else {
            throw ECSCallError(
                code: answer.body["__type"]?.string ?? "", message: answer.body["message"]?.string ?? "",
                statusCode: answer.status, requestID: "r")
        }
        return ECSCallAnswer(output: answer.body.object ?? JSONObject(), requestID: "r", bodyByteCount: 1)
    }
}
